/// The address of a service that is called: an absolute URL whose every part is beyond doubt.
///
/// Stricter than RFC 3986 on purpose: only encrypted schemes (others where they are asked for, and on this machine alone), no
/// user information, no fragment, and no host that one resolver takes for a name and another for an address. Scheme and host
/// are kept in lower case, path and query as they were written.
package struct ServiceURL: Sendable, Equatable, CustomStringConvertible {
  package enum Scheme: String, Sendable {
    case https
    case wss
    case http
    case ws

    package var isEncrypted: Bool {
      switch self {
      case .https, .wss: true
      case .http, .ws: false
      }
    }

    /// The port that is left out of texts.
    package var defaultPort: Int { isEncrypted ? 443 : 80 }
  }

  package let scheme: Scheme
  /// A host name or an address, without brackets: what a certificate is checked against.
  package let host: String
  /// The host is an IPv4 or IPv6 address, which a certificate names otherwise than a host name.
  package let hostIsAddress: Bool
  package let port: Int
  /// What is asked for: a path with or without a query, `/` where the text has none.
  package let target: RequestTarget

  /// Reads text from outside; throws a sentence that says what to write instead. It never quotes user information or the
  /// query, which may hold a secret.
  /// - Parameter allowingPlainOnLoopback: takes `http` and `ws` as well, for `localhost` and loopback addresses only. Whoever
  ///   calls such a URL still has to look at the address that a name leads to.
  package init(parsing text: String, allowingPlainOnLoopback: Bool = false) throws(ServiceURLError) {
    self = try ServiceURLParser.parse(Array(text.utf8)[...], allowingPlainOnLoopback: allowingPlainOnLoopback)
  }

  init(scheme: Scheme, host: String, hostIsAddress: Bool, port: Int, target: RequestTarget) {
    self.scheme = scheme
    self.host = host
    self.hostIsAddress = hostIsAddress
    self.port = port
    self.target = target
  }

  /// Begins with `/`; percent-encoded, as it was written.
  package var path: String { target.path }

  /// What follows the first `?`, as it was written; nil without a `?`.
  package var query: String? { target.query }

  /// `host` or `host:port`, for the Host field: an IPv6 address in brackets, the default port left out.
  package var authority: String {
    let name = host.utf8.contains(ASCII.colon) ? "[\(host)]" : host
    return port == scheme.defaultPort ? name : "\(name):\(port)"
  }

  /// The URL that reads back as an equal one.
  package var description: String { "\(scheme.rawValue)://\(authority)\(target.raw)" }

  /// Another resource of the same service.
  /// - Parameter reference: an absolute path, with or without a query. References of other forms are refused: none of them
  ///   is needed here, and `//host` would lead to another server.
  package func resolving(_ reference: String) throws(ServiceURLError) -> ServiceURL {
    let bytes = Array(reference.utf8)
    guard bytes.first == ASCII.slash, bytes.dropFirst().first != ASCII.slash else {
      throw ServiceURLError("The reference is no absolute path; write one that begins with a single slash.")
    }
    return ServiceURL(
      scheme: scheme, host: host, hostIsAddress: hostIsAddress, port: port,
      target: try ServiceURLParser.target(bytes[...]))
  }
}

/// Why a text is not the URL of a service.
package struct ServiceURLError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A full sentence that says what to write instead, printable ASCII.
  package let description: String

  init(_ description: String) { self.description = description }
}
