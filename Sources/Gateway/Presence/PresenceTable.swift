/// Who watches which task, and since when. A value: time comes in.
struct PresenceTable: Sendable {
  private struct Entry: Sendable {
    let since: Int64
    /// Streams, by the way on which they are open.
    var streams: [PresenceTransport: Int] = [:]
  }

  private var entries: [String: [String: Entry]] = [:]

  /// Tasks that somebody watches.
  var taskCount: Int { entries.count }

  /// One stream more. Gives what those are told who look at the task; nil for whoever was there already.
  mutating func enter(
    _ task: String, _ principal: String, _ transport: PresenceTransport, now: Int64
  ) -> PresenceNews? {
    let isNew = entries[task]?[principal] == nil
    entries[task, default: [:]][principal, default: Entry(since: now)].streams[transport, default: 0] += 1
    return isNew ? .joined(principal, count: count(of: task)) : nil
  }

  /// One stream less. Nil for whoever has others.
  mutating func leave(_ task: String, _ principal: String, _ transport: PresenceTransport) -> PresenceNews? {
    guard var entry = entries[task]?[principal], let streams = entry.streams[transport] else { return nil }
    entry.streams[transport] = streams > 1 ? streams - 1 : nil
    guard entry.streams.isEmpty else {
      entries[task]?[principal] = entry
      return nil
    }
    entries[task]?[principal] = nil
    if entries[task]?.isEmpty == true { entries[task] = nil }
    return .left(principal, count: count(of: task))
  }

  /// Those who came first are first.
  func watchers(of task: String) -> [TaskWatcher] {
    (entries[task] ?? [:]).map { principal, entry in
      TaskWatcher(
        principal: principal, since: entry.since, transport: entry.streams[.ws] == nil ? .sse : .ws,
        streams: entry.streams.values.reduce(0, +))
    }.sorted { ($0.since, $0.principal) < ($1.since, $1.principal) }
  }

  private func count(of task: String) -> Int { entries[task]?.count ?? 0 }
}
