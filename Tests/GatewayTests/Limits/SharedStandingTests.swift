import Foundation
import HTTP
import Journal
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// Open streams that several gateways count together, on a real server.
@Suite(.timeLimit(.minutes(5)))
struct SharedStandingTests {
  private static func place(_ server: RedisProcess, _ prefix: String) -> RedisConfiguration {
    var place = RedisConfiguration(server: RedisServer(host: "127.0.0.1", port: server.port, isEncrypted: false))
    place.prefix = prefix
    return place
  }

  /// A journal of its own, for what gateways tell each other beside it.
  private static func with(_ body: (RedisCounts) async throws -> Void) async throws {
    let options = try place(try await RedisProcess.shared(), UUID().uuidString).options(
      clock: { 0 }, newEpoch: { "epoch" })
    let log = Log(sink: KeptLines(), minimumLevel: .debug, clock: { 0 })
    let journal = try await RedisJournal.open(options, log: log, metrics: MetricsRegistry())
    do {
      try await body(journal.counts)
      await journal.close()
    } catch {
      await journal.close()
      throw error
    }
  }

  private static func limits(_ principal: Int, _ address: Int) -> IdentityConfiguration.RateLimits {
    var limits = IdentityConfiguration.RateLimits()
    (limits.streamsPerPrincipal, limits.streamsPerAddress) = (principal, address)
    return limits
  }

  // MARK: Whatever happens

  @Test(arguments: [2, 3], 0..<8 as Range<UInt64>)
  func `after quiet rounds each knows what the living others have, whatever was lost or came twice`(
    count: Int, seed: UInt64
  ) async throws {
    var random = SeededRandom(seed: seed)
    let limits = Self.limits(.random(in: 1...40, using: &random), .random(in: 1...40, using: &random))
    try await Self.with { counts in
      var boxes = Boxes(counts, limits, count)
      for step in 1...240 {
        let box = Int.random(in: 0..<count, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<45: boxes.open(Boxes.keys.randomElement(using: &random), at: box)
        case 45..<70: boxes.close(Boxes.keys.randomElement(using: &random), at: box)
        case 70..<90: try await boxes.round(box, .good)
        case 90..<92: try await boxes.round(box, .twice)
        case 92..<94: try await boxes.round(box, .withoutAnswer)
        case 94..<96: try await boxes.round(box, .lost)
        case 96: try await boxes.forget(box)
        case 97: boxes.replace(box)
        default: break
        }
        guard step.isMultiple(of: 60) else { continue }
        try await boxes.settle()
        #expect(boxes.mistakes.joined(separator: "; ") == "", "seed \(seed) at \(step)")
      }
    }
  }

  @Test(arguments: [2, 3, 8], 0..<3 as Range<UInt64>)
  func `one after the other, all together open as many as the limit allows, and not one more`(
    count: Int, seed: UInt64
  ) async throws {
    var random = SeededRandom(seed: seed)
    let limit = Int.random(in: 1...40, using: &random)
    let key = StandingKey.principal("anna")
    try await Self.with { counts in
      var boxes = Boxes(counts, Self.limits(limit, 1), count)
      var refused = 0
      for step in 0..<120 {
        let box = Int.random(in: 0..<count, using: &random)
        if Int.random(in: 0..<4, using: &random) == 0 {
          boxes.close(key, at: box)
        } else if boxes.admits(key, at: box) {
          boxes.open(key, at: box)
        } else {
          refused += 1
          #expect(boxes.total(key) == limit, "Not stricter than it has to be: seed \(seed) at \(step)")
        }
        #expect(boxes.total(key) <= limit, "seed \(seed) at \(step)")
        for _ in 0..<4 {
          for box in 0..<count { try await boxes.round(box, .good) }
        }
      }
      #expect(refused > 0)
    }
  }

  // MARK: Gateways

  private static let oscar = StandingKey.principal("oscar")

  /// How many this gateway believes the others to have.
  private static func elsewhere(_ gateway: TestGateway) async -> Int? {
    await gateway.gateway.identity?.grants.count { $0.elsewhere(oscar) }
  }

  private static func age(_ gateway: TestGateway) async throws -> Double? {
    let metrics = try #require(try await gateway.operatorAsks("GET", "/metrics")).text
    return ShownMetrics.series(metrics)["signalbox_counts_age_seconds"]
  }

