import JSON

/// The records of one task as lines, as `tail` shows them: those that were, and then those that come.
struct TaskLines: Sendable {
  /// More are never kept; what came before is there with `tail`.
  static let limit = 2000

  let task: String
  private(set) var lines: [String] = []
  private var seq: Int64 = 0
  private var format = RecordLines(showsTask: false)
  /// What came while the history was still being asked for.
  private var waiting: [StreamRecord] = []
  private(set) var isLoading = true

  init(task: String) {
    self.task = task
  }

  mutating func take(_ record: StreamRecord) {
    guard record.task == task else { return }
    if isLoading { waiting.append(record) } else { append(record) }
  }

  /// - Returns: the cursor of the next page; nil where all is there.
  mutating func take(page json: JSONValue) -> String? {
    if let events = json["events"], events.kind == .array {
      for event in events.elements { if let record = StreamRecord(Array(event.bytes)) { append(record) } }
    }
    if json["complete"]?.bool == false, let next = json["next"]?.string { return next }
    isLoading = false
    for record in waiting { append(record) }
    waiting = []
    return nil
  }

  /// It cannot be had; what comes is shown all the same.
  mutating func fail(_ sentence: String) {
    lines.append(sentence)
    isLoading = false
    for record in waiting { append(record) }
    waiting = []
  }

  private mutating func append(_ record: StreamRecord) {
    guard record.seq > seq else { return }
    seq = record.seq
    lines += format.lines(record, RecordText(record))
    if lines.count > Self.limit { lines.removeFirst(lines.count - Self.limit) }
  }
}
