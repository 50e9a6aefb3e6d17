import HTTP
import JSON
import Wire

/// Asks a gateway's admin listener for a sign-in link, as the operator whose certificate is shown.
struct SignInLinkCall: Sendable {
  private static let path = "/sign-in-links"

  let access: AdminAccess

  func make(for principal: String) async throws -> SignInLink {
    let answer = try await AdminCall(access: access).send(.post, Self.path, body: Self.body(principal))
    guard answer.status == .ok else { throw refusal(answer, principal) }
    guard let link = SignInLink(answer: answer.body) else { throw answer.isNo("sign-in link") }
    return link
  }

  private static func body(_ principal: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { $0.member("principal", principal) }
    return writer.bytes
  }

  /// The gateway says itself what is wrong; who may mend it, and where, is said here.
  private func refusal(_ answer: AdminCall.Answer, _ principal: String) -> CommandFailure {
    let advice =
      switch answer.status {
      case .unauthorized, .forbidden: AdminCall.notAllowed
      case .unprocessableContent:
        "Give \(Excerpt.quoting(principal.utf8)) an entry with \"link\": true in the policy, and reload the gateway with SIGHUP."
      case .notFound: "That is no admin listener, or the gateway has no policy."
      default: "Nothing was made."
      }
    return .failure("The gateway refused with \(answer.status.code). \(advice)\(answer.said)")
  }
}
