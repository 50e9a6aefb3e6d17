import FoundationEssentials
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// A gateway that takes events from a stream on a Redis server of its own, in the name of the producer `own`.
struct StreamScene {
  let scene: IngestScene
  let redis: RedisProcess

  static let stream = "signalbox:events"

  /// With somebody who administers, and sees everything.
  static let policy = IngestScene.policy.replacing(
    #"{"principals": ["#,
    with: #"""
      {"principals": [
        {"name": "root", "roles": ["admin"], "certificate": {"uri": "spiffe://signalbox.local/operator/good"}},
      """#)

  /// What the scene is with a stream.
  static func configure(
    _ configuration: inout GatewayConfiguration, _ redis: RedisProcess, as principal: String = "own"
  )
    throws
  {
    try policy.write(toFile: configuration.identity.policyFile ?? "", atomically: true, encoding: .utf8)
    configuration.streamIngest = Self.configuration(redis, as: principal)
  }

  static func configuration(_ redis: RedisProcess, as principal: String = "own") -> StreamIngestConfiguration {
    let server = RedisServer(host: "127.0.0.1", port: redis.port, isEncrypted: false)
    var configuration = StreamIngestConfiguration(redis: RedisConfiguration(server: server), principal: principal)
    configuration.lease = .seconds(6)
    return configuration
  }

  static func run(
    _ arguments: [String] = RedisProcess.forgetful, as principal: String = "own",
    configure change: (inout GatewayConfiguration, RedisProcess) throws -> Void = { _, _ in },
    before: (RedisProcess) async throws -> Void = { _ in },
    _ body: (StreamScene) async throws -> Void
  ) async throws {
    let redis = try RedisProcess(arguments)
    try await redis.start()
    try await before(redis)
    try await IngestScene.run {
      try Self.configure(&$0, redis, as: principal)
      try change(&$0, redis)
    } _: {
      try await body(StreamScene(scene: $0, redis: redis))
    }
    await redis.kill()
  }

  // MARK: The producer

  @discardableResult
  func add(_ words: String..., to stream: String = Self.stream) async throws -> String {
    try await redis.command(["XADD", stream, "*"] + words)
  }

  func open(_ task: String, agent: String = "import") async throws {
    try await add("task", task, "agent", agent)
  }

  func publish(
    _ task: String, _ seqs: ClosedRange<Int>, producer: String = "p", epoch: Int = 1, end: String? = nil
  ) async throws {
    // In one command, because starting a program for each takes longer than all else here.
    let script = """
      for n = tonumber(ARGV[2]), tonumber(ARGV[3]) do
        local words = {'task', ARGV[1], 'producer', ARGV[4], 'epoch', ARGV[5], 'seq', tostring(n),
          'event', '{"n":' .. n .. ',"epoch":' .. ARGV[5] .. '}'}
        if n == tonumber(ARGV[3]) and ARGV[6] ~= '' then words[#words + 1] = 'state'; words[#words + 1] = ARGV[6] end
        redis.call('XADD', KEYS[1], '*', unpack(words))
      end
      """
    try await redis.command([
      "EVAL", script, "1", Self.stream, task, "\(seqs.lowerBound)", "\(seqs.upperBound)", producer, "\(epoch)",
      end ?? "",
    ])
  }

  // MARK: What came of it

  /// Waits until everything is settled.
  func settle(_ count: Int? = nil) async throws {
    let isSettled = try await eventually(within: .seconds(30)) {
      let groups = try await redis.command("XINFO", "GROUPS", Self.stream)
      let words = groups.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      func value(_ name: String) -> String? {
        words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
      }
      return value("pending") == "0" && value("lag") == "0"
    }
    let status = isSettled ? "" : try await status().description
    #expect(isSettled, "\(status)")
  }

  /// What was published to a task, as its records have it.
  func numbers(_ task: String) async throws -> [Int] {
    try await scene.records(of: task).dropFirst().map { record in
      (try? JSONValue(parsing: record.payload))?["n"]?.int.map(Int.init) ?? -1
    }
  }

  /// `code reason` of each entry that was refused.
  func refused() async throws -> [String] {
    let lines = try await redis.command("XRANGE", "\(Self.stream):refused", "-", "+").split(separator: "\n")
    return lines.indices.filter { lines[$0] == "refused-code" }.map { "\(lines[$0 + 1]) \(lines[$0 + 3])" }
  }

  func status() async throws -> JSONValue {
    try #require(try await scene.gateway.status()["ingest"])
  }

  func metric(_ name: String) async throws -> Double? {
    let text = try #require(try await scene.gateway.operatorAsks("GET", "/metrics")).text
    return ShownMetrics.series(text)[name]
  }

  /// Waits until the status has this state, and an error with these words in it.
  func waits(for state: StreamFacts.Phase, error: String? = nil) async throws -> Bool {
    try await eventually(within: .seconds(30)) {
      let status = try await status()
      guard status["state"]?.string == state.rawValue else { return false }
      return error.map { status["lastError"]?.string?.contains($0) == true } ?? true
    }
  }
}
