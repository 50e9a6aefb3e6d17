import A2A
import HTTP
import Testing

@testable import A2AWire

/// For how long a card is good.
@Suite struct CardFreshnessTests {
  @Test(arguments: [
    ([], 300),
    ([("cache-control", "max-age=60")], 60),
    ([("cache-control", "public, Max-Age=3600")], 3600),
    ([("cache-control", "max-age=\"60\"")], 60),
    ([("cache-control", "public"), ("cache-control", "max-age=7")], 7),
    ([("cache-control", "max-age=60"), ("age", "45")], 15),
    ([("cache-control", "max-age=60"), ("age", "70")], 0),
    ([("cache-control", "max-age=60"), ("age", "soon")], 60),
    ([("cache-control", "max-age=60"), ("age", "-9")], 60),
    ([("cache-control", "max-age=0")], 0),
    ([("cache-control", "max-age=-1")], 0),
    ([("cache-control", "max-age=soon")], 0),
    ([("cache-control", "max-age=99999999999999999999")], 0),
    ([("cache-control", "max-age=31536000")], 86_400),
    ([("cache-control", "no-cache, max-age=60")], 0),
    ([("cache-control", "no-store")], 0),
    ([("cache-control", "private")], 300),
    ([("expires", "Thu, 01 Jan 1970 00:00:00 GMT")], 300),
  ])
  func `a card is kept as long as its answer says`(_ fields: [(String, String)], _ seconds: Int) {
    #expect(CardFreshness.lifetime(HTTPFields(fields)) == .seconds(seconds))
  }

  @Test func `a card is fresh until its time is up, and again when it is confirmed`() {
    let card = AgentCard(name: "Test", description: "", version: "1", interfaces: [], skills: [])
    let start = ContinuousClock.now
    var kept = KeptCard(
      card, body: [], fields: HTTPFields([("cache-control", "max-age=10"), ("etag", "\"a\"")]), now: start)
    #expect(kept.tag == "\"a\"")
    #expect(kept.isFresh(at: start) && kept.isFresh(at: start + .seconds(9)))
    #expect(!kept.isFresh(at: start + .seconds(10)))
    kept.confirm(HTTPFields([("cache-control", "max-age=5")]), now: start + .seconds(20))
    #expect(kept.isFresh(at: start + .seconds(24)) && !kept.isFresh(at: start + .seconds(25)))
    kept.postpone(by: .seconds(3), now: start + .seconds(30))
    #expect(kept.isFresh(at: start + .seconds(32)) && !kept.isFresh(at: start + .seconds(33)))
  }
}
