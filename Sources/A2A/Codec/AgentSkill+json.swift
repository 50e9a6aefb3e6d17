import JSON

extension AgentSkill: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      id: try reader.requiredString("id"), name: try reader.text("name") ?? "",
      description: try reader.text("description") ?? "", tags: try reader.strings("tags"))
    examples = try reader.strings("examples")
    inputModes = try reader.strings("inputModes")
    outputModes = try reader.strings("outputModes")
    securityRequirements = try reader.requirements()
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    write(to: &object, isLegacy: !notation.isV1)
  }

  func write(to object: inout JSONWriter, isLegacy: Bool) {
    object.member("id", id)
    object.member("name", name)
    object.member("description", description)
    object.strings("tags", tags)
    object.strings("examples", ifAny: examples)
    object.strings("inputModes", ifAny: inputModes)
    object.strings("outputModes", ifAny: outputModes)
    object.member(requirements: securityRequirements, isLegacy: isLegacy)
  }
}

extension ObjectReader {
  func requirements() throws(FieldFault) -> [SecurityRequirement] {
    try list(name(among: "securityRequirements", "security")) ?? []
  }
}

extension JSONWriter {
  /// - Parameter isLegacy: as 0.3 has them too.
  mutating func member(requirements: [SecurityRequirement], isLegacy: Bool) {
    list("securityRequirements", ifAny: requirements, as: .v1)
    if isLegacy { list("security", ifAny: requirements, as: .kinds) }
  }
}
