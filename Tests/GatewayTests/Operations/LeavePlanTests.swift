import Testing

@testable import Gateway

/// Whom the gateway sends away when, before it ends.
@Suite struct LeavePlanTests {
  private func plan(_ streams: Int, _ perSecond: Int, _ window: Int) -> LeavePlan {
    LeavePlan(streams: streams, perSecond: perSecond, windowSeconds: window)
  }

  @Test func `all have their turn where there is time, and may come at once`() {
    let plan = plan(1000, 100, 15)
    #expect(plan.told(after: 0) == 1 && plan.told(after: 990) == 100 && plan.told(after: 5000) == 501)
    #expect(plan.toldAfter == 9990 && plan.backAfter == 9990)
    #expect(plan.told(after: 9989) == 999 && plan.told(after: 9990) == 1000)
    #expect((0..<1000).allSatisfy { plan.wait(of: $0) == nil })
  }

  @Test func `those behind the window are told at its end, and come at the same pace`() {
    let plan = plan(1000, 100, 4)
    #expect(plan.told(after: 3999) == 400 && plan.told(after: 4000) == 1000)
    #expect(plan.wait(of: 399) == nil && plan.wait(of: 400) == 1 && plan.wait(of: 450) == 500)
    #expect(plan.toldAfter == 4000 && plan.backAfter == 9990)
    #expect(plan.back(after: 4000) == 401 && plan.back(after: 9990) == 1000)
  }

  @Test func `without a pace all go at once`() {
    let plan = plan(1000, 0, 15)
    #expect(plan.told(after: 0) == 1000 && plan.back(after: 0) == 1000)
    #expect(plan.toldAfter == 0 && plan.backAfter == 0 && plan.wait(of: 999) == nil)
  }

  @Test func `where those who take them in have a budget, that counts, too`() {
    let storm = plan(1000, 0, 15)
    #expect(storm.admitted(after: 0, at: 100) == 100 && storm.admitted(after: 1500, at: 100) == 250)
    #expect(storm.admittedAfter(at: 100) == 9000 && storm.admitted(after: 9000, at: 100) == 1000)
    // Nobody is in who has not come yet.
    let drain = plan(1000, 100, 15)
    #expect(drain.admitted(after: 1000, at: 500) == 101 && drain.admittedAfter(at: 500) == drain.backAfter)
    #expect(drain.admitted(after: 1000, at: 0) == 101 && drain.admittedAfter(at: 0) == drain.backAfter)
  }

  @Test func `without streams there is nothing to wait for`() {
    for plan in [plan(0, 100, 15), plan(0, 0, 0)] {
      #expect(plan.told(after: 0) == 0 && plan.toldAfter == 0 && plan.backAfter == 0)
    }
  }

  /// However it is cut into steps: everybody once, nobody before the turn, never more at once than the pace allows.
  @Test(arguments: [(7, 3, 2), (500, 33, 5), (20_000, 300, 15), (1, 1, 0), (90, 1_000_000, 1)])
  func `nobody comes faster than planned`(streams: Int, perSecond: Int, window: Int) {
    let plan = plan(streams, perSecond, window)
    var told = 0
    var comes: [Int] = []
    var time = 0
    while told < streams {
      let due = plan.told(after: time)
      #expect(due >= told)
      for index in told..<due { comes.append(time + (plan.wait(of: index) ?? 0)) }
      told = due
      time += 20
    }
    #expect(comes.count == streams && plan.toldAfter <= time)
    for (index, moment) in comes.sorted().enumerated() {
      // A step late at most, and never early: the wait is rounded up to one millisecond.
      #expect(moment + 1 >= index * 1000 / perSecond && moment <= index * 1000 / perSecond + 21)
    }
  }
}
