import JSON

extension AgentInterface: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      url: try reader.requiredString("url"), binding: Binding(name: try reader.requiredString("protocolBinding")),
      protocolVersion: Self.majorAndMinor(try reader.string("protocolVersion") ?? ProtocolVersion.v1.rawValue),
      tenant: try reader.string("tenant"))
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member("url", url)
    object.member("protocolBinding", binding.name)
    object.member("tenant", ifAny: tenant)
    object.member("protocolVersion", protocolVersion)
  }

  /// Patches do not count.
  private static func majorAndMinor(_ version: String) -> String {
    version.split(separator: ".", omittingEmptySubsequences: false).prefix(2).joined(separator: ".")
  }

  /// Of 0.3, whatever the patch.
  var isLegacy: Bool { protocolVersion == ProtocolVersion.v0_3.rawValue }
}

// MARK: - In cards of 0.3

extension AgentInterface {
  /// The main interface, and the others that the card has besides.
  static func legacy(_ card: ObjectReader) throws(FieldFault) -> [AgentInterface] {
    guard let url = try card.string("url") else { throw .missing("supportedInterfaces") }
    let version = majorAndMinor(try card.string("protocolVersion") ?? ProtocolVersion.v0_3.rawValue)
    let transport = try card.string("preferredTransport") ?? Binding.jsonRPC.name
    var interfaces = [AgentInterface(url: url, binding: Binding(name: transport), protocolVersion: version)]
    var index = 0
    for element in try card.array("additionalInterfaces") ?? JSONValue.object({ _ in }).elements {
      do throws(FieldFault) {
        let reader = try ObjectReader(element, as: card.notation)
        let other = AgentInterface(
          url: try reader.requiredString("url"), binding: Binding(name: try reader.requiredString("transport")),
          protocolVersion: version)
        // The main one should be among them once more.
        if !interfaces.contains(other) { interfaces.append(other) }
      } catch {
        throw error.inside("additionalInterfaces[\(index)]")
      }
      index += 1
    }
    return interfaces
  }

  func writeLegacy(to card: inout JSONWriter, others: some Sequence<AgentInterface>) {
    card.member("protocolVersion", protocolVersion + ".0")
    card.member("url", url)
    card.member("preferredTransport", binding.name)
    card.array("additionalInterfaces") { array in
      for interface in [self] + others {
        array.object {
          $0.member("url", interface.url)
          $0.member("transport", interface.binding.name)
        }
      }
    }
  }
}

extension AgentInterface.Binding {
  package init(name: String) {
    switch name {
    case "JSONRPC": self = .jsonRPC
    case "HTTP+JSON": self = .httpJSON
    case "GRPC": self = .grpc
    default: self = .other(name)
    }
  }

  package var name: String {
    switch self {
    case .jsonRPC: "JSONRPC"
    case .httpJSON: "HTTP+JSON"
    case .grpc: "GRPC"
    case .other(let uri): uri
    }
  }
}
