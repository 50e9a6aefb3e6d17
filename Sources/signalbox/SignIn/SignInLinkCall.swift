import HTTP
import JSON
import Wire

/// Asks a gateway's admin listener for a sign-in link, as the operator whose certificate is shown.
struct SignInLinkCall: Sendable {
  private static let path = "/sign-in-links"
  private static let patience: Duration = .seconds(10)

  let access: AdminAccess

  func make(for principal: String) async throws -> SignInLink {
    let url = try target()
    let (status, body) = try await send(
      ClientRequest(
        .post, url,
        fields: HTTPFields([("content-type", "application/json"), ("accept", "application/json")]),
        body: .bytes(Self.body(principal))))
    guard status == .ok else { throw refusal(status, body, principal) }
    guard let link = SignInLink(answer: body) else {
      throw CommandFailure.failure(
        "What \(url) answered is no sign-in link. Check that this is the admin listener of a gateway of this version.")
    }
    return link
  }

  private func target() throws(CommandFailure) -> ServiceURL {
    do throws(ServiceURLError) {
      return try ServiceURL(parsing: access.url).resolving(Self.path)
    } catch {
      throw .failure("The address of the admin listener cannot be used. \(error.description)")
    }
  }

  private static func body(_ principal: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { $0.member("principal", principal) }
    return writer.bytes
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

  /// The gateway says itself what is wrong; who may mend it, and where, is said here.
  private func refusal(_ status: HTTPStatus, _ body: [UInt8], _ principal: String) -> CommandFailure {
    let said = (try? JSONValue(parsing: body))?["detail"]?.string.map { " It says: \(Self.printable($0))" } ?? ""
    let advice =
      switch status {
      case .unauthorized, .forbidden:
        "This certificate makes nobody who may administer the gateway. Give its name an entry with the role admin in the "
          + "policy, or use another certificate."
      case .unprocessableContent:
        "Give \(Excerpt.quoting(principal.utf8)) an entry with \"link\": true in the policy, and reload the gateway with SIGHUP."
      case .notFound: "That is no admin listener, or the gateway has no policy."
      default: "Nothing was made."
      }
    return .failure("The gateway refused with \(status.code). \(advice)\(said)")
  }

  private static func printable(_ text: String) -> String {
    String(decoding: text.utf8.prefix(300).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
