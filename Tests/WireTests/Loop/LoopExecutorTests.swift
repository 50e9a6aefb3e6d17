import Synchronization
import TestSupport
import Testing

@testable import Wire

/// A loop as the executor of actors and tasks.
@Suite struct LoopExecutorTests {
  @Test func `actors and tasks of a loop run on its thread and nowhere else`() async throws {
    let loop = try await Loop.start(name: "test")
    let other = try await Loop.start(name: "other")
    let pinned = Pinned(loop)
    #expect(!loop.isCurrent)
    #expect(await pinned.isOnLoop)
    #expect(await Task(executorPreference: loop.tasks) { loop.isCurrent && !other.isCurrent }.value)
    // After a visit elsewhere it comes back.
    #expect(await pinned.isOnLoop(after: Pinned(other)))
    await loop.stop()
    await other.stop()
  }

  @Test func `many jobs from many threads all run once and in order`() async throws {
    let loop = try await Loop.start(name: "test")
    let senders = 8
    let jobs = 500
    let seen = Seen(senders: senders)
    await withTaskGroup { group in
      for sender in 0..<senders {
        group.addTask {
          let tasks = await onThread {
            (0..<jobs).map { job in
              Task(executorPreference: loop.tasks) { seen.add(job, from: sender) }
            }
          }
          for task in tasks { await task.value }
        }
      }
      await group.waitForAll()
    }
    for sender in seen.all { #expect(sender == Array(0..<jobs)) }
    await loop.stop()
  }

  @Test func `an actor of a loop is never entered twice`() async throws {
    let loop = try await Loop.start(name: "test")
    let pinned = Pinned(loop)
    await withTaskGroup { group in
      for _ in 0..<2_000 { group.addTask { await pinned.count() } }
    }
    #expect(await pinned.counted == 2_000)
    await loop.stop()
  }

  /// A task that prefers the loop goes from its code into an actor and there into a wait without a stop at which others come in.
  @Test func `nobody comes between an actor's look and its wait`() async throws {
    let loop = try await Loop.start(name: "test")
    let mailbox = Mailbox(loop)
    let taking = Task(executorPreference: loop.tasks) { for _ in 0..<2_000 { await mailbox.take() } }
    let putting = Task(executorPreference: loop.tasks) {
      for turn in 0..<2_000 {
        await mailbox.put()
        if turn.isMultiple(of: 7) { await Task.yield() }
      }
    }
    await taking.value
    await putting.value
    #expect(await mailbox.looksThatWereStale == 0)
    await loop.stop()
  }

  @Test func `jobs that make jobs do not keep the loop from its sockets`() async throws {
    let loop = try await Loop.start(name: "test")
    let turning = Task(executorPreference: loop.tasks) {
      var turns = 0
      while !Task.isCancelled {
        turns += 1
        await Task.yield()
      }
      return turns
    }
    // A timer is an event like any other: it comes through although there is always a job.
    let clock = TimerBench(loop)
    #expect(try await clock.fires(after: .milliseconds(5)))
    turning.cancel()
    #expect(await turning.value > 0)
    await clock.close()
    await loop.stop()
  }

  @Test func `touching a loop's own things elsewhere traps`() async {
    await #expect(processExitsWith: .failure) {
      let loop = try await Loop.start(name: "test")
      _ = loop.core
    }
  }
}

/// What came from each sender, in the order of its coming.
private final class Seen: Sendable {
  private let jobs: Mutex<[[Int]]>

  init(senders: Int) {
    jobs = Mutex(Array(repeating: [], count: senders))
  }

  var all: [[Int]] { jobs.withLock { $0 } }

  func add(_ job: Int, from sender: Int) {
    jobs.withLock { $0[sender].append(job) }
  }
}

/// An actor that lives on a loop.
actor Pinned {
  private nonisolated let loop: Loop
  private(set) var counted = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  init(_ loop: Loop) {
    self.loop = loop
  }

  var isOnLoop: Bool { loop.isCurrent }

  func isOnLoop(after other: Pinned) async -> Bool {
    let wasThere = await other.isOnLoop
    return wasThere && loop.isCurrent
  }

  /// Two steps that another entry in between would spoil.
  func count() {
    let before = counted
    counted = before + 1
  }
}

/// Hands things from one task to another, as a connection hands a body's pieces to its handler.
private actor Mailbox {
  private nonisolated let loop: Loop
  private var waiting = 0
  private var taker: CheckedContinuation<Void, Never>?
  private(set) var looksThatWereStale = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  init(_ loop: Loop) {
    self.loop = loop
  }

  func put() {
    waiting += 1
    wake()
  }

  func take() async {
    if waiting == 0 {
      await withCheckedContinuation { continuation in
        taker = continuation
        guard waiting > 0 else { return }
        looksThatWereStale += 1
        wake()
      }
    }
    waiting -= 1
  }

  private func wake() {
    taker?.resume()
    taker = nil
  }
}
