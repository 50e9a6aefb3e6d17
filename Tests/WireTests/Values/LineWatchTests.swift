import Testing

@testable import Wire

/// When a line is taken for dead.
@Suite struct LineWatchTests {
  private let start = ContinuousClock.now
  private let limit = Duration.seconds(10)

  /// What each look finds: seconds, and for how many nothing was acknowledged while something is owed.
  private func looks(_ looks: (at: Int, unheard: Int?)...) -> [Bool] {
    var watch = LineWatch()
    return looks.map { look in
      watch.look(look.unheard.map { .seconds($0) }, limit: limit, now: start + .seconds(look.at))
    }
  }

  @Test func `nothing owed is nothing wrong, however long it lasts`() {
    #expect(looks((0, nil), (100, nil), (10_000, nil)) == [false, false, false])
  }

  @Test func `a line is dead when nothing is acknowledged from one look to a late enough one`() {
    #expect(looks((0, 3), (5, 8), (9, 12), (10, 13)) == [false, false, false, true])
    #expect(looks((0, 0), (30, 30)) == [false, true])
  }

  @Test func `an old acknowledgement is no sign where nothing was sent since`() {
    // Long idle, and then something was just sent.
    #expect(looks((0, 3600), (5, 1), (14, 10)) == [false, false, false])
  }

  @Test func `any acknowledgement begins the time anew`() {
    #expect(looks((0, 2), (9, 1), (18, 9), (19, 10)) == [false, false, false, true])
    #expect(looks((0, 9), (9, nil), (18, 7), (27, 16)) == [false, false, false, false])
  }

  @Test func `where nothing is owed there is nothing to look at again`() {
    var watch = LineWatch()
    _ = watch.look(.seconds(1), limit: limit, now: start)
    #expect(watch.since == start)
    _ = watch.look(nil, limit: limit, now: start + .seconds(1))
    #expect(watch.since == nil)
  }
}
