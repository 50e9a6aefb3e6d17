import Journal
import Synchronization
import Telemetry
import TestSupport
import Testing

/// What gateways of one journal know together, on a real server.
@Suite struct RedisLedgerTests {
  /// What one gateway hears.
  private final class Listener: Sendable {
    private struct State {
      var values: [String: String] = [:]
      var wholes = 0
      var bounds: [Int64] = []
      var nothings = 0
    }

    private let state = Mutex(State())

    init(_ ledger: RedisLedger) async {
      await ledger.follow { [weak self] news in self?.hear(news) }
    }

    private func hear(_ news: RedisLedger.News) {
      state.withLock { state in
        switch news {
        case .whole(let entries, let bound):
          state.wholes += 1
          state.bounds.append(bound)
          state.values = [:]
          for entry in entries { state.values[entry.key] = entry.value.map { String(decoding: $0, as: UTF8.self) } }
        case .changed(let entries):
          for entry in entries { state.values[entry.key] = entry.value.map { String(decoding: $0, as: UTF8.self) } }
        case .nothing: state.nothings += 1
        }
      }
    }

    var values: [String: String] { state.withLock { $0.values } }
    var wholes: Int { state.withLock { $0.wholes } }
    var bounds: [Int64] { state.withLock { $0.bounds } }
    var nothings: Int { state.withLock { $0.nothings } }
  }

