import HTTP
import JSON
import Wire

/// One request to a gateway's admin listener, as the operator whose certificate is shown.
struct AdminCall: Sendable {
  private static let patience: Duration = .seconds(10)

  static let notAllowed =
    "This certificate makes nobody who may administer the gateway. Give its name an entry with the role admin in the "
    + "policy, or use another certificate."

  let access: AdminAccess

  struct Answer: Sendable {
    let url: String
    let status: HTTPStatus
    let body: [UInt8]

    /// What the gateway says of it itself, to be put behind a sentence of our own; empty where it says nothing.
    var said: String {
      (try? JSONValue(parsing: body))?["detail"]?.string.map { " It says: \(AdminCall.printable($0))" } ?? ""
    }

    func isNo(_ thing: String) -> CommandFailure {
      .failure(
        "What \(url) answered is no \(thing). Check that this is the admin listener of a gateway of this version.")
    }
  }

  /// - Parameters:
  ///   - path: with its query.
  ///   - body: JSON.
  func send(_ method: HTTPMethod, _ path: String, body: [UInt8]? = nil) async throws -> Answer {
    let url: ServiceURL
    do throws(ServiceURLError) {
      url = try ServiceURL(parsing: access.url).resolving(path)
    } catch {
      throw CommandFailure.failure("The address of the admin listener cannot be used. \(error.description)")
    }
    var fields = HTTPFields([("accept", "application/json")])
    if body != nil { fields["content-type"] = "application/json" }
    let request = ClientRequest(method, url, fields: fields, body: body.map { .bytes($0) } ?? .none)
    let (status, content) = try await send(request)
    return Answer(url: "\(url)", status: status, body: content)
  }

  private func send(_ request: ClientRequest) async throws -> (HTTPStatus, [UInt8]) {
    var configuration: ClientConfiguration
    do throws(WireError) {
      configuration = ClientConfiguration(
        tls: ClientTLS(
          trust: try ServerTrust.load(authorityFile: access.authority),
          identity: try TLSIdentity.load(chainFile: access.certificate, keyFile: access.key)))
    } catch {
      throw CommandFailure.failure(error.message)
    }
    configuration.deadlines.total = Self.patience
    let loop = try await Loop.start(name: "admin call")
    do {
      let client = try HTTPClient(loop: loop, configuration: configuration)
      let response = try await client.send(request)
      let body = try await response.body.collect(limit: 65_536)
      await client.close()
      await loop.stop()
      return (response.status, body)
    } catch {
      await loop.stop()
      guard let error = error as? ClientError else { throw error }
      throw CommandFailure.failure("\(error)\(Self.advice(error.reason))")
    }
  }

  private static func advice(_ reason: ClientError.Reason) -> String {
    guard case .unreachable = reason else { return "" }
    return " Check that the gateway runs and that its admin listener is open."
  }

  fileprivate static func printable(_ text: String) -> String {
    String(decoding: text.utf8.prefix(300).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
