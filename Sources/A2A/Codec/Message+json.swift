import JSON

extension Message: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    guard let role: Role = try reader.enumeration("role") else { throw .missing("role") }
    self.init(
      id: try reader.requiredString("messageId"), role: role,
      parts: try reader.list(reader.partsName) ?? [],
      contextID: try reader.string("contextId"), taskID: try reader.string("taskId"))
    metadata = try reader.anyObject("metadata")
    extensions = try reader.strings("extensions")
    referenceTaskIDs = try reader.strings("referenceTaskIds")
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    if notation == .kinds { object.member("kind", "message") }
    object.member("messageId", id)
    object.member("contextId", ifAny: contextID)
    object.member("taskId", ifAny: taskID)
    object.member("role", role.name(in: notation))
    object.list(notation == .proto0_3 ? "content" : "parts", parts, as: notation)
    object.member("metadata", ifObject: metadata)
    object.strings("extensions", ifAny: extensions)
    // The old schema has no such field.
    if notation != .proto0_3 { object.strings("referenceTaskIds", ifAny: referenceTaskIDs) }
  }

  /// Of a request: a message must say something.
  static func sent(_ reader: ObjectReader) throws(FieldFault) -> Message {
    // The old schema calls it `request`, which some of its writers put into JSON.
    let name = reader.notation == .proto0_3 ? reader.name(among: "message", "request") : "message"
    let message: Message = try reader.requiredObject(name)
    guard !message.parts.isEmpty else { throw FieldFault.missing(partsName(reader.notation)).inside(name) }
    return message
  }

  private static func partsName(_ notation: Notation) -> String { notation == .proto0_3 ? "content" : "parts" }
}

extension ObjectReader {
  fileprivate var partsName: String { notation == .proto0_3 ? name(among: "content", "parts") : "parts" }
}
