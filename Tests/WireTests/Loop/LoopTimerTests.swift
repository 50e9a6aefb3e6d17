import TestSupport
import Testing

@testable import Wire

@Suite struct LoopTimerTests {
  /// Timers with these names, on a loop of their own; `last` fires after all of a test's others.
  private func withTimers(
    _ names: String..., body: (TimerBench, Signal) async throws -> Void
  ) async throws {
    let loop = try await Loop.start(name: "test")
    let bench = TimerBench(loop)
    let last = Signal()
    for name in names { await bench.make(name) }
    await bench.make("last", then: last)
    try await body(bench, last)
    await bench.close()
    await loop.stop()
  }

  @Test func `timers fire in the order of their times`() async throws {
    try await withTimers("a", "b", "c") { bench, last async throws in
      await bench.set([
        ("last", .milliseconds(60)), ("c", .milliseconds(45)), ("a", .milliseconds(15)), ("b", .milliseconds(30)),
      ])
      #expect(await last.wait())
      #expect(await bench.fired == ["a", "b", "c", "last"])
    }
  }

  @Test func `a timer never fires early`() async throws {
    try await withTimers { bench, last async throws in
      let begin = ContinuousClock.now
      await bench.set("last", after: .milliseconds(50))
      #expect(await last.wait())
      // libev counts in doubles of its own clock; a millisecond is its grain.
      #expect(.now - begin >= .milliseconds(49))
    }
  }

  @Test func `setting again replaces what was set`() async throws {
    try await withTimers("moved") { bench, last async throws in
      await bench.set([("moved", .milliseconds(5)), ("last", .milliseconds(20)), ("moved", .seconds(60))])
      #expect(await last.wait())
      #expect(await bench.fired == ["last"])
    }
  }

  @Test func `a timer that fired can be set again`() async throws {
    try await withTimers { bench, last async throws in
      await bench.set("last", after: .milliseconds(1))
      #expect(await last.wait())
      let again = Signal()
      await bench.make("again", then: again)
      await bench.set([("last", .milliseconds(1)), ("again", .milliseconds(20))])
      #expect(await again.wait())
      #expect(await bench.fired == ["last", "last", "again"])
    }
  }

  @Test func `a cancelled timer does not fire`() async throws {
    try await withTimers("cancelled") { bench, last async throws in
      await bench.setAndCancel("cancelled", after: .milliseconds(1))
      await bench.set("last", after: .milliseconds(20))
      #expect(await last.wait())
      #expect(await bench.fired == ["last"])
    }
  }

  @Test func `a stopped timer stays silent`() async throws {
    try await withTimers("stopped") { bench, last async throws in
      await bench.stop("stopped")
      await bench.set([("stopped", .milliseconds(1)), ("last", .milliseconds(20))])
      #expect(await last.wait())
      #expect(await bench.fired == ["last"])
    }
  }

  @Test func `a time that is past is due at once`() async throws {
    try await withTimers("past") { bench, last async throws in
      await bench.set([("past", .seconds(-5)), ("last", .milliseconds(20))])
      #expect(await last.wait())
      #expect(await bench.fired == ["past", "last"])
    }
  }
}
