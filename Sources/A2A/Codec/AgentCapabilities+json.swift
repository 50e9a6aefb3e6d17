import JSON

extension AgentCapabilities: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      streaming: try reader.bool("streaming"), pushNotifications: try reader.bool("pushNotifications"),
      extendedAgentCard: try reader.bool("extendedAgentCard"), extensions: try reader.list("extensions") ?? [])
  }

  /// Here false is said: that something is declared as absent is not the same as silence about it.
  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member("streaming", ifPresent: streaming)
    object.member("pushNotifications", ifPresent: pushNotifications)
    object.member("extendedAgentCard", ifPresent: extendedAgentCard)
    object.list("extensions", ifAny: extensions, as: notation)
  }
}

extension AgentExtension: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      uri: try reader.requiredString("uri"), description: try reader.string("description"),
      isRequired: try reader.bool("required") ?? false, parameters: try reader.anyObject("params"))
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member("uri", uri)
    object.member("description", ifAny: description)
    object.member("required", ifTrue: isRequired)
    object.member("params", ifObject: parameters)
  }
}