  @Test func `streams of several gateways count together, those of one that is cut off or ends do not`() async throws {
    let server = try RedisProcess(RedisProcess.forgetful)
    try await server.start()
    let first = ["ACL", "SETUSER", "first", "on", ">secret", "~*", "&*", "+@all"]
    try await server.command(first)
    let folder = try TemporaryFolder()
    let password = try folder.write("secret\n", to: "password", mode: 0o600)
    try await TestGateway.run { configuration in
      var place = Self.place(server, "streams")
      (place.user, place.passwordFile) = ("first", password)
      configuration.journal.redis = place
      configuration.identity.rates.streamsPerPrincipal = 4
    } _: { one async throws in
      try await TestGateway.run { configuration in
        configuration.journal.redis = Self.place(server, "streams")
        configuration.identity.rates.streamsPerPrincipal = 4
      } _: { other async throws in
        let bearer = ["Authorization: Bearer \(try TestTokens.token(for: "oscar"))"]
        var streams: [StreamReader] = []
        for gateway in [one, one, other, other] { streams.append(try await gateway.stream(bearer)) }
        #expect(streams.map(\.status) == [200, 200, 200, 200])
        for gateway in [one, other] { #expect(await eventually { await Self.elsewhere(gateway) == 2 }) }
        for gateway in [one, other] {
          let fifth = try await gateway.stream(bearer)
          #expect(fifth.status == 429 && fifth.retryAfter == "5")
          #expect(try await Self.age(gateway).map { (0...30).contains($0) } == true)
        }
        let vera = try TestTokens.token(for: "vera")
        #expect(try await other.stream(["Authorization: Bearer \(vera)"]).status == 200)

        // Who resumes may be one of those who are counted yet and gone: that one comes back.
        let stand = RecordStand(gateway: other, journal: try #require(await other.gateway.records).journal)
        try await stand.open("t1")
        #expect(try await stand.knock("/t1").status == 429)
        for path in ["/t1", "/t1?profile=simple", "?tasks=t1"] {
          let waiting = try await stand.watch(path, after: "\(try await stand.tail)")
          #expect(waiting.status == 200)
          #expect(await waiting.finish() == "try-later")
          #expect(waiting.retry.map { (5000...6000).contains($0) } == true)
        }

        streams[0].disconnect()
        #expect(await eventually { await Self.elsewhere(other) == 1 })
        streams.append(try await other.stream(bearer))
        #expect(streams.last?.status == 200)
        #expect(try await other.stream(bearer).status == 429)

        // For the others it is as if it had died; by itself, it is the only one.
        try await server.command("ACL", "SETUSER", "first", "off")
        try await server.command("CLIENT", "KILL", "USER", "first")
        #expect(await eventually { await Self.elsewhere(other) == 0 })
        streams.append(try await other.stream(bearer))
        let more = try await other.stream(bearer)
        #expect(streams.last?.status == 200 && more.status == 429 && more.retryAfter == "10")
        #expect(try await stand.knock("/t1", ["Last-Event-ID: \(try await stand.tail)"]).status == 429)
        #expect(await eventually { await Self.elsewhere(one) == 0 })
        #expect(one.log.all.contains { $0.contains("open streams are counted by this gateway alone") })
        #expect(try await eventually { try await Self.age(one).map { $0 > 5 } == true })
        streams.append(try await one.stream(bearer))
        #expect(streams.last?.status == 200)

        try await server.command(first)
        #expect(await eventually { await Self.elsewhere(other) == 2 })
        #expect(await eventually { await Self.elsewhere(one) == 4 })
        #expect(try await eventually { try await Self.age(one).map { $0 < 3 } == true })
        #expect(try await one.stream(bearer).status == 429)

        // What it had goes with it, and not some seconds later.
        await other.gateway.stop()
        let left = try await server.command("KEYS", "{streams}:standings:*").split(separator: "\n")
        #expect(left.count(where: { !$0.hasSuffix(":log") }) == 1)
        #expect(await eventually { await Self.elsewhere(one) == 0 })
        for stream in streams { stream.disconnect() }
      }
    }
    await server.kill()
  }

  @Test func `a gateway that has the journal alone counts alone, and says so`() async throws {
    try await TestGateway.run {
      $0.identity.rates.streamsPerPrincipal = 1
    } _: { gateway async throws in
      #expect(try await Self.age(gateway)?.isNaN == true)
      let bearer = ["Authorization: Bearer \(try TestTokens.token(for: "oscar"))"]
      let stream = try await gateway.stream(bearer)
      let second = try await gateway.stream(bearer)
      #expect(stream.status == 200 && second.status == 429 && second.retryAfter == "10")
      stream.disconnect()
    }
  }
}

/// Several gateways' numbers beside what is true, and what may happen to them on their way.
private struct Boxes {
  enum Luck {
    case good
    /// The connection sends it again.
    case twice
    /// It is done, and nobody hears of it.
    case withoutAnswer
    case lost
  }

  private struct Box {
    var standings: Standings
    var open: [StandingKey: Int] = [:]
    /// Under which it told something; the last one is in use.
    var names: [String]
  }

  static let keys =
    ["a", "b", "c", "d"].map { StandingKey.principal($0) } + ["a", "b", "c"].map { StandingKey.address($0) }

  private let counts: RedisCounts
  private let limits: IdentityConfiguration.RateLimits
  private var boxes: [Box] = []
  private var nameCount = 0
  /// Names of those who have died.
  private var dead: [String] = []

  init(_ counts: RedisCounts, _ limits: IdentityConfiguration.RateLimits, _ count: Int) {
    (self.counts, self.limits) = (counts, limits)
    for _ in 0..<count { boxes.append(makeBox()) }
  }

  private mutating func newName() -> String {
    nameCount += 1
    return "box \(nameCount)"
  }

  private mutating func makeBox() -> Box {
    let name = newName()
    var standings = Standings(limits)
    standings.tellAnew(as: name)
    return Box(standings: standings, names: [name])
  }

  mutating func open(_ key: StandingKey?, at box: Int) {
    guard let key else { return }
    boxes[box].standings.open(key)
    boxes[box].open[key, default: 0] += 1
  }

  mutating func close(_ key: StandingKey?, at box: Int) {
    guard let key, let count = boxes[box].open[key], count > 0 else { return }
    boxes[box].standings.close(key)
    boxes[box].open[key] = count - 1
  }

  func admits(_ key: StandingKey, at box: Int) -> Bool { (try? boxes[box].standings.admit(key)) != nil }
  func total(_ key: StandingKey) -> Int { boxes.reduce(0) { $0 + ($1.open[key] ?? 0) } }

  /// One round, of three keys at most.
  mutating func round(_ box: Int, _ luck: Luck) async throws {
    guard let told = boxes[box].standings.tell(limit: 3) else { return }
    let next = newName()
    switch luck {
    case .good:
      hear(try await counts.exchange(told, life: 600_000), at: box, next: next)
    case .twice:
      _ = try await counts.exchange(told, life: 600_000)
      hear(try await counts.exchange(told, life: 600_000), at: box, next: next)
    case .withoutAnswer:
      _ = try await counts.exchange(told, life: 600_000)
      beAlone(box, next: next)
    case .lost:
      beAlone(box, next: next)
    }
  }

  private mutating func hear(_ news: StandingNews, at box: Int, next: String) {
    boxes[box].standings.hear(news, next: next)
    if !news.isKept { boxes[box].names.append(next) }
  }

  private mutating func beAlone(_ box: Int, next: String) {
    boxes[box].standings.beAlone(next: next)
    boxes[box].names.append(next)
  }

  /// The server loses what this one has told.
  func forget(_ box: Int) async throws {
    for name in boxes[box].names { try await counts.leave(name) }
  }

  /// It dies, and another begins in its place.
  mutating func replace(_ box: Int) {
    dead += boxes[box].names
    boxes[box] = makeBox()
  }

  /// What nobody renews ends, and for a while nothing is opened, closed or lost.
  mutating func settle() async throws {
    for name in dead + boxes.flatMap({ $0.names.dropLast() }) { try await counts.leave(name) }
    for _ in 0..<10 {
      for box in boxes.indices { try await round(box, .good) }
    }
  }

  /// Where one believes something that is not so.
  var mistakes: [String] {
    var mistakes: [String] = []
    for key in Self.keys {
      let limit = key.kind == .principal ? limits.streamsPerPrincipal : limits.streamsPerAddress
      let isTold = boxes.contains { ($0.open[key] ?? 0) * 8 >= limit }
      for box in boxes.indices {
        let own = boxes[box].open[key] ?? 0
        let others = isTold ? total(key) - own : 0
        let standings = boxes[box].standings
        if standings.here(key) != own { mistakes.append("\(box) has \(standings.here(key)) of \(key), not \(own)") }
        if standings.elsewhere(key) != others {
          mistakes.append("\(box) believes in \(standings.elsewhere(key)) of \(key) elsewhere, not \(others)")
        }
      }
    }
    return mistakes
  }
}
