import JSON

extension CreatePushConfigRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    let config = try PushConfig(reader)
    guard let taskID = config.taskID else { throw .missing("taskId") }
    self.init(taskID: taskID, config: config, tenant: try reader.tenant())
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
    var config = config
    config.taskID = taskID
    if notation == .proto0_3 {
      object.member("parent", "tasks/\(taskID)")
      object.member("configId", ifAny: config.id)
      object.member("config", config, as: notation)
    } else {
      config.write(to: &object, as: notation)
    }
  }
}

extension PushConfigRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    if reader.notation.isV1 {
      self.init(taskID: try reader.requiredString("taskId"), id: try reader.requiredString("id"))
    } else {
      // 0.3 may leave out which one: then it is the one that was made without an id, and such a one has the task's.
      let taskID = try reader.requiredString("id")
      self.init(taskID: taskID, id: try reader.string("pushNotificationConfigId") ?? taskID)
    }
    tenant = try reader.tenant()
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
    object.member(notation.isV1 ? "taskId" : "id", taskID)
    object.member(notation.isV1 ? "id" : "pushNotificationConfigId", id)
  }
}

extension ListPushConfigsRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(taskID: try reader.requiredString(reader.notation.isV1 ? "taskId" : "id"), tenant: try reader.tenant())
    // 0 stands for the server's own size.
    pageSize = try reader.int("pageSize", in: ObjectReader.count).flatMap { $0 == 0 ? nil : $0 }
    pageToken = try reader.string("pageToken")
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
    object.member(notation.isV1 ? "taskId" : "id", taskID)
    // 0.3 knows no pages in JSON-RPC.
    guard notation != .kinds else { return }
    object.member("pageSize", ifPresent: pageSize)
    object.member("pageToken", ifAny: pageToken)
  }
}
