import HTTP
import JSON
import TestSupport

/// What a client has seen of a stream, over however many connections.
struct Watched: Sendable {
  /// Holds it against what streams promise.
  var checker: StreamChecker
  /// Records that have another content than the producer gave to that number.
  private(set) var altered = 0
  /// The reasons of all farewells.
  private(set) var farewells: [String] = []
  /// Connections that broke, or could not be had.
  var breaks = 0

  private let tasks: Set<String>

  init(_ tasks: Set<String>) {
    self.tasks = tasks
    checker = StreamChecker(of: tasks)
  }

  mutating func take(_ event: ReceivedEvent) {
    checker.take(event)
    switch event.type {
    case "message":
      // The producer's events carry their own count; the gateway's first record stands before them.
      guard let record = try? JSONValue(parsing: event.data), let seq = record["seq"]?.int else { return altered += 1 }
      if seq > 1, record["data"]?["n"]?.int != seq - 1 { altered += 1 }
    case "bye":
      farewells.append(checker.farewell ?? "")
    default:
      break
    }
  }

  /// Nothing was missed, repeated, out of order, foreign or altered, and the last record of each task was this one.
  /// - Parameter records: how many were due; nil: all of these tasks.
  func isWhole(to last: [String: Int], records: Int? = nil) -> Bool {
    checker.faults.isEmpty && altered == 0 && checker.recordCount == records ?? last.values.reduce(0, +)
      && checker.seqs == last.mapValues { Int64($0) }
  }

  /// The same where each task has as many records, or there is but one.
  func isWhole(to last: Int, records: Int? = nil) -> Bool {
    isWhole(to: Dictionary(uniqueKeysWithValues: tasks.map { ($0, last) }), records: records)
  }

  /// For a test that has failed.
  var summary: String {
    "\(checker.recordCount) records to \(checker.seqs), \(altered) altered, faults \(checker.faults.prefix(5)), "
      + "resumes \(checker.resumes.map(\.status).prefix(5)), farewells \(farewells), \(breaks) breaks"
  }
}
