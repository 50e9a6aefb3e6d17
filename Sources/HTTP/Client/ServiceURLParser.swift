/// Takes the URL of a service apart and refuses what could be read in two ways.
enum ServiceURLParser {
  /// So that the request line stays below what servers commonly take.
  static let maxLength = 8000

  private static let form = "write https://host:port/path"

  static func parse(
    _ text: ArraySlice<UInt8>, allowingPlainOnLoopback: Bool
  ) throws(ServiceURLError) -> ServiceURL {
    try checkBytes(text)
    let (scheme, rest) = try takeScheme(text, allowingPlain: allowingPlainOnLoopback)
    let authority = rest.prefix { $0 != ASCII.slash && $0 != ASCII.question }
    guard !authority.contains(ASCII.at) else {
      throw ServiceURLError(
        "The URL has a user name or password before the host; leave out the @ and what is before it.")
    }
    if let fault = HostSyntax.fault(in: authority) { throw badHost(authority, fault) }
    let host = takeHost(authority)
    if let fault = faultInHost(host) { throw badHost(authority, fault) }
    let name = String(decoding: host, as: UTF8.self).lowercased()
    guard scheme.isEncrypted || LoopbackHost.matches(name) else {
      throw ServiceURLError(
        """
        The URL has the scheme \(scheme.rawValue) and the host \(Excerpt.quoting(host)), which is not this machine by \
        definition; encrypt with \(scheme.encrypted.rawValue)://, or call localhost or a loopback address.
        """)
    }
    let behind = rest[authority.endIndex...]
    let isLiteral = authority.first == ASCII.openBracket
    return ServiceURL(
      scheme: scheme, host: name,
      hostIsAddress: isLiteral || IPv4Syntax.isAddress(host),
      port: try port(authority[(isLiteral ? host.endIndex + 1 : host.endIndex)...]) ?? scheme.defaultPort,
      target: try target(behind.first == ASCII.slash ? behind : [ASCII.slash] + behind))
  }

  /// - Parameter text: begins with a slash.
  static func target(_ text: ArraySlice<UInt8>) throws(ServiceURLError) -> RequestTarget {
    do throws(Refusal) {
      return try RequestTargetParser.parse(text, method: .get)
    } catch {
      throw ServiceURLError("The URL cannot be used: \(error.detail.prefix(1).lowercased())\(error.detail.dropFirst())")
    }
  }

  private static func checkBytes(_ text: ArraySlice<UInt8>) throws(ServiceURLError) {
    guard !text.isEmpty else { throw ServiceURLError("The URL is empty; \(form).") }
    guard text.count <= maxLength else {
      throw ServiceURLError("The URL is longer than \(maxLength) bytes; shorten its query or its path.")
    }
    if let bad = text.first(where: { !$0.isVisible }) {
      throw ServiceURLError(
        "The URL has the byte \(Excerpt.naming(bad)); percent-encode it, and write host names in their xn-- form.")
    }
    guard !text.contains(ASCII.hash) else {
      throw ServiceURLError("The URL has a fragment; leave out the # and what follows it.")
    }
  }

  private static func takeScheme(
    _ text: ArraySlice<UInt8>, allowingPlain: Bool
  ) throws(ServiceURLError) -> (ServiceURL.Scheme, ArraySlice<UInt8>) {
    let name = text.prefix { $0.isLetter || $0.isDigit || $0 == ASCII.plus || $0 == ASCII.dash || $0 == ASCII.dot }
    let rest = text[name.endIndex...]
    guard !name.isEmpty, rest.starts(with: "://".utf8) else {
      throw ServiceURLError("The URL does not begin with a scheme and ://; \(form).")
    }
    guard let scheme = ServiceURL.Scheme(rawValue: String(decoding: name, as: UTF8.self).lowercased()) else {
      throw ServiceURLError("The URL has the scheme \(Excerpt.quoting(name)); write https:// or wss:// instead.")
    }
    guard scheme.isEncrypted || allowingPlain else {
      throw ServiceURLError(
        "The URL has the scheme \(scheme.rawValue), which is not encrypted; write \(scheme.encrypted.rawValue):// instead."
      )
    }
    return (scheme, rest.dropFirst(3))
  }

  /// The host of a valid authority, without brackets.
  private static func takeHost(_ authority: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    authority.first == ASCII.openBracket
      ? authority.dropFirst().prefix { $0 != ASCII.closeBracket } : authority.prefix { $0 != ASCII.colon }
  }

  /// What is wrong with a host beyond what `HostSyntax` sees: names that a resolver or a certificate check takes for others.
  private static func faultInHost(_ host: ArraySlice<UInt8>) -> String? {
    if host.contains(ASCII.colon) || IPv4Syntax.isAddress(host) { return nil }
    if IPv4Syntax.looksLikeAddress(host) { return "looks like an IPv4 address and is none" }
    for label in host.split(separator: ASCII.dot, omittingEmptySubsequences: false) {
      if label.isEmpty { return "has a dot at its beginning or end, or two in a row" }
      if label.count > 63 { return "has more than 63 bytes between two dots" }
      if label.first == ASCII.dash || label.last == ASCII.dash { return "has a dash at the edge of a label" }
    }
    return nil
  }

  /// The port that is written, if one is.
  /// - Parameter rest: what stands behind the host of a valid authority.
  private static func port(_ rest: ArraySlice<UInt8>) throws(ServiceURLError) -> Int? {
    guard !rest.isEmpty else { return nil }
    let digits = String(decoding: rest.dropFirst(), as: UTF8.self)
    guard let number = Int(digits), number > 0, rest.dropFirst().first != ASCII.zero else {
      throw ServiceURLError(
        "The URL has the port \(Excerpt.quoting(digits)); write a number between 1 and 65535, or leave out the colon.")
    }
    return number
  }

  /// What follows a colon is not quoted: it may be the beginning of a password with a slash in it.
  private static func badHost(_ authority: ArraySlice<UInt8>, _ fault: String) -> ServiceURLError {
    let host = authority.first == ASCII.openBracket ? authority : authority.prefix { $0 != ASCII.colon }
    return ServiceURLError("The host \(Excerpt.quoting(host)) of the URL \(fault); \(form).")
  }
}

extension ServiceURL.Scheme {
  /// The same over TLS.
  fileprivate var encrypted: Self {
    switch self {
    case .https, .http: .https
    case .wss, .ws: .wss
    }
  }
}
