import JSON

extension AgentTask: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      id: try reader.requiredString("id"), contextID: try reader.string("contextId"),
      status: try reader.requiredObject("status"))
    artifacts = try reader.list("artifacts")
    history = try reader.list("history")
    metadata = try reader.anyObject("metadata")
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    if notation == .kinds { object.member("kind", "task") }
    object.member("id", id)
    if notation == .kinds {
      // Required there.
      object.member("contextId", contextID ?? "")
    } else {
      object.member("contextId", ifAny: contextID)
    }
    object.member("status", status, as: notation)
    if let artifacts { object.list("artifacts", artifacts, as: notation) }
    if let history { object.list("history", history, as: notation) }
    object.member("metadata", ifObject: metadata)
  }
}

extension TaskStatus: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    guard let state: TaskState = try reader.enumeration("state") else { throw .missing("state") }
    // The old schema calls the message `update`, which some of its writers put into JSON.
    let name = reader.notation == .proto0_3 ? reader.name(among: "message", "update") : "message"
    self.init(state, message: try reader.object(name), timestamp: try reader.timestamp("timestamp"))
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member("state", state.name(in: notation))
    object.member("message", ifPresent: message, as: notation)
    object.member("timestamp", ifPresent: timestamp)
  }
}
