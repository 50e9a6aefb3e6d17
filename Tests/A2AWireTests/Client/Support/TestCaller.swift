import A2A
import A2AWire
import HTTP
import TestSupport
import Testing
import Wire

/// A client of one agent, on a loop of its own.
struct TestCaller {
  let agent: AgentClient
  let http: HTTPClient

  /// Starts, runs `body`, and stops, whatever happens.
  static func run<Value>(
    _ port: Int, identity: TestCertificates.Client? = nil, trusting authority: String? = nil,
    _ change: (inout AgentClientOptions) -> Void = { _ in }, _ body: (TestCaller) async throws -> Value
  ) async throws -> Value {
    let loop = try await Loop.start(name: "caller")
    do {
      var options = AgentClientOptions()
      options.deadlines = .patient
      change(&options)
      let http = try HTTPClient(
        loop: loop, configuration: ClientConfiguration(tls: try tls(identity: identity, trusting: authority)))
      let agent = try AgentClient(
        at: try ServiceURL(parsing: "https://127.0.0.1:\(port)"), over: http, options: options)
      let value = try await body(TestCaller(agent: agent, http: http))
      await loop.stop()
      return value
    } catch {
      await loop.stop()
      throw error
    }
  }

  private static func tls(identity: TestCertificates.Client?, trusting authority: String?) throws -> ClientTLS {
    let made = try TestCertificates.shared()
    let trust = try ServerTrust(authorityPEM: Array((authority ?? made.serverAuthority.certificatePEM).utf8))
    let shown = try identity.map { try TLSIdentity(made[$0]) }
    return ClientTLS(trust: trust, identity: shown)
  }

  /// Why `body` fails; nil when it does not. Every error says what was asked and of whom, in one printable line.
  func failure<Value>(
    of body: (AgentClient) async throws(AgentCallError) -> Value, sourceLocation: SourceLocation = #_sourceLocation
  ) async -> AgentCallError? {
    do throws(AgentCallError) {
      _ = try await body(agent)
      return nil
    } catch {
      let text = error.description
      #expect(
        text.hasPrefix("\(error.operation) failed at ") && text.contains("127.0.0.1:"), "\(text)",
        sourceLocation: sourceLocation)
      #expect(text.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(text)", sourceLocation: sourceLocation)
      #expect(text.hasSuffix("."), "\(text)", sourceLocation: sourceLocation)
      return error
    }
  }
}

extension AgentDeadlines {
  /// Those that no test means to reach: machines are busy.
  static let patient: AgentDeadlines = {
    var deadlines = AgentDeadlines()
    deadlines.connect = .seconds(60)
    deadlines.firstByte = .seconds(60)
    deadlines.silence = .seconds(60)
    deadlines.total = .seconds(60)
    deadlines.closing = .seconds(60)
    return deadlines
  }()
}

extension TLSIdentity {
  init(_ credential: TestCredential) throws(WireError) {
    try self.init(chainPEM: Array(credential.certificatePEM.utf8), keyPEM: Array(credential.keyPEM.utf8))
  }
}

extension SendMessageRequest {
  init(_ text: String, taskID: String? = nil) {
    self.init(message: Message(id: "m", role: .user, text: text, taskID: taskID))
  }
}

extension TaskEventStream {
  /// Every event until the end.
  func all() async throws(AgentCallError) -> [TaskEvent] {
    var events: [TaskEvent] = []
    while let event = try await next() { events.append(event) }
    return events
  }
}

extension Dialect {
  static let everyOne = ProtocolVersion.allCases.flatMap { version in
    Binding.allCases.map { Dialect($0, version) }
  }
}
