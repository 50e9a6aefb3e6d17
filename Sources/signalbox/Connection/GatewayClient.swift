import HTTP
import JSON
import Wire

/// Calls one gateway's public listener as somebody, for the length of a command.
struct GatewayClient: Sendable {
  /// How long a call that is no stream may take.
  private static let patience: Duration = .seconds(20)
  private static let answerLimit = 16 << 20
  private static let refusalLimit = 65_536
  /// Streams say every 15 s that they are alive.
  private static let silence: Duration = .seconds(45)

  private let access: GatewayAccess
  private let base: ServiceURL
  private let client: HTTPClient

  /// Opens nothing yet. Throws with the file or the address that is wrong.
  static func with<Value>(
    _ access: GatewayAccess, _ body: (GatewayClient) async throws -> Value
  ) async throws -> Value {
    let base = try access.baseURL()
    let tls = try access.tls()
    let loop = try await Loop.start(name: "calls")
    do {
      let client = try HTTPClient(loop: loop, configuration: ClientConfiguration(tls: tls))
      let value = try await body(GatewayClient(access: access, base: base, client: client))
      await client.close()
      await loop.stop()
      return value
    } catch {
      await loop.stop()
      throw error
    }
  }

  private init(access: GatewayAccess, base: ServiceURL, client: HTTPClient) {
    self.access = access
    self.base = base
    self.client = client
  }

  /// Has something done, with JSON both ways. Sent once: what came of it, when no answer comes, is for the caller to say. Throws
  /// `GatewayRefusal` for every answer that is none of success, and `ClientError` when there is none.
  func post(_ path: String, _ body: [UInt8]) async throws -> JSONValue {
    var deadlines = ClientDeadlines()
    deadlines.total = Self.patience
    let response = try await send(path, accepting: "application/json", deadlines, body: body)
    let answer = try await response.body.collect(limit: Self.answerLimit)
    guard (200..<300).contains(response.status.code) else {
      throw GatewayRefusal(response.status, fields: response.fields, body: answer)
    }
    return try read(answer)
  }

  /// A JSON document. Throws `GatewayRefusal` for every other answer, and `CommandFailure` when there is none.
  func get(_ path: String, fields: [(String, String)] = []) async throws -> JSONValue {
    do {
      var deadlines = ClientDeadlines()
      deadlines.total = Self.patience
      let response = try await send(path, accepting: "application/json", deadlines, adding: fields)
      let body = try await response.body.collect(limit: Self.answerLimit)
      guard response.status == .ok else { throw GatewayRefusal(response.status, fields: response.fields, body: body) }
      return try read(body)
    } catch let error as ClientError {
      throw CommandFailure.failure("\(error)\(Self.advice(error.reason))")
    }
  }

  /// What a stream that was asked for turned out to be.
  enum Stream {
    case events(ClientEventStream)
    /// The gateway has nothing more to tell, now and for ever.
    case finished
  }

  /// Throws `ClientError` and `GatewayRefusal`.
  func stream(_ path: String) async throws -> Stream {
    var deadlines = ClientDeadlines()
    deadlines.idle = Self.silence
    let response = try await send(path, accepting: "text/event-stream", deadlines)
    switch response.status {
    case .ok:
      var limits = EventStreamLimits()
      limits.maxLine = Self.answerLimit
      limits.maxData = Self.answerLimit
      return .events(try await response.events(limits: limits))
    case .noContent:
      return .finished
    default:
      let body = try await response.body.collect(limit: Self.refusalLimit)
      throw GatewayRefusal(response.status, fields: response.fields, body: body)
    }
  }

  /// As people know it: host and port.
  var name: String { base.authority }

  /// The gateway's WebSocket, once it stands. Throws `ClientError` and `GatewayRefusal`.
  func webSocket() async throws -> WebSocket {
    var options = WebSocketOptions()
    options.subprotocols = ["signalbox.v1"]
    options.messageLimit = Self.answerLimit
    // Who goes away has nothing more to hear.
    options.closeWithin = .seconds(1)
    do {
      return try await client.openWebSocket(try url("/ws"), fields: try access.authorization(), options)
    } catch let error as ClientError {
      guard let answer = error.answer else { throw error }
      throw GatewayRefusal(answer.status, fields: answer.fields, body: answer.beginning)
    }
  }

  /// What the file holds now; nil where there is no token, or none that can be read.
  func bearerToken() -> String? {
    let prefix = "Bearer "
    guard let field = try? access.authorization()["authorization"], field.hasPrefix(prefix) else { return nil }
    return String(field.dropFirst(prefix.count))
  }

  private func url(_ path: String) throws(CommandFailure) -> ServiceURL {
    do throws(ServiceURLError) {
      return try base.resolving(path)
    } catch {
      throw .failure("The gateway cannot be asked for that. \(error.description)")
    }
  }

  private func read(_ answer: [UInt8]) throws(CommandFailure) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: answer)
    } catch {
      throw .failure("What \(access.url) answered is no JSON; this program and that server do not match.")
    }
  }

  /// - Parameter body: JSON that is posted. Nil: something is read.
  private func send(
    _ path: String, accepting type: String, _ deadlines: ClientDeadlines, body: [UInt8]? = nil,
    adding more: [(String, String)] = []
  ) async throws -> ClientResponse {
    let url = try url(path)
    var fields = try access.authorization()
    fields["accept"] = type
    for (name, value) in more { fields[name] = value }
    guard let body else { return try await client.send(ClientRequest(.get, url, fields: fields, deadlines: deadlines)) }
    fields["content-type"] = "application/json"
    return try await client.send(ClientRequest(.post, url, fields: fields, body: .bytes(body), deadlines: deadlines))
  }

  static func advice(_ reason: ClientError.Reason) -> String {
    guard case .unreachable = reason else { return "" }
    return " Check that the gateway runs, and its address."
  }
}
