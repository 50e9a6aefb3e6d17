import Journal
import Telemetry

// Where several gateways share the journal, one of them tells each receiver: the one whose lease the configuration names.
extension PushDesk {
  /// A new lease. What was told under the one before is taken up like others'.
  func hold(_ fence: Fence) {
    if self.fence != nil, self.fence != fence { endAll() }
    (self.fence, alive) = (fence, nil)
  }

  func letGo(of fence: Fence) {
    guard self.fence == fence else { return }
    self.fence = nil
    endAll()
  }

  /// Takes up what nobody tells. All configurations are read only when some lease is over since the last look.
  func gather(_ leases: any RunLeases) async throws(JournalError) {
    guard let fence else { return }
    let before = try await leases.alive()
    if let alive, alive.isSubset(of: before) {
      self.alive = before
      return
    }
    let all = try await journal.memos(under: PushEntry.family, ofRunning: false)
    // Asked behind them, so that none is thought to be over that began meanwhile.
    let alive = try await leases.alive()
    for found in all {
      guard let entry = PushEntry(found.memo), !entry.isDone else { continue }
      let isLost = entry.sender.map { !alive.contains($0) } ?? true
      if isLost { try await takeUp(entry, found, leases) }
      if entry.sender == fence, !isTelling(entry, of: found.task) { start(entry, of: found.task) }
      guard self.fence == fence else { return }
    }
    self.alive = alive
  }

  private func takeUp(_ entry: PushEntry, _ found: TaskMemo, _ leases: any RunLeases) async throws(JournalError) {
    guard let fence else { return }
    var entry = entry
    entry.sender = fence
    guard try await leases.replace(found.memo, by: entry.memo.body, of: found.task) else { return }
    // It may still be told under a lease of before.
    await endTelling(entry, of: found.task)
    start(entry, of: found.task)
  }
}
