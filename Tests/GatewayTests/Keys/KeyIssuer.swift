import Foundation
import HTTP
import Identity
import JSON
import Synchronization
import Telemetry
import TestSupport
import Wire

@testable import Gateway

/// An issuer with an https server of its own, and what the gateway makes of it.
final class KeyIssuer: Sendable {
  enum Answer: Sendable {
    case keys([TokenSigner])
    case text(String)
    case status(Int)
    /// To where good keys are.
    case redirect(TokenSigner)
    /// Good keys, once the gate is open.
    case held(Gate, TokenSigner)
  }

  private struct State {
    var answer: Answer
    var fetches = 0
    var now = UnixTime(seconds: 1_800_000_000)
  }

  private let state: Mutex<State>
  let log = KeptLines()
  let files: TestCertificateFiles

  private init(_ answer: Answer) throws {
    state = Mutex(State(answer: answer))
    files = try CertificateFiles.written()
  }

  var answer: Answer {
    get { state.withLock { $0.answer } }
    set { state.withLock { $0.answer = newValue } }
  }

  /// How often its keys were asked for.
  var fetches: Int { state.withLock { $0.fetches } }

  var now: UnixTime { state.withLock { $0.now } }

  func pass(_ seconds: Int64) { state.withLock { $0.now = $0.now.adding(seconds: seconds) } }

  func lines(_ message: String) -> Int { log.all.count { $0.contains("\"message\":\"\(message)\"") } }

  /// Runs an issuer and a gateway's keys of it.
  /// - Parameters:
  ///   - server: what it shows.
  ///   - authority: whom the gateway trusts.
  ///   - body: gets the keys, and how to stop the issuer's server.
  static func run(
    _ answer: Answer, server shown: TestCertificates.Server = .local,
    authority: (TestCertificateFiles) -> String = { $0.serverAuthority }, secret: String? = nil,
    _ body: (KeyIssuer, any KeySource, _ stop: @Sendable () async -> Void) async throws -> Void
  ) async throws {
    ProcessSetup.prepare()
    let issuer = try KeyIssuer(answer)
    let identity = try TLSIdentity(CertificateFiles.certificates()[server: shown])
    var router = Router()
    router.on(.get, "/keys") { _ in try await issuer.respond() }
    router.on(.get, "/elsewhere") { _ in issuer.good }
    let quiet = Log(sink: DiscardSink(), clock: { 0 })
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: quiet, metrics: MetricsRegistry()))
    let port = try await server.start([
      ListenerConfiguration(
        name: "issuer", address: try SocketAddress(host: "127.0.0.1", port: 0),
        security: .tls(TLSConfiguration(identity: identity)), router: router)
    ])[0].port
    var source = IdentityConfiguration.TokenSource(
      rules: rules,
      keys: .url(
        "https://localhost:\(port)/keys?token=S3CR3T", authorityFile: authority(issuer.files), refreshSeconds: 300)
    )
    if let secret {
      source.secretFile = try issuer.files.folder.write(secret, to: "secret", mode: 0o600)
      source.rules.algorithms.insert(.hs256)
    }
    let loop = try await Loop.start(name: "keys")
    let outcome: Result<Void, any Error>
    do {
      let keys = try await TokenKeys.make(source, clock: issuer.clock, log: issuer.logger) { loop }
      do {
        outcome = .success(try await body(issuer, keys) { await server.stop(grace: .zero) })
      } catch {
        outcome = .failure(error)
      }
      await keys.close()
    } catch {
      outcome = .failure(error)
    }
    await loop.stop()
    await server.stop(grace: .zero)
    try outcome.get()
  }

  static let rules = TokenRules(issuer: "https://issuer.example", audiences: ["box"])

  var clock: GatewayClock {
    GatewayClock(now: { self.now }, sleepUntil: { _ in try await Task.sleep(for: .seconds(3600)) })
  }

  var logger: Log { Log(sink: log, minimumLevel: .debug, clock: { 0 }) }

  /// The keys that a redirection leads to.
  private var good: Response {
    guard case .redirect(let signer) = answer else { return Response(.notFound) }
    return .json(Array(signer.keySetText.utf8))
  }

  private func respond() async throws -> Response {
    let answer = state.withLock { state in
      state.fetches += 1
      return state.answer
    }
    switch answer {
    case .keys(let signers): return .json(Array(try Self.keySet(signers).utf8))
    case .text(let text): return .text(text)
    case .status(let code): return Response(HTTPStatus(code: code))
    case .redirect: return Response(.temporaryRedirect, fields: HTTPFields([("location", "/elsewhere")]))
    case .held(let gate, let signer):
      await gate.pass()
      return .json(Array(signer.keySetText.utf8))
    }
  }

  static func keySet(_ signers: [TokenSigner]) throws -> String {
    let keys = try signers.compactMap { try JSONValue(parsing: $0.keySetText)["keys"]?[0]?.description }
    return #"{"keys":[\#(keys.joined(separator: ","))]}"#
  }

  /// Judges a token that this key pair signs.
  func judge(_ signer: TokenSigner, _ keys: any KeySource) async -> String {
    do {
      return await judge(try signer.token(), keys)
    } catch {
      return "\(error)"
    }
  }

  /// Judges a token: whom it is about, or what is wrong with it.
  func judge(_ token: String, _ keys: any KeySource) async -> String {
    do throws(TokenFault) {
      return try await keys.verify(token, now: now).claims.subject
    } catch {
      return "\(error)"
    }
  }
}

extension TokenSigner {
  /// A token that is good here.
  func token(_ subject: String = "alex") throws -> String {
    try sign(
      try JSONValue(
        parsing: #"{"iss":"https://issuer.example","aud":"box","sub":"\#(subject)","exp":1900000000}"#))
  }
}
