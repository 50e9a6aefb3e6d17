import HTTP
import JSON

extension Refusal {
  /// - Parameter facts: writes the members that the answer has beside those of every refusal.
  init(_ status: HTTPStatus, _ detail: String, code: String, facts: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    writer.object(facts)
    self.init(status, detail, code: code, facts: writer.bytes)
  }

  /// The facts as members of another object, such as a `nack`.
  func writeFacts(into object: inout JSONWriter) {
    guard let facts, let value = try? JSONValue(parsing: facts) else { return }
    for (key, fact) in value.members { object.member(key, fact) }
  }
}
