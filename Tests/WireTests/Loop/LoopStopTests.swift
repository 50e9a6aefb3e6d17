import TestSupport
import Testing

@testable import Wire

/// The end of a loop loses no work.
@Suite struct LoopStopTests {
  @Test func `jobs that wait when a loop is stopped are run`() async throws {
    let loop = try await Loop.start(name: "test")
    let release = Signal()
    let isHeld = Signal()
    let pinned = Pinned(loop)
    // The thread is held, so that everything after this waits.
    let holder = Task(executorPreference: loop.tasks) {
      isHeld.send()
      return release.block()
    }
    #expect(await isHeld.wait())
    let tasks = (0..<200).map { _ in
      Task(executorPreference: loop.tasks) {
        await pinned.count()
        // And what follows from it is run too.
        await Task.yield()
        await pinned.count()
      }
    }
    async let stopped: Void = loop.stop()
    #expect(await eventually { loop.mustStop })
    release.send()
    await stopped
    for task in tasks { await task.value }
    #expect(await holder.value)
    #expect(await pinned.counted == 400)
  }

  @Test func `jobs that come after the end still run`() async throws {
    let loop = try await Loop.start(name: "test")
    let pinned = Pinned(loop)
    #expect(await pinned.isOnLoop)
    await loop.stop()
    await withTaskGroup { group in
      for _ in 0..<500 { group.addTask { await pinned.count() } }
    }
    // Still one at a time, although the thread is gone.
    #expect(await pinned.counted == 500)
    #expect(await Task(executorPreference: loop.tasks) { 7 }.value == 7)
  }

  @Test func `jobs that come while it ends are neither lost nor run twice`() async throws {
    for _ in 0..<20 {
      let loop = try await Loop.start(name: "test")
      let pinned = Pinned(loop)
      let go = Signal()
      async let counting: Void = withTaskGroup { group in
        for _ in 0..<4 {
          group.addTask {
            _ = await go.wait()
            for _ in 0..<100 { await pinned.count() }
          }
        }
        await group.waitForAll()
      }
      go.send()
      await loop.stop()
      await counting
      #expect(await pinned.counted == 400)
    }
  }

  @Test func `stopping twice or at once is fine`() async throws {
    let loop = try await Loop.start(name: "test")
    await withTaskGroup { group in
      for _ in 0..<4 { group.addTask { await loop.stop() } }
    }
    await loop.stop()
  }

  @Test func `loops come and go`() async throws {
    for number in 0..<30 {
      let loop = try await Loop.start(name: "loop-\(number)")
      #expect(await Pinned(loop).isOnLoop)
      await loop.stop()
    }
  }

  @Test func `a timer set after the end does nothing`() async throws {
    let loop = try await Loop.start(name: "test")
    let bench = TimerBench(loop)
    await bench.make("late")
    await loop.stop()
    await bench.set("late", after: .zero)
    await bench.close()
    #expect(await bench.fired.isEmpty)
  }
}
