import A2A
import HTTP
import JSON
import TestSupport
import Wire

/// A client with a certificate, on a loop of its own, that speaks every dialect.
struct Asker {
  let client: HTTPClient
  let port: Int
  var prefix = ""

  @discardableResult
  static func run<Value>(
    _ port: Int, as identity: TestCertificates.Client? = .good, _ body: (Asker) async throws -> Value
  ) async throws -> Value {
    let loop = try await Loop.start(name: "asker")
    do {
      var configuration = ClientConfiguration(tls: try EndpointCertificates.clientTLS(identity))
      configuration.deadlines.connect = .seconds(60)
      configuration.deadlines.answer = .seconds(60)
      configuration.deadlines.idle = .seconds(60)
      let client = try HTTPClient(loop: loop, configuration: configuration)
      let value = try await body(Asker(client: client, port: port))
      await loop.stop()
      return value
    } catch {
      await loop.stop()
      throw error
    }
  }

  /// An answer, whole.
  struct Reply {
    let status: HTTPStatus
    let fields: HTTPFields
    let body: [UInt8]

    var json: JSONValue? { try? JSONValue(parsing: body) }
    var text: String { String(decoding: body, as: UTF8.self) }
    var mediaType: String { fields["content-type"] ?? "" }
    /// Of an error in either binding.
    var errorCode: Int? { json?["error"]?["code"]?.int.map(Int.init) }
    var errorMessage: String? { json?["error"]?["message"]?.string }
    var errorReason: String? {
      (json?["error"]?["data"] ?? json?["error"]?["details"])?.elements.lazy.compactMap { $0["reason"]?.string }.first
    }
  }

  func ask(
    _ method: HTTPMethod, _ path: String, _ fields: [(String, String)] = [], _ body: String? = nil
  ) async throws -> Reply {
    let response = try await open(method, path, fields, body)
    return Reply(
      status: response.status, fields: response.fields, body: try await response.body.collect(limit: 1 << 22))
  }

  func open(
    _ method: HTTPMethod, _ path: String, _ fields: [(String, String)] = [], _ body: String? = nil
  ) async throws -> ClientResponse {
    let url = try ServiceURL(parsing: "https://localhost:\(port)\(prefix)\(path)")
    return try await client.send(
      ClientRequest(
        method, url, fields: HTTPFields(fields), body: body.map { .bytes(Array($0.utf8)) } ?? .none))
  }

  /// JSON-RPC by hand.
  func rpc(
    _ method: String, _ params: String, version: String? = "1.0", at path: String = "/a2a"
  ) async throws -> Reply {
    try await ask(
      .post, path, [("content-type", "application/json")] + (version.map { [("a2a-version", $0)] } ?? []),
      #"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":\#(params)}"#)
  }

  // MARK: With the codecs of A2A

  func response(
    to operation: A2A.Operation, _ dialect: Dialect, extensions: [String] = []
  ) async throws -> (ClientCall, ClientResponse) {
    let call = ClientCall(operation, in: dialect, id: 1, extensions: extensions)
    let base = dialect.binding == .jsonRPC ? "/a2a" : ""
    let url = try ServiceURL(parsing: "https://localhost:\(port)\(prefix)\(base)\(call.path)")
    let response = try await client.send(
      ClientRequest(call.method, url, fields: call.fields, body: call.body.isEmpty ? .none : .bytes(call.body)))
    return (call, response)
  }

  func call(
    _ operation: A2A.Operation, _ dialect: Dialect, extensions: [String] = []
  ) async throws -> OperationResult {
    let (call, response) = try await response(to: operation, dialect, extensions: extensions)
    let body = try await response.body.collect(limit: 1 << 22)
    return try call.result(status: response.status, mediaType: response.mediaType, body: body)
  }

  /// The peer's error; nil when there is none.
  func failure(_ operation: A2A.Operation, _ dialect: Dialect, extensions: [String] = []) async throws -> A2AError? {
    do {
      _ = try await call(operation, dialect, extensions: extensions)
      return nil
    } catch let error as A2AError {
      return error
    }
  }

  func stream(_ operation: A2A.Operation, _ dialect: Dialect) async throws -> AskedStream {
    let (call, response) = try await response(to: operation, dialect)
    guard response.mediaType == "text/event-stream" else {
      let body = try await response.body.collect(limit: 1 << 22)
      _ = try call.result(status: response.status, mediaType: response.mediaType, body: body)
      throw A2AError(.invalidAgentResponse, "A result where a stream was wanted.")
    }
    return AskedStream(call: call, events: try await response.events(), fields: response.fields)
  }
}

/// A stream as its client reads it. For one task.
final class AskedStream {
  let fields: HTTPFields
  private let call: ClientCall
  private let events: ClientEventStream

  init(call: ClientCall, events: ClientEventStream, fields: HTTPFields) {
    self.call = call
    self.events = events
    self.fields = fields
  }

  /// Nil at the proper end.
  func next() async throws -> TaskEvent? {
    guard let event = try await events.next() else { return nil }
    return try read(event)
  }

  func read(_ event: ReceivedEvent) throws(A2AError) -> TaskEvent {
    try call.event(type: event.type, data: event.data)
  }

  /// As it came.
  func nextRaw() async throws -> ReceivedEvent? { try await events.next() }

  func rest() async throws -> [TaskEvent] {
    var rest: [TaskEvent] = []
    while let event = try await next() { rest.append(event) }
    return rest
  }
}

extension Dialect {
  static let all = [ProtocolVersion.v1, .v0_3].flatMap { version in
    Dialect.Binding.allCases.map { Dialect($0, version) }
  }
}

extension SendMessageRequest {
  init(_ text: String, task: String? = nil, immediately: Bool = false, tenant: String? = nil) {
    self.init(message: Message(id: "m", role: .user, text: text, taskID: task), tenant: tenant)
    configuration.returnImmediately = immediately
  }
}
