/// By what open streams are counted.
struct StandingKey: Sendable, Hashable {
  /// The letters by which gateways tell each other. Other versions read them, too.
  enum Kind: Character, Sendable {
    case principal = "p"
    case address = "a"
  }

  let kind: Kind
  let name: String

  static func principal(_ name: String) -> StandingKey { StandingKey(kind: .principal, name: name) }
  /// - Parameter name: `SocketAddress.neighbourhood`.
  static func address(_ name: String) -> StandingKey { StandingKey(kind: .address, name: name) }
}

extension StandingKey {
  var word: String { "\(kind.rawValue)\(name)" }

  /// Nil where a newer gateway counts by something that is not known here.
  init?(word: String) {
    guard let kind = word.first.flatMap(Kind.init(rawValue:)) else { return nil }
    self.init(kind: kind, name: String(word.dropFirst()))
  }
}
