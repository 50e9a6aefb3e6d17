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

  /// A JSON document. Throws `GatewayRefusal` for every other answer, and `CommandFailure` when there is none.
  func get(_ path: String) async throws -> JSONValue {
    do {
      var deadlines = ClientDeadlines()
      deadlines.total = Self.patience
      let response = try await send(path, accepting: "application/json", deadlines)
      let body = try await response.body.collect(limit: Self.answerLimit)
      guard response.status == .ok else { throw GatewayRefusal(response.status, fields: response.fields, body: body) }
      do throws(JSONError) {
        return try JSONValue(parsing: body)
      } catch {
        throw CommandFailure.failure(
          "What \(access.url) answered is no JSON; this program and that server do not match.")
      }
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

  private func send(_ path: String, accepting type: String, _ deadlines: ClientDeadlines) async throws -> ClientResponse
  {
    let url: ServiceURL
    do throws(ServiceURLError) {
      url = try base.resolving(path)
    } catch {
      throw CommandFailure.failure("The gateway cannot be asked for that. \(error.description)")
    }
    var fields = try access.authorization()
    fields["accept"] = type
    return try await client.send(ClientRequest(.get, url, fields: fields, deadlines: deadlines))
  }

  static func advice(_ reason: ClientError.Reason) -> String {
    guard case .unreachable = reason else { return "" }
    return " Check that the gateway runs, and its address."
  }
}
