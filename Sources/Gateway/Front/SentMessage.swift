import A2A
import HTTP
import JSON

/// A message as people's programs write it: A2A's, of which the gateway knows by itself who says it, and can invent the id.
enum SentMessage {
  private static let members = [
    "messageId", "contextId", "taskId", "role", "parts", "metadata", "extensions", "referenceTaskIds",
  ]

  static func read(_ value: JSONValue) throws(Refusal) -> Message {
    guard value.kind == .object else { throw .badTask("The \"message\" must be an object with \"parts\".") }
    for (name, _) in value.members where !members.contains(name) {
      throw .badTask(
        "The message has \(Excerpt.quoting(name.utf8)), which says nothing here. It may have "
          + "\(members.map { "\"\($0)\"" }.joined(separator: ", ")).")
    }
    let whole = try completed(value)
    let message: Message
    do throws(A2AError) {
      message = try Message(reading: whole)
    } catch {
      throw .badTask(error.message)
    }
    guard message.role == .user else {
      throw .badTask("The message says that an agent has written it. Leave \"role\" out, or make it ROLE_USER.")
    }
    guard !message.parts.isEmpty else {
      throw .badTask("The message has no parts, so the agent would have nothing to do. Send at least one.")
    }
    try TaskWords.check(message.contextID, "contextId", "1 to 255 printable ASCII characters") {
      TaskWords.isPrintable($0, 1...255)
    }
    return message
  }

  private static func completed(_ value: JSONValue) throws(Refusal) -> JSONValue {
    if value["role"] != nil, value["messageId"] != nil { return value }
    var writer = JSONWriter(reserving: value.bytes.count + 128)
    writer.object { object in
      for (name, member) in value.members { object.member(name, member) }
      if value["role"] == nil { object.member("role", "ROLE_USER") }
      if value["messageId"] == nil { object.member("messageId", TaskID.make()) }
    }
    do throws(JSONError) {
      return try JSONValue(parsing: writer.bytes)
    } catch {
      // It was read under the same limits, so only a few bytes more can have been too many.
      throw Refusal(.contentTooLarge, "The message is too large. Send a shorter one.")
    }
  }
}
