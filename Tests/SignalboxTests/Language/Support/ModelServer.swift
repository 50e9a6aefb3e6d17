import HTTP
import JSON
import Synchronization
import Telemetry
import TestSupport
import Wire

@testable import signalbox

/// The server of a language model on this machine: it looks at each request as a real one does, and answers the good ones by its script.
final class ModelServer: Sendable {
  static let key = "sk-test-9f8e7d6c5b4a3210"
  private static let name = "model"

  /// A request that was let in.
  struct Call: Sendable {
    let target: String
    let fields: HTTPFields
    let body: JSONValue

    func content(of role: String) -> String? {
      body["messages"]?.elements.first { $0["role"]?.string == role }?["content"]?.string
    }
  }

  private struct State {
    var script: [ModelAnswer]
    var calls: [Call] = []
    var refusals: [String] = []
    var left = 0
  }

  private let state: Mutex<State>
  private let server: Server
  let port: Int

  /// Runs one while `body` does.
  /// - Parameters:
  ///   - script: the answers, in their order; behind them each request is refused.
  ///   - credential: the certificate; nil for plain HTTP.
  static func run<Value>(
    _ script: [ModelAnswer] = [], showing credential: TestCertificates.Server? = nil,
    _ body: (ModelServer) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let model = try await ModelServer(script, credential)
    do {
      let value = try await body(model)
      await model.stop()
      return value
    } catch {
      await model.stop()
      throw error
    }
  }

  private init(_ script: [ModelAnswer], _ credential: TestCertificates.Server?) async throws {
    state = Mutex(State(script: script))
    server = Server(
      loops: 1, telemetry: ServerTelemetry(log: Log(sink: DiscardSink(), clock: { 0 }), metrics: MetricsRegistry()))
    let stage = Stage()
    var router = Router()
    router.on(.post, "/{path...}", options: .init(bodyLimit: 8 << 20, answerWithin: .seconds(600), endsWithPeer: true))
    {
      try await stage.server.answer($0)
    }
    var security = ListenerSecurity.plainOnLoopback
    if let credential {
      let files = try TestCertificates.shared().write(to: try TemporaryFolder())
      security = .tls(
        try TLSConfiguration(
          identity: try TLSIdentity.load(
            chainFile: files.certificate(server: credential), keyFile: files.key(server: credential))))
    }
    port = try await server.start([
      ListenerConfiguration(
        name: Self.name, address: try SocketAddress(host: "127.0.0.1", port: 0), security: security, router: router)
    ])[0].port
    stage.kept.set(self)
  }

  /// Where the handler finds the server, which is made with it.
  private struct Stage: Sendable {
    struct Missing: Error {}

    let kept = Kept<ModelServer?>(nil)

    var server: ModelServer {
      get throws {
        guard let server = kept.value else { throw Missing() }
        return server
      }
    }
  }

  func stop() async { await server.stop(grace: .zero) }

  // MARK: What a test sees

  var origin: String { "http://127.0.0.1:\(port)" }
  var calls: [Call] { state.withLock { $0.calls } }
  /// Why requests were not let in; none where everything is as it should be.
  var refusals: [String] { state.withLock { $0.refusals } }
  /// How many went away before their answer had ended.
  var left: Int { state.withLock { $0.left } }

  /// Waits until nobody is connected; false when somebody stays.
  func isQuiet() async throws -> Bool {
    try await eventually { try await server.connectionCount(Self.name) == 0 }
  }

  func add(_ answers: ModelAnswer...) { state.withLock { $0.script += answers } }

  // MARK: Answering

  private func answer(_ request: Request) async throws -> Response {
    let bytes = try await request.body.collect()
    let body = try? JSONValue(parsing: bytes)
    if let (status, why) = Self.fault(of: request, body) {
      state.withLock { $0.refusals.append(why) }
      return Self.json(ModelWire.error(why), status)
    }
    guard let body else { return Response(.badRequest) }
    let answer = state.withLock { state in
      state.calls.append(Call(target: request.head.target.raw, fields: request.head.fields, body: body))
      return state.script.isEmpty ? nil : state.script.removeFirst()
    }
    guard let answer else {
      state.withLock { $0.refusals.append("Nobody expected this call.") }
      return Self.json(ModelWire.error("Nobody expected this call."), 418)
    }
    return try await perform(answer, isStreaming: body["stream"]?.bool == true)
  }

