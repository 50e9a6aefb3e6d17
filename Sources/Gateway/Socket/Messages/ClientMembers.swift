import HTTP
import JSON

/// The members of one message, each read in one way and no other.
struct ClientMembers {
  let id: String
  let type: String
  private let value: JSONValue

  /// - Parameter value: an object.
  init(_ value: JSONValue) throws(ClientFault) {
    self.value = value
    guard let id = value["id"]?.string, Self.isWord(id) else {
      throw ClientFault(
        nil, code: "bad-id",
        "The message has no \"id\", or a bad one. Give each its own: a text of 1 to 128 printable ASCII characters without "
          + "space.")
    }
    self.id = id
    guard let type = value["type"]?.string else {
      throw ClientFault(
        id, code: "bad-message", "The message has no \"type\". It says what is wanted, such as \"subscribe\".")
    }
    self.type = type
  }

  static func isWord(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  var unknownType: ClientFault {
    ClientFault(
      id, code: "unknown-type",
      "There is no message of type \(Excerpt.quoting(type.utf8)). docs/websocket.md lists those that there are.")
  }

  /// Throws where there are other members, or too much of them.
  func allow(_ names: [String], isLarge: Bool = false) throws(ClientFault) {
    let limit = isLarge ? ClientMessageReader.largeByteLimit : ClientMessageReader.byteLimit
    guard value.bytes.count <= limit else {
      throw ClientFault(
        id, code: "message-too-long",
        "A message of type \"\(type)\" has at most \(limit) bytes, not \(value.bytes.count).")
    }
    for (name, _) in value.members where name != "id" && name != "type" && !names.contains(name) {
      let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
      throw bad(
        "A message of type \"\(type)\" has no member \(Excerpt.quoting(name.utf8)). "
          + (names.isEmpty ? "It has none but \"type\" and \"id\"." : "It may have \(list)."))
    }
  }

  func bad(_ text: String) -> ClientFault { ClientFault(id, code: "bad-message", text) }

  // MARK: Kinds of members

  private func member(_ name: String) -> JSONValue? {
    value[name].flatMap { $0.isNull ? nil : $0 }
  }

  func has(_ name: String) -> Bool { value[name] != nil }

  func flag(_ name: String) throws(ClientFault) -> Bool? {
    guard let member = member(name) else { return nil }
    guard let flag = member.bool else { throw bad("The member \"\(name)\" has to be true or false.") }
    return flag
  }

  func text(_ name: String, _ length: ClosedRange<Int> = 0...65_536) throws(ClientFault) -> String? {
    guard let member = member(name) else { return nil }
    guard let text = member.string else { throw bad("The member \"\(name)\" has to be a text.") }
    guard length.contains(text.utf8.count) else {
      throw bad(
        "The member \"\(name)\" has to have \(length.lowerBound) to \(length.upperBound) bytes, not \(text.utf8.count)."
      )
    }
    return text
  }

  func needText(_ name: String, _ length: ClosedRange<Int> = 1...65_536) throws(ClientFault) -> String {
    guard let text = try text(name, length) else {
      throw bad("A message of type \"\(type)\" needs the member \"\(name)\", a text.")
    }
    return text
  }

  func texts(_ name: String) throws(ClientFault) -> [String] {
    guard let member = member(name) else { return [] }
    let texts = member.elements.compactMap(\.string)
    guard member.kind == .array, texts.count == member.count else {
      throw bad("The member \"\(name)\" has to be a list of texts.")
    }
    return texts
  }

  // MARK: What several types have

  func task() throws(ClientFault) -> String { try needText("task", 1...128) }
  func question() throws(ClientFault) -> String { try needText("question", 1...128) }

  /// Nil for all tasks.
  func scope() throws(ClientFault) -> [String]? {
    let names = ["task", "tasks", "all"].filter { member($0) != nil }
    guard names.count == 1 else {
      throw bad("Say what to watch, in one way: \"task\" with an id, \"tasks\" with a list of them, or \"all\": true.")
    }
    switch names[0] {
    case "task":
      return [try task()]
    case "all":
      guard member("all")?.bool == true else { throw bad("The member \"all\" is true, or is left out.") }
      return nil
    default:
      var seen: Set<String> = []
      let tasks = try texts("tasks").filter { seen.insert($0).inserted }
      guard !tasks.isEmpty, !seen.contains("") else {
        throw bad("The member \"tasks\" has to be a list of at least one id, and no id is empty.")
      }
      guard tasks.count <= ClientMessageReader.taskLimit else {
        throw ClientFault(
          id, code: "too-many-tasks",
          "These are \(tasks.count) tasks, and one subscription has at most \(ClientMessageReader.taskLimit).")
      }
      return tasks
    }
  }

  func words() throws(ClientFault) -> ClientWords {
    switch (member("message"), try text("text", 0...ClientMessageReader.largeByteLimit)) {
    case (let message?, nil):
      guard message.kind == .object else { throw bad("The member \"message\" has to be an object with \"parts\".") }
      return .message(message)
    case (nil, let text?):
      guard !text.isEmpty else { throw bad("The \"text\" is empty, so the agent would have nothing to do.") }
      return .text(text)
    case (nil, nil): throw bad("The message says nothing to the agent. Send \"text\", or a \"message\" with parts.")
    case (_?, _?): throw bad("There is a \"message\" and a \"text\". Send one of them.")
    }
  }

  func answer() throws(ClientFault) -> ClientAnswer {
    let names = ["values", "decline", "text"].filter { member($0) != nil }
    guard names.count == 1, let member = member(names[0]) else {
      throw bad("Answer in one way: \"values\" with an object, \"text\", or \"decline\": true.")
    }
    switch names[0] {
    case "values":
      guard member.kind == .object else { throw bad("The member \"values\" has to be an object.") }
      return .values(member)
    case "decline":
      guard member.bool == true else { throw bad("The member \"decline\" is true, or is left out.") }
      return .declined
    default:
      return .text(try needText("text", 0...ClientMessageReader.largeByteLimit))
    }
  }
}
