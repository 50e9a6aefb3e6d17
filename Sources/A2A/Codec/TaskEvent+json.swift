import JSON

extension TaskEvent: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    let present = ["task", "message", "statusUpdate", "artifactUpdate"].filter(reader.has)
    guard present.count <= 1 else {
      throw FieldFault(
        "must have one of task, message, statusUpdate and artifactUpdate, not \(present.joined(separator: " and "))")
    }
    if let task: AgentTask = try reader.object("task") {
      self = .task(task)
    } else if let message: Message = try reader.object("message") {
      self = .message(message)
    } else if let update: StatusUpdate = try reader.object("statusUpdate") {
      self = .status(update)
    } else if let update: ArtifactUpdate = try reader.object("artifactUpdate") {
      self = .artifact(update)
    } else if reader.notation.isV1 {
      throw FieldFault("must have one of task, message, statusUpdate and artifactUpdate, and has none")
    } else {
      self = try Self(bare: reader)
    }
  }

  /// The object itself, without a wrapper: it says its kind, or is known by what it has.
  private init(bare reader: ObjectReader) throws(FieldFault) {
    switch try reader.string("kind") {
    case "task": self = .task(try AgentTask(reader))
    case "message": self = .message(try Message(reader))
    case "status-update": self = .status(try StatusUpdate(reader))
    case "artifact-update": self = .artifact(try ArtifactUpdate(reader))
    case nil where reader.has("artifact"): self = .artifact(try ArtifactUpdate(reader))
    case nil where reader.has("status") && reader.has("taskId"): self = .status(try StatusUpdate(reader))
    case nil where reader.has("status"): self = .task(try AgentTask(reader))
    case nil where reader.has("role"): self = .message(try Message(reader))
    default: throw FieldFault("must be task, message, status-update or artifact-update", at: "kind")
    }
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    write(to: &object, as: notation, isLast: false)
  }

  func write(to object: inout JSONWriter, as notation: Notation, isLast: Bool) {
    switch (self, notation) {
    case (.task(let task), .kinds): task.write(to: &object, as: notation)
    case (.message(let message), .kinds): message.write(to: &object, as: notation)
    case (.status(let update), .kinds): update.write(to: &object, as: notation, isLast: isLast)
    case (.artifact(let update), .kinds): update.write(to: &object, as: notation)
    case (.task(let task), _): object.member("task", task, as: notation)
    case (.message(let message), _): object.member("message", message, as: notation)
    case (.status(let update), _):
      object.object("statusUpdate") { update.write(to: &$0, as: notation, isLast: isLast) }
    case (.artifact(let update), _): object.member("artifactUpdate", update, as: notation)
    }
  }
}

extension TaskEvent.StatusUpdate: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      taskID: try reader.requiredString("taskId"), contextID: try reader.contextID(),
      status: try reader.requiredObject("status"), metadata: try reader.anyObject("metadata"))
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    write(to: &object, as: notation, isLast: false)
  }

  /// 0.3 says in the event that it is the last one: always where objects have kinds, and when it is true in ProtoJSON.
  func write(to object: inout JSONWriter, as notation: Notation, isLast: Bool) {
    if notation == .kinds { object.member("kind", "status-update") }
    object.member("taskId", taskID)
    object.member("contextId", contextID)
    object.member("status", status, as: notation)
    if notation == .kinds || isLast && notation == .proto0_3 { object.member("final", isLast) }
    object.member("metadata", ifObject: metadata)
  }
}

extension TaskEvent.ArtifactUpdate: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      taskID: try reader.requiredString("taskId"), contextID: try reader.contextID(),
      artifact: try reader.requiredObject("artifact"), append: try reader.bool("append") ?? false,
      lastChunk: try reader.bool("lastChunk") ?? false, metadata: try reader.anyObject("metadata"))
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    if notation == .kinds { object.member("kind", "artifact-update") }
    object.member("taskId", taskID)
    object.member("contextId", contextID)
    object.member("artifact", artifact, as: notation)
    object.member("append", ifTrue: append)
    object.member("lastChunk", ifTrue: lastChunk)
    object.member("metadata", ifObject: metadata)
  }
}

extension ObjectReader {
  /// Required, but some agents have none, and their writers leave out what is empty.
  fileprivate func contextID() throws(FieldFault) -> String { try string("contextId") ?? "" }
}