  private func put(
    _ ledger: RedisLedger, _ key: String, _ value: String?, _ condition: RedisLedger.Change.Condition
  ) async throws -> RedisLedger.Outcome {
    try #require(
      try await ledger.change([
        RedisLedger.Change(key: key, value: value.map { Array($0.utf8) }, condition: condition)
      ]).first)
  }

  /// The version, when it was done.
  private func version(_ outcome: RedisLedger.Outcome) -> Int64? {
    if case .done(let version, _) = outcome { version } else { nil }
  }

  @Test func `a change is made where its condition holds, and the answer says what stands there where not`()
    async throws
  {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    let ledger = journal.ledger
    let first = try #require(version(try await put(ledger, "a", "one \0 two", .isAbsent)))
    let stands = RedisLedger.Entry(key: "a", version: first, value: Array("one \0 two".utf8))
    #expect(try await put(ledger, "a", "2", .isAbsent) == .differs(stands))
    #expect(try await put(ledger, "a", "2", .hasVersion(first + 1)) == .differs(stands))
    #expect(try await ledger.entries(["a", "b"]) == [stands, RedisLedger.Entry(key: "b", version: 0, value: nil)])
    // Once more, because the answer was lost.
    #expect(version(try await put(ledger, "a", "one \0 two", .isAbsent)) == first)
    let second = try #require(version(try await put(ledger, "a", "2", .hasVersion(first))))
    #expect(second > first)
    guard case .done(let third, let before) = try await put(ledger, "a", nil, .isThere) else {
      return #expect(Bool(false), "It is there.")
    }
    #expect(third > second && before == Array("2".utf8))
    #expect(
      try await put(ledger, "a", nil, .isThere) == .differs(RedisLedger.Entry(key: "a", version: 0, value: nil)))
    #expect(ledger.newest == third)
    await journal.close()
    await stage.end()
  }

  @Test func `of many who take the same thing at once, one gets it`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journals = [try await stage.open(), try await stage.open()]
    for round in 0..<20 {
      _ = try await put(journals[0].ledger, "\(round)", "it", .isAbsent)
      let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
        for turn in 0..<10 {
          let ledger = journals[turn % 2].ledger
          group.addTask { version(try await put(ledger, "\(round)", nil, .isThere)) != nil }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(taken == 1)
    }
    for journal in journals { await journal.close() }
    await stage.end()
  }

  @Test func `all hear of all changes at once, who comes later of what there is, and of silence`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let (one, other) = (try await stage.open(), try await stage.open())
    let listener = await Listener(other.ledger)
    #expect(await eventually { listener.wholes == 1 })
    var expected: [String: String] = [:]
    for number in 0..<700 {
      let version = version(try await put(one.ledger, "\(number)", "v\(number)", .isAbsent))
      if number.isMultiple(of: 3), let version {
        _ = try await put(other.ledger, "\(number)", nil, .hasVersion(version))
      } else {
        expected["\(number)"] = "v\(number)"
      }
    }
    #expect(await eventually { listener.values.count == expected.count && listener.values == expected })
    #expect(listener.wholes == 1)
    let late = await Listener(one.ledger)
    #expect(await eventually { late.values.count == expected.count })
    #expect(late.values == expected)
    let began = ContinuousClock.now
    _ = try await put(one.ledger, "now", "1", .isAbsent)
    #expect(await eventually { listener.values["now"] == "1" })
    #expect(.now - began < .seconds(1))
    let before = listener.nothings
    #expect(await eventually { listener.nothings > before })
    await one.close()
    await other.close()
    await stage.end()
  }

  @Test func `after a lost connection, and after a hole in the feed, the whole is read`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    let listener = await Listener(journal.ledger)
    _ = try await put(journal.ledger, "a", "1", .isAbsent)
    #expect(await eventually { listener.values == ["a": "1"] })
    try await stage.cut()
    #expect(await eventually { listener.wholes >= 2 })
    let wholes = listener.wholes
    // A change that the feed does not tell of, and one whose place does not follow.
    try await stage.server.command("HSET", "{test}:ledger", "b", "5 2")
    try await stage.server.command(
      "XADD", "{test}:ledger:feed", "9999999999999999-0", "before", "7", "key", "c", "there", "1", "value", "3")
    #expect(await eventually { listener.wholes > wholes && listener.values["b"] == "2" })
    await journal.close()
    await stage.end()
  }

  @Test func `what a server has lost is noticed by the bound, and what comes after is newer`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let time = Kept<Int64>(1_000_000)
    let journal = try await stage.open { $0.clock = { time.value } }
    let listener = await Listener(journal.ledger)
    let version = try #require(version(try await put(journal.ledger, "a", "1", .isAbsent)))
    #expect(await eventually { listener.values == ["a": "1"] })
    try await stage.server.command("FLUSHALL")
    #expect(await eventually { listener.values.isEmpty })
    #expect(listener.bounds.last == version)
    #expect(await eventually { (try? await journal.bounds()) != nil })
    time.set(1_000_001)
    let next = try #require(self.version(try await put(journal.ledger, "a", "2", .isAbsent)))
    #expect(next > version)
    #expect(await eventually { listener.values == ["a": "2"] })
    await journal.close()
    await stage.end()
  }

  @Test func `where memory is full, something can be removed and nothing added`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    let listener = await Listener(journal.ledger)
    _ = try await put(journal.ledger, "a", "1", .isAbsent)
    #expect(await eventually { listener.values == ["a": "1"] })
    try await stage.server.command("CONFIG", "SET", "maxmemory", "1mb")
    await #expect(throws: JournalError.self) { try await put(journal.ledger, "b", "2", .isAbsent) }
    #expect(version(try await put(journal.ledger, "a", nil, .isThere)) != nil)
    #expect(await eventually { listener.values.isEmpty })
    await journal.close()
    await stage.end()
  }

  @Test func `a user with the journal's rights may do all of it`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    try await stage.server.command(["ACL", "SETUSER", "box", "on", ">secret"] + RedisStage.rights)
    let journal = try await stage.open {
      $0.user = "box"
      $0.password = Secret("secret")
    }
    let listener = await Listener(journal.ledger)
    _ = try await put(journal.ledger, "a", "1", .isAbsent)
    #expect(await eventually { listener.values == ["a": "1"] })
    #expect(try await journal.ledger.entries(["a"]).count == 1)
    _ = try await put(journal.ledger, "a", nil, .isThere)
    #expect(await eventually { listener.values.isEmpty })
    await journal.close()
    await stage.end()
  }
}