  private func perform(_ answer: ModelAnswer, isStreaming: Bool) async throws -> Response {
    switch answer {
    case .words(let words, let usage, let finish):
      guard isStreaming else { return Self.json(ModelWire.whole(words.joined(), usage: usage, finish: finish), 200) }
      return Self.stream { try await Self.write(ModelWire.events(words, usage: usage, finish: finish), to: $0) }
    case .status(let status, let message, let fields):
      var response = Self.json(ModelWire.error(message), status)
      response.fields.append(contentsOf: fields)
      return response
    case .content(let text, let type):
      return Response(fields: HTTPFields([("content-type", type)]), body: .bytes(Array(text.utf8)))
    case .stream(let texts): return Self.stream { try await Self.write(texts, to: $0) }
    case .cut(let texts):
      return Self.stream { writer in
        try await Self.write(texts, to: writer)
        throw Cut()
      }
    case .endless(let words):
      return Self.stream { [self] writer in
        try await leaving {
          try await Self.write(words.map { ModelWire.event($0) }, to: writer)
          while true {
            try await writer.write(Array(ModelWire.keepAlive.utf8))
            try await Task.sleep(for: .milliseconds(10))
          }
        }
      }
    case .silence:
      return try await leaving {
        try await Task.sleep(for: .seconds(3600)); return Response(.ok)
      }
    }
  }

  private struct Cut: Error {}

  private func leaving<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch {
      state.withLock { $0.left += 1 }
      throw error
    }
  }

  private static func write(_ texts: [String], to writer: BodyWriter) async throws {
    for text in texts { try await writer.write(Array(text.utf8)) }
  }

  private static func stream(_ write: @escaping @Sendable (BodyWriter) async throws -> Void) -> Response {
    Response(fields: HTTPFields([("content-type", "text/event-stream; charset=utf-8")]), body: .stream(write))
  }

  private static func json(_ text: String, _ status: Int) -> Response {
    .json(Array(text.utf8), status: HTTPStatus(code: status))
  }
}

// MARK: - What a request has to be

extension ModelServer {
  /// Nil for a good one.
  private static func fault(of request: Request, _ body: JSONValue?) -> (status: Int, why: String)? {
    let (target, fields) = (request.head.target, request.head.fields)
    let isAzure = target.path.hasPrefix("/openai/deployments/")
    guard isAzure || target.path.hasSuffix("/v1/chat/completions") else { return (404, "Unknown URL \(target.raw).") }
    if isAzure {
      guard target.path.hasSuffix("/chat/completions"), target.query?.hasPrefix("api-version=") == true else {
        return (404, "No deployment, or no api-version, in \(target.raw).")
      }
      guard fields["api-key"] == key, !fields.contains("authorization") else { return (401, "Incorrect api-key.") }
    } else {
      guard fields["authorization"] == "Bearer \(key)", !fields.contains("api-key") else {
        return (401, "Incorrect API key provided.")
      }
    }
    guard fields["content-type"] == "application/json" else { return (415, "No JSON.") }
    guard let body, body.kind == .object else { return (400, "The body is no JSON object.") }
    return fault(in: body, accepts: fields["accept"] ?? "").map { (400, $0) }
  }

  private static func fault(in body: JSONValue, accepts: String) -> String? {
    let known: Set<String> = ["model", "messages", "stream", "stream_options", "temperature", "max_tokens"]
    for (name, _) in body.members where !known.contains(name) { return "Unrecognized request argument: \(name)." }
    guard body["model"]?.string?.isEmpty == false else { return "You must provide a model parameter." }
    guard let messages = body["messages"], messages.kind == .array, messages.count > 0,
      messages.elements.allSatisfy({
        ["system", "user", "assistant"].contains($0["role"]?.string ?? "") && $0["content"]?.string?.isEmpty == false
      })
    else { return "The messages are no messages." }
    guard let isStreaming = body["stream"]?.bool else { return "stream is no boolean." }
    if let options = body["stream_options"] {
      guard isStreaming else { return "stream_options is only allowed when stream is enabled." }
      guard options["include_usage"]?.bool == true else { return "stream_options says nothing." }
    }
    guard accepts == (isStreaming ? "text/event-stream" : "application/json") else { return "It accepts \(accepts)." }
    guard let temperature = body["temperature"]?.double, (0...2).contains(temperature) else { return "No temperature." }
    guard let tokens = body["max_tokens"]?.int, tokens > 0 else { return "No max_tokens." }
    return nil
  }
}
