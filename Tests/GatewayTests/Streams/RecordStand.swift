import Gateway
import HTTP
import Identity
import Journal
import TestSupport
import Testing

@testable import Gateway

/// A gateway whose journal a test writes to itself, and clients that watch over TLS.
struct RecordStand: Sendable {
  let gateway: TestGateway
  let journal: any Journal

  static func run<Value>(
    clock: GatewayClock = .system, configure: (inout GatewayConfiguration) throws -> Void = { _ in },
    _ body: (RecordStand) async throws -> Value
  ) async throws -> Value {
    try await TestGateway.run(clock: clock) { configuration in
      configuration.identity.rates.requestsPerAddress = 0
      configuration.identity.rates.requestsPerPrincipal = 0
      configuration.identity.rates.streamsPerAddress = 1000
      configuration.identity.rates.streamsPerPrincipal = 1000
      try configure(&configuration)
    } _: { gateway in
      let journal = try #require(await gateway.gateway.records).journal
      return try await body(RecordStand(gateway: gateway, journal: journal))
    }
  }

  // MARK: What happens

  /// A task of Oscar's, unless it is said otherwise, and its first record.
  @discardableResult
  func open(
    _ task: String, owner: TestPeople = .oscar, agent: String = "checker", _ payload: String = #"{"n":1}"#
  ) async throws -> Record {
    let opening = TaskOpening(owner: "\(owner)", tenant: owner.tenant, agent: agent, title: "The task \(task)")
    return try await append(
      Batch(
        task: task, entries: [Entry(.event, origin: "gateway", payload: Array(payload.utf8))], opening: opening,
        change: TaskChange(state: "working")))[0]
  }

  /// Events with numbers in them.
  @discardableResult
  func say(
    _ task: String, _ count: Int = 1, kind: RecordKind = .event, size: Int = 0, final: Bool = false
  ) async throws -> [Record] {
    let padding = String(repeating: "x", count: size)
    let entries = (0..<count).map { number in
      Entry(kind, origin: "checker", payload: Array(#"{"n":\#(number),"text":"\#(padding)"}"#.utf8))
    }
    return try await append(
      Batch(task: task, entries: entries, change: final ? TaskChange(state: "completed", isFinal: true) : nil))
  }

  @discardableResult
  func append(_ batch: Batch) async throws -> [Record] {
    guard case .stored(let records) = try await journal.append(batch) else {
      throw TLSClient.Failure(description: "\(batch.task) was not stored")
    }
    return records
  }

  /// An answer that is no stream, or the head of one.
  func ask(_ path: String, _ lines: [String] = [], as person: TestPeople = .oscar) async throws -> Answer {
    let token = try TestTokens.token(for: "\(person)")
    return try #require(
      try await gateway.ask("GET", "/api/stream\(path)", lines + ["Authorization: Bearer \(token)"]))
  }

  var tail: Cursor {
    get async throws { Cursor(epoch: journal.epoch, offset: try await journal.bounds().tail) }
  }

  // MARK: Who watches

  /// Opens a stream and reads its head.
  func watch(
    _ path: String, as person: TestPeople = .oscar, after cursor: String? = nil, receiveBuffer: Int? = nil,
    checking earlier: StreamChecker = StreamChecker()
  ) async throws -> RecordReader {
    let port = gateway.port(.people)
    let token = try TestTokens.token(for: "\(person)")
    let authority = try CertificateFiles.certificates().serverAuthority.certificatePEM
    return try await onThread {
      var options = TLSClient.Options()
      options.authority = authority
      options.receiveBuffer = receiveBuffer
      options.deadline = .seconds(120)
      let reader = RecordReader(EventReader(try TLSClient(port: port, options)))
      try reader.ask("/api/stream\(path)", ["Authorization: Bearer \(token)"], after: cursor)
      reader.check(earlier)
      return reader
    }
  }
}
