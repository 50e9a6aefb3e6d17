import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// Many watchers at once.
struct Crowd: Sendable {
  let watchers: [Watcher]
  /// Streams that have begun, and watchers that have come to their end.
  let arrived = Tally()
  let done = Tally()

  init(_ count: Int, _ make: (Int) -> Watcher) {
    watchers = (0..<count).map(make)
  }

  /// Runs all of them, and `body`, which has to see them through: a gateway must live as long as they watch it. Gives what each has seen,
  /// in their order.
  func watch(while body: () async throws -> Void) async throws -> [Watched] {
    try await withThrowingTaskGroup(of: (Int, Watched).self) { group in
      for (index, watcher) in watchers.enumerated() {
        var watcher = watcher
        watcher.onEvent = { [told = watcher.onEvent] event in
          told(event)
          if event.type == "resume" { arrived.add() }
        }
        group.addTask(executorPreference: watcher.clients.loop.tasks) { [watcher] in
          defer { done.add() }
          return (index, try await watcher.watch())
        }
      }
      do {
        try await body()
      } catch {
        group.cancelAll()
        throw error
      }
      let seen = try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      return watchers.indices.compactMap { seen[$0] }
    }
  }

  /// Waits until each has had a stream so many times.
  func untilArrived(times: Int = 1) async throws {
    try await arrived.reaches(watchers.count * times)
  }

  /// Waits until each has come to its end.
  func untilDone(within limit: Duration = .seconds(90)) async throws {
    try #require(await eventually(within: limit) { done.value == watchers.count }, "\(done.value) are done")
  }
}

/// A count that others wait for.
final class Tally: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }

  func add(_ more: Int = 1) { count.withLock { $0 += more } }

  func reaches(_ goal: Int) async throws {
    try #require(await eventually { value >= goal }, "\(value) instead of \(goal)")
  }
}
