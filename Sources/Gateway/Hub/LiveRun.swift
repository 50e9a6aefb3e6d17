import Wire

/// Batches that are due at the same moment for the same watchers, in order, and the one event that they are joined to. On one loop.
final class LiveRun {
  let batches: [LiveBatch]
  let recordCount: Int
  /// About as many bytes as they have on the wire.
  let size: Int
  private(set) lazy var event =
    batches.count == 1 ? batches[0].event : EncodedEvent(joining: batches.map(\.event))
  /// The same for WebSockets.
  private(set) lazy var message =
    batches.count == 1 ? batches[0].message.message : RecordMessage(joining: batches.map(\.message)).message

  /// At least one batch.
  init(_ batches: [LiveBatch]) {
    self.batches = batches
    recordCount = batches.reduce(0) { $0 + $1.records.count }
    size = batches.reduce(0) { $0 + $1.size }
  }

  var first: Int64 { batches[0].first }
  var last: Int64 { batches[batches.count - 1].last }

  /// What of it lies behind a place; nil for nothing.
  func behind(_ offset: Int64) -> LiveRun? {
    if first > offset { return self }
    guard last > offset else { return nil }
    return LiveRun(batches.compactMap { $0.behind(offset) })
  }

  /// Those batches that are wanted; nil for none.
  func filtered(_ isWanted: (LiveBatch) -> Bool) -> LiveRun? {
    let wanted = batches.filter(isWanted)
    if wanted.count == batches.count { return self }
    return wanted.isEmpty ? nil : LiveRun(wanted)
  }
}
