import JSON

extension SendMessageRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      message: try Message.sent(reader), configuration: try reader.object("configuration") ?? SendConfiguration(),
      tenant: try reader.tenant())
    metadata = try reader.anyObject("metadata")
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
    object.member("message", message, as: notation)
    // The default of 0.3 is the server's own, so it is always said what is wanted.
    if !notation.isV1 || configuration != SendConfiguration() {
      object.member("configuration", configuration, as: notation)
    }
    object.member("metadata", ifObject: metadata)
  }
}

extension SendConfiguration: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init()
    acceptedOutputModes = try reader.strings("acceptedOutputModes")
    historyLength = try reader.historyLength()
    if reader.notation.isV1 {
      pushConfig = try reader.object("taskPushNotificationConfig")
      returnImmediately = try reader.bool("returnImmediately") ?? false
    } else {
      pushConfig = try reader.innerPushConfig(reader.name(among: "pushNotificationConfig", "pushNotification"))
      // ProtoJSON leaves out what is false.
      returnImmediately = try !(reader.bool("blocking") ?? (reader.notation == .kinds))
    }
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.strings("acceptedOutputModes", ifAny: acceptedOutputModes)
    switch notation {
    case .v1:
      object.member("taskPushNotificationConfig", ifPresent: pushConfig, as: notation)
      object.member("historyLength", ifPresent: historyLength)
      object.member("returnImmediately", ifTrue: returnImmediately)
    case .kinds, .proto0_3:
      if let pushConfig {
        let name = notation == .kinds ? "pushNotificationConfig" : "pushNotification"
        object.object(name) { pushConfig.writeInner(to: &$0, as: notation) }
      }
      object.member("historyLength", ifPresent: historyLength)
      object.member("blocking", !returnImmediately)
    }
  }
}

extension GetTaskRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      id: try reader.requiredString("id"), historyLength: try reader.historyLength(), tenant: try reader.tenant())
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
    object.member("id", id)
    object.member("historyLength", ifPresent: historyLength)
  }
}

extension ListTasksRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init()
    tenant = try reader.tenant()
    contextID = try reader.string("contextId")
    state = try reader.enumeration("status")
    pageSize = try reader.int("pageSize", in: 1...100)
    pageToken = try reader.string("pageToken")
    historyLength = try reader.historyLength()
    statusTimestampAfter = try reader.timestamp("statusTimestampAfter")
    includeArtifacts = try reader.bool("includeArtifacts") ?? false
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
    object.member("contextId", ifAny: contextID)
    object.member("status", ifAny: state?.name(in: notation))
    object.member("pageSize", ifPresent: pageSize)
    object.member("pageToken", ifAny: pageToken)
    object.member("historyLength", ifPresent: historyLength)
    object.member("statusTimestampAfter", ifPresent: statusTimestampAfter)
    object.member("includeArtifacts", ifTrue: includeArtifacts)
  }
}

extension CancelTaskRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(id: try reader.requiredString("id"), tenant: try reader.tenant())
    metadata = try reader.anyObject("metadata")
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
    object.member("id", id)
    object.member("metadata", ifObject: metadata)
  }
}

extension SubscribeToTaskRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(id: try reader.requiredString("id"), tenant: try reader.tenant())
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
    object.member("id", id)
  }
}

extension GetExtendedCardRequest: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(tenant: try reader.tenant())
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member(tenant: tenant, as: notation)
  }
}
