package import A2A
import HTTP

/// Which of a card's interfaces a caller is ready to use.
package struct InterfaceRules: Sendable {
  /// Where an interface may be, seen from its card.
  ///
  /// A card may name any host. Whoever follows it shows that host a client certificate, credentials and the contents of messages,
  /// and can be sent to a service that only we reach. TLS proves that the host is the one that was named, not that naming it was
  /// right. So it has to be a host that the caller trusts already: the card's own, which TLS has proven (at any port, for a
  /// certificate knows no ports), or one that is listed.
  package enum Hosts: Sendable, Equatable {
    /// The card's own, and these (without port).
    case ofCard(and: Set<String> = [])
    /// Whatever the card says, for cards that are trusted as one's own configuration is.
    case any
  }

  package var hosts = Hosts.ofCard()
  /// Takes unencrypted interfaces as well, on this machine alone. For trials: whoever listens there first is taken for the agent.
  package var allowsPlainOnLoopback = false
  /// The caller's order in place of the card's; dialects that are not in it are not used.
  package var dialects: [Dialect]?

  package init() {}

  /// The first usable interface, in the card's order or in the caller's.
  func choose(from card: AgentCard, at cardURL: ServiceURL) throws(NoUsableInterface) -> ChosenInterface {
    var usable: [ChosenInterface] = []
    var passedOver: [PassedOver] = []
    for interface in card.interfaces {
      do throws(PassedOver.Reason) {
        usable.append(try examine(interface, cardURL))
      } catch {
        passedOver.append(PassedOver(interface: interface, reason: error))
      }
    }
    let chosen = dialects.map { order in
      order.lazy.compactMap { dialect in usable.first { $0.dialect == dialect } }.first
    }
    guard let interface = chosen ?? usable.first else { throw NoUsableInterface(offers: passedOver) }
    return interface
  }

  private func examine(
    _ interface: AgentInterface, _ cardURL: ServiceURL
  ) throws(PassedOver.Reason) -> ChosenInterface {
    let binding: Dialect.Binding
    switch interface.binding {
    case .jsonRPC: binding = .jsonRPC
    case .httpJSON: binding = .httpJSON
    case .grpc, .other: throw .binding
    }
    guard let version = ProtocolVersion(offered: interface.protocolVersion) else { throw .version }
    let dialect = Dialect(binding, version)
    guard dialects?.contains(dialect) ?? true else { throw .notWanted }
    let url: ServiceURL
    do throws(ServiceURLError) {
      url = try ServiceURL(parsing: interface.url, allowingPlainOnLoopback: allowsPlainOnLoopback)
    } catch {
      throw .url(error.description)
    }
    guard [.https, .http].contains(url.scheme) else { throw .url("It is for WebSockets; write https://.") }
    if binding == .httpJSON, url.query != nil { throw .url("It has a query, behind which no path can be put.") }
    guard permits(url.host, cardURL) else { throw .host(url.host) }
    return ChosenInterface(url: url, dialect: dialect, tenant: interface.tenant)
  }

  private func permits(_ host: String, _ cardURL: ServiceURL) -> Bool {
    switch hosts {
    case .any: true
    case .ofCard(let others): host == cardURL.host || others.contains { $0.lowercased() == host }
    }
  }
}

extension ProtocolVersion {
  /// The version in which a peer that offers `text` is spoken to: every 1.x in 1.0, patches aside. Nil for the others.
  init?(offered text: String) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count >= 2, numbers.allSatisfy({ UInt16($0) != nil }) else { return nil }
    switch (numbers[0], numbers[1]) {
    case ("1", _): self = .v1
    case ("0", "3"): self = .v0_3
    default: return nil
    }
  }
}
