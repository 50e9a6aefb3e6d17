import Telemetry
import TestSupport
import Testing
import Wire

@testable import Journal

/// What gateways of one journal tell each other of their counts, on a real server.
@Suite struct RedisCountsTests {
  private func counts(_ count: Int64...) -> [CountRound.Count] {
    count.enumerated().map { CountRound.Count(key: "key \0\n\($0.offset)", count: $0.element) }
  }

  @Test func `each hears once what all have told since it began, and nothing of before`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    try await stage.server.command(["ACL", "SETUSER", "box", "on", ">secret"] + RedisStage.rights)
    let one = try await stage.open {
      $0.user = "box"
      $0.password = Secret("secret")
    }
    let other = try await stage.open()
    let empty = try await one.counts.exchange([], of: "one", number: 1, after: nil)
    #expect(empty.rounds.isEmpty && empty.place == "0-0")
    _ = try await one.counts.exchange(counts(1), of: "one", number: 2, after: empty.place)
    let begun = try await other.counts.exchange([], of: "other", number: 1, after: nil)
    #expect(begun.rounds.isEmpty)
    let told = try await one.counts.exchange(counts(3, 4), of: "one", number: 3, after: nil)
    #expect(told.rounds.isEmpty)
    let heard = try await other.counts.exchange(counts(5), of: "other", number: 2, after: begun.place)
    #expect(heard.rounds.map(\.from) == ["one", "other"])
    #expect(heard.rounds.map(\.number) == [3, 2])
    #expect(heard.rounds.map(\.counts) == [counts(3, 4), counts(5)])
    #expect(try await other.counts.exchange([], of: "other", number: 3, after: heard.place).rounds.isEmpty)
    let rest = try await one.counts.exchange([], of: "one", number: 4, after: told.place)
    #expect(rest.rounds.map(\.from) == ["other"])
    for journal in [one, other] { await journal.close() }
    await stage.end()
  }

  @Test func `what is more than a minute old goes, and of what is less the age is told`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    let now = UnixClock.milliseconds()
    for age in [90, 61, 40, 20] as [Int64] {
      try await stage.server.command(
        "XADD", "{test}:counts", "\(now - age * 1000)-0", "from", "x", "number", "\(100 - age)", "k", "1")
    }
    let news = try await journal.counts.exchange(counts(1), of: "me", number: 1, after: "0-1")
    #expect(news.rounds.map(\.from) == ["x", "x", "me"])
    #expect(news.rounds.map(\.age).first.map { (40..<60).contains($0) } == true)
    #expect(news.rounds.last?.age == 0)
    let left = try #require(Int(try await stage.server.command("PTTL", "{test}:counts").filter(\.isNumber)))
    #expect((1...60_000).contains(left))
    await journal.close()
    await stage.end()
  }

  @Test func `what cannot be read is left out, and after a loss of data it goes on`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    try await stage.server.command("XADD", "{test}:counts", "1-1", "what", "x")
    try await stage.server.command("XADD", "{test}:counts", "1-2", "from", "x", "number", "1", "k", "many")
    try await stage.server.command("XADD", "{test}:counts", "1-3", "from", "x", "number", "1", "k", "2")
    let news = try await journal.counts.exchange([], of: "me", number: 1, after: "0-1")
    #expect(news.rounds.map(\.counts) == [[CountRound.Count(key: "k", count: 2)]])
    #expect(news.place == "1-3")
    let ahead = try await journal.counts.exchange([], of: "me", number: 2, after: "9999999999999-0")
    #expect(ahead.rounds.isEmpty && ahead.place == "1-3")
    await journal.close()
    await stage.end()
  }
}
