import A2A
import HTTP
import JSON
import Journal

extension A2AError {
  /// What the gateway refuses, in the words of the protocol. It has none for most of it: then the number is that of the HTTP status, also in
  /// JSON-RPC, and the reason is the gateway's own code.
  init(_ refusal: Refusal) {
    if refusal == .noSuchTask {
      self.init(.taskNotFound, refusal.detail)
      return
    }
    self.init(Self.code(of: refusal), refusal.detail)
    take(facts: refusal)
    guard case .other = code else { return }
    reason = refusal.word.uppercased().replacing("-", with: "_")
    if let seconds = refusal.fields["retry-after"] { metadata["retryAfter"] = seconds }
  }

  private static func code(of refusal: Refusal) -> Code {
    switch refusal.code {
    case "task-ended", "not-run-here": .unsupportedOperation
    case "bad-answer": .invalidParams
    default: refusal.status == .badRequest ? .invalidParams : .other(refusal.status.code)
    }
  }

  private mutating func take(facts refusal: Refusal) {
    guard let facts = refusal.facts, let value = try? JSONValue(parsing: facts) else { return }
    for (name, fact) in value.members { metadata[name] = fact.string }
    guard let list = value["violations"]?.elements else { return }
    for item in list {
      guard let field = item["field"]?.string, let description = item["description"]?.string else { continue }
      violations.append(.init(field: field, description: description))
    }
    if refusal.code == "bad-answer" { reason = "INVALID_ANSWER" }
  }

  /// Whatever it was that went wrong. What is none of the caller's business is for the log, which has the request's id.
  init(_ error: any Error) {
    switch error {
    case let error as A2AError: self = error
    case let refusal as Refusal: self.init(refusal)
    case let error as JournalError: self.init(Refusal(error))
    default: self.init(.internalError, "The gateway failed; its log tells why, under the id of this request.")
    }
  }

  static func invalid(_ message: String) -> A2AError { A2AError(.invalidParams, message) }
}
