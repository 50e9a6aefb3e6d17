import HTTP
import JSON
import Synchronization
import TestSupport
import Testing

/// What watchers hear of tasks, put together: whether agents are at work, and who waits for an answer.
final class Pulse: Sendable {
  private struct Heard {
    /// The last record, and reports of the agent.
    var seq: Int64 = 0
    var reports = 0
    var asks = false
  }

  private let heard = Mutex<[String: Heard]>([:])

  func hear(_ event: ReceivedEvent) {
    guard event.type == "message", let record = try? JSONValue(parsing: event.data),
      let task = record["task"]?.string, let seq = record["seq"]?.int
    else { return }
    let isReport = record["kind"]?.string == "event" && record["origin"]?.string != "gateway"
    let asks = record["kind"]?.string == "question"
    heard.withLock { heard in
      // Several watch it.
      guard seq > heard[task, default: Heard()].seq else { return }
      heard[task, default: Heard()].seq = seq
      if isReport { heard[task, default: Heard()].reports += 1 }
      if asks { heard[task, default: Heard()].asks = true }
    }
  }

  /// Waits until each of these has reported so often from now on.
  func untilAtWork(_ tasks: [String], reports: Int = 3, within limit: Duration = .seconds(60)) async throws {
    let before = heard.withLock { $0.mapValues(\.reports) }
    func missing() -> [String] {
      heard.withLock { heard in tasks.filter { (heard[$0]?.reports ?? 0) < (before[$0] ?? 0) + reports } }
    }
    _ = await eventually(within: limit) { missing().isEmpty }
    let silent = missing()
    try #require(silent.isEmpty, "\(silent.count) of \(tasks.count) are not at work: \(silent.prefix(3))")
  }

  func untilAsked(_ tasks: [String]) async throws {
    func missing() -> Int { heard.withLock { heard in tasks.count { heard[$0]?.asks != true } } }
    _ = await eventually { missing() == 0 }
    try #require(missing() == 0, "\(missing()) of \(tasks.count) have not asked")
  }
}
