import A2A
import HTTP
import JSON
import Wire

/// The JSON body of a request that says something to an agent, its members checked.
struct WorkBody {
  static let byteLimit = 4 << 20
  static let options = Router.Options(bodyLimit: byteLimit)

  private let value: JSONValue
  let keys: [String]

  /// - Parameters:
  ///   - members: those that the body may have.
  ///   - mayBeEmpty: no body says as much as `{}`.
  init(_ request: Request, members: [String], mayBeEmpty: Bool = false) async throws {
    let bytes = try await request.body.collect()
    let keys = request.head.fields.values(of: "idempotency-key")
    guard !mayBeEmpty || !bytes.isEmpty else {
      try self.init(Array("{}".utf8), members: members, keys: keys)
      return
    }
    let type = (request.head.fields["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
    guard type.split(separator: " ") == ["application/json"] else {
      throw Refusal(.unsupportedMediaType, "The body has to be JSON. Send it with Content-Type: application/json.")
    }
    try self.init(bytes, members: members, keys: keys)
  }

  /// - Parameter keys: of the field, which says the same as the member.
  init(_ bytes: [UInt8], members: [String], keys: [String] = []) throws(Refusal) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw .badBody("The body is no JSON: at its byte \(error.offset + 1), \(error.reason).")
    }
    guard value.kind == .object else { throw .badBody("The body is no JSON object. \(Self.advice(members))") }
    for (name, _) in value.members where !members.contains(name) {
      throw .badBody("The body has \(Excerpt.quoting(name.utf8)), which says nothing here. \(Self.advice(members))")
    }
    self.value = value
    self.keys = keys
  }

  private static func advice(_ members: [String]) -> String {
    "It may have \(members.map { "\"\($0)\"" }.joined(separator: ", "))."
  }

  func text(_ name: String) throws(Refusal) -> String? {
    guard let member = value[name], !member.isNull else { return nil }
    guard let text = member.string else { throw .badBody("The member \"\(name)\" of the body has to be a text.") }
    return text
  }

  func flag(_ name: String) throws(Refusal) -> Bool? {
    guard let member = value(name) else { return nil }
    guard let flag = member.bool else {
      throw .badBody("The member \"\(name)\" of the body has to be true or false.")
    }
    return flag
  }

  func object(_ name: String) throws(Refusal) -> JSONValue? {
    guard let member = value(name) else { return nil }
    guard member.kind == .object else { throw .badBody("The member \"\(name)\" of the body has to be an object.") }
    return member
  }

  /// Nil for null, too.
  func value(_ name: String) -> JSONValue? {
    value[name].flatMap { $0.isNull ? nil : $0 }
  }

  func texts(_ name: String) throws(Refusal) -> [String] {
    guard let member = value[name], !member.isNull else { return [] }
    let texts = member.elements.compactMap(\.string)
    guard member.kind == .array, texts.count == member.count else {
      throw .badBody("The member \"\(name)\" of the body has to be a list of texts.")
    }
    return texts
  }

  /// What is said: `message`, or `text`, which is a message of one part.
  func message() throws(Refusal) -> Message {
    let message = value("message")
    switch (message, try text("text")) {
    case (let message?, nil): return try SentMessage.read(message)
    case (nil, let text?):
      guard !text.isEmpty else { throw .badTask("The \"text\" is empty, so the agent would have nothing to do.") }
      return Message(id: TaskID.make(), role: .user, text: text)
    case (nil, nil):
      throw .badTask("The body says nothing to the agent. Send {\"text\":\"...\"}, or a message with parts.")
    case (_?, _?): throw .badTask("The body has a message and a text. Send one of them.")
    }
  }

  func title() throws(Refusal) -> String? {
    let title = try text("title")
    try TaskWords.checkTitle(title)
    return title
  }

  /// The sender's word against doing it twice.
  func key() throws(Refusal) -> String? {
    try TaskWords.key(try text("key"), fields: keys)
  }
}
