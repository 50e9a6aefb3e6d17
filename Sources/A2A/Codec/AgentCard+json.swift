import JSON

// A public card is one document for both versions: the fields of 1.0, and beside them those of 0.3 where those have other
// names, provided that the agent speaks 0.3 at all. A reader of either finds what it looks for and passes over the
// rest.

extension AgentCard: JSONCoded {
  /// Whatever the notation: a card says itself what it is.
  init(_ reader: ObjectReader) throws(FieldFault) {
    let interfaces: [AgentInterface] = try reader.list("supportedInterfaces") ?? []
    self.init(
      name: try reader.requiredString("name"), description: try reader.text("description") ?? "",
      version: try reader.text("version") ?? "",
      interfaces: interfaces.isEmpty ? try AgentInterface.legacy(reader) : interfaces,
      skills: try reader.list("skills") ?? [], defaultInputModes: try reader.strings("defaultInputModes"),
      defaultOutputModes: try reader.strings("defaultOutputModes"))
    provider = try reader.object("provider")
    documentationURL = try reader.string("documentationUrl")
    iconURL = try reader.string("iconUrl")
    capabilities = try reader.object("capabilities") ?? AgentCapabilities()
    if capabilities.extendedAgentCard == nil {
      capabilities.extendedAgentCard = try reader.bool("supportsAuthenticatedExtendedCard")
    }
    securitySchemes = try Self.schemes(reader)
    securityRequirements = try reader.requirements()
    signatures = try reader.list("signatures") ?? []
  }

  private static func schemes(_ reader: ObjectReader) throws(FieldFault) -> [(name: String, scheme: SecurityScheme)] {
    var schemes: [(name: String, scheme: SecurityScheme)] = []
    guard let map = try reader.anyObject("securitySchemes") else { return [] }
    for (name, value) in map.members {
      do throws(FieldFault) {
        let scheme = try SecurityScheme.read(ObjectReader(value, as: reader.notation))
        if let scheme { schemes.append((name, scheme)) }
      } catch {
        throw error.inside("securitySchemes[\(schemes.count)]")
      }
    }
    return schemes
  }

  /// An answer in 1.0 has its fields alone. In 0.3 a card needs an interface, if need be one of 1.0.
  func write(to object: inout JSONWriter, as notation: Notation) {
    let legacy = interfaces.filter(\.isLegacy)
    write(to: &object, legacy: notation.isV1 ? [] : legacy.isEmpty ? interfaces : legacy)
  }

  /// The document of both versions.
  func writeDocument(to object: inout JSONWriter) {
    write(to: &object, legacy: interfaces.filter(\.isLegacy))
  }

  private func write(to object: inout JSONWriter, legacy: [AgentInterface]) {
    object.member("name", name)
    object.member("description", description)
    object.list("supportedInterfaces", interfaces, as: .v1)
    if let first = legacy.first { first.writeLegacy(to: &object, others: legacy.dropFirst()) }
    object.member("provider", ifPresent: provider, as: .v1)
    object.member("version", version)
    object.member("documentationUrl", ifAny: documentationURL)
    object.member("iconUrl", ifAny: iconURL)
    object.member("capabilities", capabilities, as: .v1)
    if !legacy.isEmpty {
      object.member("supportsAuthenticatedExtendedCard", ifTrue: capabilities.extendedAgentCard == true)
    }
    if !securitySchemes.isEmpty {
      object.object("securitySchemes") { map in
        for (name, scheme) in securitySchemes {
          map.object(name) { scheme.write(to: &$0, isLegacy: !legacy.isEmpty) }
        }
      }
    }
    object.member(requirements: securityRequirements, isLegacy: !legacy.isEmpty)
    object.strings("defaultInputModes", defaultInputModes)
    object.strings("defaultOutputModes", defaultOutputModes)
    object.array("skills") { array in
      for skill in skills { array.object { skill.write(to: &$0, isLegacy: !legacy.isEmpty) } }
    }
    object.list("signatures", ifAny: signatures, as: .v1)
  }
}

extension AgentProvider: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(organization: try reader.text("organization") ?? "", url: try reader.text("url") ?? "")
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member("organization", organization)
    object.member("url", url)
  }
}

extension AgentCardSignature: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      protected: try reader.requiredString("protected"), signature: try reader.requiredString("signature"),
      header: try reader.anyObject("header"))
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member("protected", protected)
    object.member("signature", signature)
    object.member("header", ifObject: header)
  }
}
