import Identity
import TestSupport
import Testing

@testable import Gateway

/// When a right is warned of and ended, whatever happens in between.
@Suite struct GrantTimelineTests {
  private static func at(_ seconds: Int64) -> UnixTime { UnixTime(seconds: seconds) }

  @Test func `it is warned of a minute before its end, and ends then`() {
    var timeline = GrantTimeline(until: Self.at(1000))
    #expect(timeline.next == Self.at(940))
    #expect(timeline.check(at: Self.at(939)) == nil)
    #expect(timeline.check(at: Self.at(940)) == .expiring(at: Self.at(1000)))
    #expect(timeline.next == Self.at(1000))
    #expect(timeline.check(at: Self.at(999)) == nil)
    #expect(timeline.check(at: Self.at(1000)) == .ended(.expired))
    #expect(timeline.next == nil)
    #expect(timeline.check(at: Self.at(2000)) == nil)
  }

  @Test func `with less than a minute left it is warned of at once`() {
    var timeline = GrantTimeline(until: Self.at(1000))
    #expect(timeline.check(at: Self.at(970)) == .expiring(at: Self.at(1000)))
    #expect(timeline.check(at: Self.at(971)) == nil)
  }

  @Test func `one that is over when it is first looked at is not warned of`() {
    var timeline = GrantTimeline(until: Self.at(1000))
    #expect(timeline.check(at: Self.at(1000)) == .ended(.expired))
  }

  @Test func `a refresh moves the end and the warning`() {
    var timeline = GrantTimeline(until: Self.at(1000))
    #expect(timeline.extend(until: Self.at(2000), at: Self.at(100)) == [.refreshed(until: Self.at(2000))])
    #expect(timeline.check(at: Self.at(1000)) == nil)
    #expect(timeline.check(at: Self.at(1940)) == .expiring(at: Self.at(2000)))
    #expect(timeline.extend(until: Self.at(3000), at: Self.at(1950)) == [.refreshed(until: Self.at(3000))])
    #expect(timeline.next == Self.at(2940))
  }

  @Test func `a refresh for less than a minute is warned of at once`() {
    var timeline = GrantTimeline(until: Self.at(1000))
    #expect(timeline.check(at: Self.at(990)) == .expiring(at: Self.at(1000)))
    #expect(
      timeline.extend(until: Self.at(1020), at: Self.at(995))
        == [.refreshed(until: Self.at(1020)), .expiring(at: Self.at(1020))])
  }

  @Test func `an earlier end changes nothing`() {
    var timeline = GrantTimeline(until: Self.at(1000))
    #expect(timeline.extend(until: Self.at(1000), at: Self.at(10)).isEmpty)
    #expect(timeline.extend(until: Self.at(500), at: Self.at(10)).isEmpty)
    #expect(timeline.ends == Self.at(1000))
    #expect(timeline.next == Self.at(940))
  }

  @Test func `a refresh at the end comes too late, even if nobody has noticed the end`() {
    var timeline = GrantTimeline(until: Self.at(1000))
    #expect(timeline.extend(until: Self.at(2000), at: Self.at(1000)) == [.ended(.expired)])
    #expect(timeline.extend(until: Self.at(3000), at: Self.at(1001)).isEmpty)
    #expect(timeline.next == nil)
  }

  @Test func `whoever was sent away hears nothing more`() {
    var timeline = GrantTimeline(until: UnixTime(seconds: 1000))
    #expect(timeline.sendAway(retry: 7) == .sentAway(retryMilliseconds: 7))
    #expect(timeline.sendAway(retry: nil) == nil && timeline.end(.revoked) == nil)
    #expect(timeline.check(at: UnixTime(seconds: 2000)) == nil && timeline.next == nil)
  }

  @Test(arguments: [GrantEnd.revoked, .forbidden])
  func `what has been ended says nothing any more`(_ reason: GrantEnd) {
    var timeline = GrantTimeline(until: Self.at(1000))
    #expect(timeline.end(reason) == .ended(reason))
    #expect(timeline.end(.revoked) == nil)
    #expect(timeline.check(at: Self.at(1000)) == nil)
    #expect(timeline.extend(until: Self.at(2000), at: Self.at(500)).isEmpty)
  }

  @Test func `whatever happens in whatever order, notices follow the rules`() {
    for seed in 0..<2000 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      var now = Self.at(0)
      var end = Self.at(.random(in: 1...200, using: &random))
      var timeline = GrantTimeline(until: end)
      var isWarned = false
      var isOver = false
      for _ in 0..<40 {
        now = now.adding(seconds: .random(in: 0...30, using: &random))
        var notices: [GrantNotice] = []
        switch Int.random(in: 0..<10, using: &random) {
        case 0: if let notice = timeline.end(.revoked) { notices = [notice] }
        case 1...3:
          notices = timeline.extend(until: now.adding(seconds: .random(in: -50...200, using: &random)), at: now)
        default: if let notice = timeline.check(at: now) { notices = [notice] }
        }
        for notice in notices {
          #expect(!isOver, "seed \(seed)")
          switch notice {
          case .expiring(let at):
            #expect(!isWarned && at == end && now >= end.adding(seconds: -60) && now < end, "seed \(seed)")
            isWarned = true
          case .refreshed(let until):
            #expect(until > end && now < end, "seed \(seed)")
            end = until
            isWarned = false
          case .ended(let reason):
            #expect(reason == .revoked || now >= end, "seed \(seed)")
            isOver = true
          case .crowded, .reconsidered, .changed, .sentAway:
            Issue.record("A timeline knows of no crowd and no policy; seed \(seed).")
          }
        }
        // Whoever asks when told to is never late.
        if let next = timeline.next {
          #expect(!isOver && next == (isWarned ? end : end.adding(seconds: -60)), "seed \(seed)")
        } else {
          #expect(isOver, "seed \(seed)")
        }
      }
    }
  }
}
