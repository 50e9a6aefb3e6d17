/// One certificate that the PKI has issued.
package struct IndexEntry: Hashable, Sendable {
  package enum Holder: Hashable, Sendable {
    /// `server-ca` or `client-ca`.
    case authority(String)
    /// A server, under the first of its names.
    case server(String)
    case client(ClientKind, name: String)
    /// An agent service, to those who call it.
    case service(String)
  }

  package enum State: Hashable, Sendable {
    /// Not taken back. Whether it is still within its validity is a question of the time: see `standing(at:)`.
    case issued
    case revoked(at: UnixTime)
  }

  /// What a certificate is worth at one moment.
  package enum Standing: Hashable, Sendable {
    case valid
    case expired
    case revoked(at: UnixTime)
  }

  package let holder: Holder
  package let serialNumber: SerialNumber
  package let notAfter: UnixTime
  package internal(set) var state: State

  package func standing(at now: UnixTime) -> Standing {
    switch state {
    case .revoked(let time): .revoked(at: time)
    case .issued: now > notAfter ? .expired : .valid
    }
  }
}

extension IndexEntry.Holder: CustomStringConvertible {
  /// As the index has it: `agent/insider-trading`.
  package var description: String {
    switch self {
    case .authority(let name): "authority/\(name)"
    case .server(let name): "server/\(name)"
    case .client(let kind, let name): "\(kind.rawValue)/\(name)"
    case .service(let name): "service/\(name)"
    }
  }

  init?(_ text: Substring) {
    guard let slash = text.firstIndex(of: "/") else { return nil }
    let name = String(text[text.index(after: slash)...])
    switch text[..<slash] {
    case "authority" where ClientKind.isValidName(name): self = .authority(name)
    case "service" where ClientKind.isValidName(name): self = .service(name)
    case "server":
      guard let server = try? ServerName(name), server.description == name else { return nil }
      self = .server(name)
    default:
      guard let kind = ClientKind(rawValue: String(text[..<slash])), ClientKind.isValidName(name) else { return nil }
      self = .client(kind, name: name)
    }
  }
}

extension IndexEntry.State: CustomStringConvertible {
  package var description: String {
    switch self {
    case .issued: "issued"
    case .revoked(let time): "revoked since \(time)"
    }
  }
}

extension IndexEntry.Standing: CustomStringConvertible {
  package var description: String {
    switch self {
    case .valid: "valid"
    case .expired: "expired"
    case .revoked(let time): "revoked since \(time)"
    }
  }
}
