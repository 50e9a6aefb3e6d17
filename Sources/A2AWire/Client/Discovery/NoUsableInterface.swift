package import A2A

/// A card offers nothing that is spoken here, or nothing that the caller permits.
package struct NoUsableInterface: Error, Sendable, Equatable {
  /// Everything that the card offers, in its order.
  package let offers: [PassedOver]

  /// What the card offers and what we speak, to follow the agent's name.
  var text: String {
    let offered = offers.isEmpty ? "nothing" : offers.prefix(10).map(\.text).joined(separator: "; ")
    let rest = offers.count > 10 ? "; and \(offers.count - 10) more" : ""
    return "its card offers no interface that can be used, but \(offered)\(rest)"
      + "; spoken here are JSONRPC and HTTP+JSON in the versions 1.x and 0.3"
  }
}

/// An interface that is not used, and why.
package struct PassedOver: Sendable, Equatable {
  package enum Reason: Error, Sendable, Equatable {
    /// gRPC, or one that is nobody's but the agent's.
    case binding
    case version
    /// It cannot be called; the text says why.
    case url(String)
    /// It is not the card's host, and not among those that are permitted.
    case host(String)
    /// The caller has asked for others.
    case notWanted
  }

  package let interface: AgentInterface
  package let reason: Reason

  var text: String {
    let version = ForeignText.quoting(interface.protocolVersion)
    let offer = "\(interface.binding.shown) \(version) at \(ForeignText.quoting(interface.url))"
    return switch reason {
    case .binding: "\(offer) (this binding is not spoken)"
    case .version: "\(offer) (this version is not spoken)"
    case .url(let text): "\(offer) (\(ForeignText.clause(text)))"
    case .host(let host): "\(offer) (its host \(ForeignText.quoting(host)) is not the card's; permit it to use it)"
    case .notWanted: "\(offer) (the caller wants another)"
    }
  }
}

extension AgentInterface.Binding {
  fileprivate var shown: String {
    switch self {
    case .jsonRPC, .httpJSON, .grpc: name
    case .other(let name): ForeignText.quoting(name)
    }
  }
}
