import HTTP
import JSON
import Wire

/// The body of a request that says a few things: a JSON object that has no other members than these.
enum SmallBody {
  static let options = Router.Options(bodyLimit: 4096)

  /// Throws 415 for anything that does not call itself JSON: a form of another site cannot, without asking first.
  /// - Returns: the members by name; empty when there is no body.
  static func read(_ request: Request, members allowed: Set<String>) async throws -> [String: String] {
    let bytes = try await request.body.collect()
    guard !bytes.isEmpty else { return [:] }
    let type = (request.head.fields["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
    guard type.split(separator: " ") == ["application/json"] else {
      throw Refusal(.unsupportedMediaType, "The body has to be JSON. Send it with Content-Type: application/json.")
    }
    guard let value = try? JSONValue(parsing: bytes, limits: JSONLimits(maxBytes: 4096, maxDepth: 4, maxValues: 16)),
      value.kind == .object
    else { throw Refusal.badBody("The body is not a JSON object. \(advice(allowed))") }
    var members: [String: String] = [:]
    for (name, member) in value.members {
      guard allowed.contains(name) else {
        throw Refusal.badBody("The body has a member that is not known here. \(advice(allowed))")
      }
      guard let text = member.string else {
        throw Refusal.badBody("The member \"\(name)\" of the body has to be a text.")
      }
      members[name] = text
    }
    return members
  }

  private static func advice(_ allowed: Set<String>) -> String {
    guard !allowed.isEmpty else { return "Send {} or nothing." }
    return "Send an object with \(allowed.sorted().map { "\"\($0)\"" }.joined(separator: ", "))."
  }
}

extension Refusal {
  static func badBody(_ detail: String) -> Refusal { Refusal(.badRequest, detail, code: "bad-body") }
}
