import Telemetry
import TestSupport
import Testing

@testable import Journal

/// What gateways of one journal tell each other of what stands there, on a real server.
@Suite struct RedisStandingsTests {
  private func told(
    _ name: String, base: Int64 = 0, _ counts: [(String, Int64)] = [], former: String? = nil,
    heard: [String: Int64] = [:]
  ) -> StandingTold {
    StandingTold(
      name: name, former: former, base: base, counts: counts.map { CountRound.Count(key: $0.0, count: $0.1) },
      heard: heard)
  }

  private func words(_ other: StandingNews.Other?) -> String {
    guard let other else { return "nobody" }
    let counts = other.counts.map { "\($0.key)=\($0.count)" }
    return "\(other.name) \(other.number)\(other.isWhole ? " whole" : ""): \(counts.joined(separator: " "))"
  }

  private func with(_ body: (RedisStage, RedisCounts) async throws -> Void) async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    try await body(stage, journal.counts)
    await journal.close()
    await stage.end()
  }

  @Test func `each hears what has changed at the others, and who comes new hears all that stands`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    try await stage.server.command(["ACL", "SETUSER", "box", "on", ">secret"] + RedisStage.rights)
    let one = try await stage.open {
      $0.user = "box"
      $0.password = Secret("secret")
    }
    let other = try await stage.open()
    let silent = try await one.counts.exchange(told("one"))
    #expect(silent == StandingNews(isKept: true, others: []))
    #expect(try await other.counts.exchange(told("other")).others.isEmpty, "Who has nothing to tell is not there.")
    #expect(try await one.counts.exchange(told("one", [("k 1\0\n", 3), ("k2", 2)])).isKept)
    let first = try await other.counts.exchange(told("other", [("o", 1)]))
    #expect(first.others.map(words) == ["one 1: k 1\0\n=3 k2=2"])
    #expect(
      try await one.counts.exchange(told("one", base: 1, [("k2", 0), ("k3", 1)])).others.map(words) == ["other 1: o=1"])
    let second = try await other.counts.exchange(told("other", base: 1, heard: ["one": 1]))
    #expect(second.others.map(words) == ["one 2: k2=0 k3=1"])
    let quiet = try await other.counts.exchange(told("other", base: 1, heard: ["one": 2]))
    #expect(quiet.isKept && quiet.others.map(words) == ["one 2: "])
    let newcomer = try await other.counts.exchange(told("new"))
    #expect(newcomer.others.map(words).sorted() == ["one 2: k 1\0\n=3 k2=2 k2=0 k3=1", "other 1: o=1"])
    for journal in [one, other] { await journal.close() }
    await stage.end()
  }

  @Test func `the same round again changes nothing, and what comes behind something lost is refused`() async throws {
    try await with { stage, counts in
      for _ in 0..<2 { #expect(try await counts.exchange(told("one", [("k", 3)])).isKept) }
      #expect(try await counts.exchange(told("other")).others.map(words) == ["one 1: k=3"])
      #expect(try await counts.exchange(told("one", base: 1, [("k", 4)])).isKept)
      // Late, and not the last one any more.
      #expect(try await !counts.exchange(told("one", [("k", 3)])).isKept)
      #expect(try await !counts.exchange(told("one", base: 3, [("k", 5)])).isKept)
      #expect(try await counts.exchange(told("other", heard: ["one": 1])).others.map(words) == ["one 2: k=4"])
      try await stage.server.command("DEL", "{test}:standings:one")
      #expect(try await !counts.exchange(told("one", base: 2)).isKept)
      #expect(try await counts.exchange(told("other", heard: ["one": 2])).others.isEmpty)
      #expect(try await counts.exchange(told("again", [("k", 4)], former: "one")).isKept)
      #expect(try await counts.exchange(told("other")).others.map(words) == ["again 1: k=4"])
    }
  }

  @Test func `after a loss of all data everything has to be told again`() async throws {
    try await with { stage, counts in
      #expect(try await counts.exchange(told("one", [("k", 3)])).isKept)
      try await stage.server.command("FLUSHALL")
      #expect(try await !counts.exchange(told("one", base: 1)).isKept)
      #expect(try await counts.exchange(told("two", [("k", 3)], former: "one")).isKept)
    }
  }

  @Test func `what was told ends by itself when nobody renews it, and each round may do that`() async throws {
    try await with { stage, counts in
      let keys = ["{test}:standings:one", "{test}:standings:one:log"]
      func left() async throws -> [Int] {
        var left: [Int] = []
        for key in keys { left.append(Int(try await stage.server.command("PTTL", key)) ?? 0) }
        return left
      }
      #expect(try await counts.exchange(told("one", [("k", 3)]), life: 60_000).isKept)
      #expect(try await left().allSatisfy { (50_000...60_000).contains($0) })
      // Not so often that it is a write each time.
      for key in keys { try await stage.server.command("PEXPIRE", key, "46000") }
      #expect(try await counts.exchange(told("one", base: 1), life: 60_000).isKept)
      #expect(try await left().allSatisfy { $0 <= 46_000 })
      for key in keys { try await stage.server.command("PEXPIRE", key, "44000") }
      #expect(try await counts.exchange(told("one", base: 1), life: 60_000).isKept)
      #expect(try await left().allSatisfy { $0 > 50_000 })
      #expect(try await counts.exchange(told("one", base: 1), life: 60_000).isKept)
      for key in keys { try await stage.server.command("PEXPIRE", key, "1") }
      #expect(try await eventually { try await counts.exchange(told("other")).others.isEmpty })
      #expect(try await stage.server.command("EXISTS", "{test}:standings") == "0", "It is forgotten whole.")
      #expect(try await !counts.exchange(told("one", base: 1)).isKept)
    }
  }

  @Test func `who is far behind is given the whole, of one gateway in a call`() async throws {
    try await with { _, counts in
      for name in ["a", "b"] {
        for base in 0..<101 as Range<Int64> {
          #expect(try await counts.exchange(told(name, base: base, [("k\(base % 3)", base), ("x", base)])).isKept)
        }
        #expect(try await counts.exchange(told(name, base: 101, [("x", 0)])).isKept)
      }
      // 100 rounds are there to be heard one by one.
      let near = try await counts.exchange(told("me", heard: ["a": 2, "b": 102]))
      #expect(near.others.map(\.isWhole) == [false, false])
      #expect(near.others.first { $0.name == "a" }?.counts.count == 199)
      var heard: [String: Int64] = ["a": 1]
      var whole: [String] = []
      for _ in 0..<2 {
        let news = try await counts.exchange(told("me", heard: heard))
        #expect(news.others.count == 2, "Who waits for its turn is alive, too.")
        #expect(news.others.count(where: \.isWhole) == 1)
        for other in news.others {
          heard[other.name] = other.number
          guard other.isWhole else { continue }
          whole.append(other.name)
          let found = other.counts.map { "\($0.key)=\($0.count)" }.sorted()
          #expect(found == ["k0=99", "k1=100", "k2=98"])
        }
      }
      #expect(whole.sorted() == ["a", "b"])
      #expect(heard == ["a": 102, "b": 102])
      // More than there is has been heard of another time.
      let ahead = try await counts.exchange(told("me", heard: ["a": 500, "b": 102]))
      #expect(ahead.others.first { $0.name == "a" }?.isWhole == true)
    }
  }

  @Test func `who leaves is gone at once, and so is whoever begins anew`() async throws {
    try await with { stage, counts in
      #expect(try await counts.exchange(told("one", [("k", 3)])).isKept)
      try await counts.leave("one")
      #expect(try await counts.exchange(told("other")).others.isEmpty)
      #expect(try await counts.exchange(told("two", [("k", 3)])).isKept)
      #expect(try await counts.exchange(told("three", [("k", 2)], former: "two")).isKept)
      #expect(try await counts.exchange(told("other")).others.map(words) == ["three 1: k=2"])
      let keys = try await stage.server.command("KEYS", "{test}:standings:*")
      #expect(keys.split(separator: "\n").sorted() == ["{test}:standings:three", "{test}:standings:three:log"])
    }
  }
}
