import Surveillance
import Testing

@Suite struct IndicatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var indicator: String
    var points: Double
    var side = Side.buy
    var change: @Sendable (inout InsiderScene) -> Void

    init(
      _ name: String, _ indicator: String, _ points: Double, _ side: Side = .buy,
      _ change: @escaping @Sendable (inout InsiderScene) -> Void
    ) {
      testDescription = "\(indicator), \(name)"
      self.indicator = indicator
      self.points = points
      self.side = side
      self.change = change
    }
  }

  private func check(_ one: Case) {
    var scene = InsiderScene(one.side)
    one.change(&scene)
    #expect(abs(scene.points(one.indicator) - one.points) < 0.000_1, "got \(scene.points(one.indicator))")
  }

  static let access: [Case] = [
    Case("a full permission", "I1", 0) { _ in },
    Case("execution only", "I1", 0) { $0.setTrader { $0.permission = .executionOnly } },
    Case("no permission", "I1", 30) { $0.setTrader { $0.permission = .none } },
    Case("nobody knows", "I1", 0) { $0.facts.profile.trader = nil },
    Case("no list", "I2", 0) { _ in },
    Case("watched", "I2", 8) { $0.list(.watch) },
    Case("restricted", "I2", 25) { $0.list(.restricted) },
    Case("both", "I2", 25) {
      $0.list(.watch)
      $0.list(.restricted)
    },
    Case("none", "I3", 0) { _ in },
    Case("low", "I3", 2) { $0.setTrader { $0.access = .low } },
    Case("medium", "I3", 8) { $0.setTrader { $0.access = .medium } },
    Case("high", "I3", 8) { $0.setTrader { $0.access = .high } },
    Case("linked", "I3", 15) { $0.link() },
    Case("linked by two", "I3", 15) { $0.link(degree: 2) },
    Case("linked by three", "I3", 0) { $0.link(degree: 3) },
    Case("linked to somebody who knows nothing", "I3", 0) { $0.link(isInsider: false) },
    Case("linked and high: the greater", "I3", 15) {
      $0.link()
      $0.setTrader { $0.access = .high }
    },
    Case("linked too far and low", "I3", 2) {
      $0.link(degree: 3)
      $0.setTrader { $0.access = .low }
    },
    Case("listed", "I3", 30) {
      $0.putOnInsiderList()
      $0.link()
    },
  ]

  @Test(arguments: access)
  func `permission, lists and access`(one: Case) { check(one) }

  static let history: [Case] = [
    Case("at the start of the ramp", "I4", 0) { $0.facts.history.sizeScore = 2 },
    Case("in the middle", "I4", 7.5) { $0.facts.history.sizeScore = 4 },
    Case("at the end", "I4", 15) { $0.facts.history.sizeScore = 6 },
    Case("beyond", "I4", 15) { $0.facts.history.sizeScore = 60 },
    Case("with four trades", "I4", 0) {
      $0.facts.history.sizeScore = 6
      $0.facts.history.count = 4
    },
    Case("with five trades", "I4", 15) {
      $0.facts.history.sizeScore = 6
      $0.facts.history.count = 5
    },
    Case("without history", "I4", 0) {
      $0.facts.history.sizeScore = 6
      $0.facts.history.isAvailable = false
    },
    Case("a known instrument", "I5", 0) { _ in },
    Case("a new one", "I5", 10) { $0.facts.history.symbolCount = 0 },
    Case("without history", "I5", 0) {
      $0.facts.history.symbolCount = 0
      $0.facts.history.isAvailable = false
    },
    Case("a known sector", "I6", 0) { _ in },
    Case("a new one", "I6", 10) { $0.facts.history.sectorCount = 0 },
    Case("not known which", "I6", 0) { $0.facts.history.sectorCount = nil },
    Case("without history", "I6", 0) {
      $0.facts.history.sectorCount = 0
      $0.facts.history.isAvailable = false
    },
    Case("none", "M1", 0) { $0.facts.history.symbolCount = 0 },
    Case("three", "M1", 10) { $0.facts.history.symbolCount = 3 },
    Case("six", "M1", 20) { $0.facts.history.symbolCount = 6 },
    Case("sixty", "M1", 20) { $0.facts.history.symbolCount = 60 },
    Case("without history", "M1", 0) {
      $0.facts.history.symbolCount = 6
      $0.facts.history.isAvailable = false
    },
    Case("regular", "M2", 20) { $0.setProgramme(6, 0.59, 1.5) },
    Case("one too few", "M2", 0) { $0.setProgramme(5, 0.59, 1.5) },
    Case("too irregular", "M2", 0) { $0.setProgramme(6, 0.6, 1.5) },
    Case("too large", "M2", 0) { $0.setProgramme(6, 0.59, 1.51) },
    Case("no intervals", "M2", 0) { $0.setProgramme(6, nil, 1) },
    Case("at two", "M3", 0) { $0.facts.history.sizeScore = 2 },
    Case("between", "M3", 6) { $0.facts.history.sizeScore = 1.6 },
    Case("at one", "M3", 15) { $0.facts.history.sizeScore = 1 },
    Case("small", "M3", 15) { $0.facts.history.sizeScore = -9 },
    Case("with four trades", "M3", 0) {
      $0.facts.history.sizeScore = 1
      $0.facts.history.count = 4
    },
  ]

  @Test(arguments: history)
  func `the trade beside the trader's history`(one: Case) { check(one) }

  static let event: [Case] = [
    Case("a day before, ordinary", "I7", 6) { $0.setEvent(hours: 24) },
    Case("an hour before, ordinary", "I7", 6) { $0.setEvent(hours: 1) },
    Case("in the middle", "I7", 3) { $0.setEvent(hours: 132) },
    Case("ten days before", "I7", 0) { $0.setEvent(hours: 240) },
    Case("behind the event", "I7", 0) { $0.setEvent(hours: -1) },
    Case("with the event", "I7", 0) { $0.setEvent(hours: 0) },
    Case("no event", "I7", 0) { $0.facts.news.event = nil },
    Case("a new instrument", "I7", 12) {
      $0.setEvent(hours: 24)
      $0.facts.history.symbolCount = 0
    },
    Case("half the size strength", "I7", 9) {
      $0.setEvent(hours: 24)
      $0.facts.history.sizeScore = 4
    },
    Case("no history", "I7", 6) {
      $0.setEvent(hours: 24)
      $0.facts.history.isAvailable = false
      $0.facts.history.symbolCount = 0
      $0.facts.history.sizeScore = nil
    },
    Case("one day, time not known", "I7", 6) {
      $0.facts.news.event = MarketEvent(time: InsiderScene.time - Instant.perHour, isTimeKnown: false)
    },
    Case("at two deviations", "I8", 0) { $0.setReturn(0.1, 2) },
    Case("at four", "I8", 2.5) { $0.setReturn(0.1, 4) },
    Case("at six", "I8", 5) { $0.setReturn(0.1, 6) },
    Case("out of the ordinary", "I8", 10) {
      $0.setReturn(0.1, 60)
      $0.facts.history.symbolCount = 0
    },
    Case("a purchase before a fall", "I8", 0) { $0.setReturn(-0.1, -6) },
    Case("a sale before a fall", "I8", 5, .sell) { $0.setReturn(-0.1, -6) },
    Case("a sale before a rise", "I8", 0, .sell) { $0.setReturn(0.1, 6) },
    Case("behind the event", "I8", 0) {
      $0.setReturn(0.1, 6)
      $0.setEvent(hours: -1)
    },
    Case("no gain", "I9", 0) { $0.facts.market.gain = Money(minor: 0) },
    Case("a loss", "I9", 0) { $0.facts.market.gain = Money(minor: -1_000_000_000) },
    Case("half the amount", "I9", 2.5) { $0.facts.market.gain = Money(minor: 12_500_000) },
    Case("the amount", "I9", 5) { $0.facts.market.gain = Money(minor: 25_000_000) },
    Case("the largest amount", "I9", 5) { $0.facts.market.gain = Money(minor: .max) },
    Case("behind the event", "I9", 0) {
      $0.facts.market.gain = Money(minor: 25_000_000)
      $0.setEvent(hours: -1)
    },
    Case("by surprise", "M7", 0) { _ in },
    Case("scheduled", "M7", 5) { $0.setEvent(hours: 24, isScheduled: true) },
    Case("scheduled, behind it", "M7", 0) { $0.setEvent(hours: -1, isScheduled: true) },
    Case("in favour", "M8", 0) { $0.setReturn(0.000_1, 0.01) },
    Case("nothing", "M8", 25) { $0.setReturn(0, 0) },
    Case("a purchase before a fall", "M8", 25) { $0.setReturn(-0.1, -6) },
    Case("a sale before a rise", "M8", 25, .sell) { $0.setReturn(0.1, 6) },
    Case("behind the event", "M8", 0) {
      $0.setReturn(-0.1, -6)
      $0.setEvent(hours: -1)
    },
  ]

  @Test(arguments: event)
  func `the trade beside the event`(one: Case) { check(one) }

  static let market: [Case] = [
    Case("at two", "I10", 0) { $0.facts.market.volumeScore = 2 },
    Case("at three", "I10", 1.25) { $0.facts.market.volumeScore = 3 },
    Case("at six", "I10", 5) { $0.facts.market.volumeScore = 6 },
    Case("not known", "I10", 0) { $0.facts.market.volumeScore = nil },
    Case("no news", "I11", 12) { $0.facts.news.alignedCount = 0 },
    Case("one", "I11", 8) { $0.facts.news.alignedCount = 1 },
    Case("three", "I11", 0) { $0.facts.news.alignedCount = 3 },
    Case("nobody would know", "I11", 0) { $0.facts.news.isCovered = false },
    Case("no news", "M4", 0) { _ in },
    Case("two", "M4", 40 / 3) { $0.facts.news.alignedCount = 2 },
    Case("seven", "M4", 20) { $0.facts.news.alignedCount = 7 },
    Case("half of them", "I12", 0) { $0.setPeers(5, of: 10) },
    Case("three of ten", "I12", 4) { $0.setPeers(3, of: 10) },
    Case("one of ten", "I12", 8) { $0.setPeers(1, of: 10) },
    Case("none of three", "I12", 8) { $0.setPeers(0, of: 3) },
    Case("two of two", "I12", 8) { $0.setPeers(2, of: 2) },
    Case("nobody", "I12", 8) { $0.setPeers(0, of: 0) },
    Case("nobody would know", "I12", 0) {
      $0.setPeers(0, of: 0)
      $0.facts.peers.isCovered = false
    },
    Case("half of them", "M5", 0) { $0.setPeers(5, of: 10) },
    Case("seven of ten", "M5", 7.5) { $0.setPeers(7, of: 10) },
    Case("nine of ten", "M5", 15) { $0.setPeers(9, of: 10) },
    Case("two of two", "M5", 0) { $0.setPeers(2, of: 2) },
    Case("three of three", "M5", 15) { $0.setPeers(3, of: 3) },
    Case("nobody", "I13", 0) { _ in },
    Case("a spouse", "I13", 15) { $0.coordinate() },
    Case("somebody far away", "I13", 0) { $0.coordinate(degree: 3) },
  ]

  @Test(arguments: market)
  func `the trade beside the market and linked parties`(one: Case) { check(one) }

  static let mitigation: [Case] = [
    Case("a sales trader", "M6", 0) { _ in },
    Case("a manager in the mandate", "M6", 15) { $0.setRole("Senior Portfolio Manager", ["health", "energy"]) },
    Case("a manager outside of it", "M6", 0) { $0.setRole("portfolio manager", ["health"]) },
    Case("another manager", "M6", 0) { $0.setRole("office manager", ["energy"]) },
    Case("an analyst", "M6", 5) { $0.setRole("Equity analyst", []) },
    Case("no role", "M6", 0) { $0.setRole("", ["energy"]) },
    Case("no plan", "M9", 0) { _ in },
    Case("30 days", "M9", 60) { $0.setPlan(daysBefore: 30, firstTrade: 0) },
    Case("29 days", "M9", 0) { $0.setPlan(daysBefore: 29, firstTrade: 0) },
    Case("an officer, 90 days", "M9", 60) {
      $0.setRole("Chief financial officer", [])
      $0.setPlan(daysBefore: 90, firstTrade: 0)
    },
    Case("an officer, 89 days", "M9", 0) {
      $0.setRole("Chief financial officer", [])
      $0.setPlan(daysBefore: 89, firstTrade: 0)
    },
    Case("somebody unknown waits as an officer does", "M9", 0) {
      $0.facts.profile.trader = nil
      $0.setPlan(daysBefore: 89, firstTrade: 0)
    },
    Case("for sales", "M9", 0) { $0.setPlan(side: .sell) },
    Case("one share too few", "M9", 0) { $0.setPlan(most: 999) },
    Case("ended", "M9", 0) { $0.setPlan(status: .terminated) },
    Case("from tomorrow", "M9", 0) { $0.setPlan(firstTrade: -1) },
    Case("adopted behind the trade", "M9", 0) { $0.setPlan(daysBefore: -1) },
  ]

  @Test(arguments: mitigation)
  func `role and plan`(one: Case) { check(one) }
}

extension InsiderScene {
  mutating func setProgramme(_ count: Int, _ variation: Double?, _ ratio: Double?) {
    facts.history.programme.count = count
    facts.history.programme.intervalVariation = variation
    facts.history.programme.sizeRatio = ratio
  }
  mutating func setReturn(_ abnormal: Double, _ score: Double) {
    facts.market.abnormalReturn = abnormal
    facts.market.abnormalReturnScore = score
  }
  mutating func setPeers(_ same: Int, of all: Int) {
    facts.peers.peers = all
    facts.peers.sameDirection = same
  }
  mutating func setRole(_ role: String, _ sectors: [String]) {
    setTrader {
      $0.role = role
      $0.mandateSectors = sectors
    }
  }
}
