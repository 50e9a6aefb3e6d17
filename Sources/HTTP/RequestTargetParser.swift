/// Reads request targets: origin-form, absolute-form and asterisk-form (RFC 9112 section 3.2).
///
/// CONNECT never comes here, so there is no authority-form.
enum RequestTargetParser {
  static func parse(_ raw: ArraySlice<UInt8>, method: HTTPMethod) throws(Refusal) -> RequestTarget {
    guard let first = raw.first else { throw .badRequest("The request target is empty; send a path such as /.") }
    if let bad = raw.first(where: { !$0.isVisible || $0 == ASCII.hash }) { throw illegal(bad) }
    if first == ASCII.slash { return try originForm(raw, raw: raw, authority: nil) }
    if first != ASCII.asterisk { return try absoluteForm(raw, method: method) }
    guard raw.count == 1 else { throw .badRequest("The request target begins with * but is longer; send a path.") }
    guard method == .options else { throw .badRequest("The request target * is for OPTIONS alone; send a path.") }
    return asteriskForm(raw, authority: nil)
  }

  /// The refusal of a byte that no target has.
  static func illegal(_ byte: UInt8) -> Refusal {
    byte == ASCII.hash
      ? .badRequest("The request target has a fragment; send the target without # and what follows it.")
      : .badRequest("The request target has the byte \(Excerpt.naming(byte)); percent-encode it.")
  }

  private static func originForm(
    _ rest: ArraySlice<UInt8>, raw: ArraySlice<UInt8>, authority: String?
  ) throws(Refusal) -> RequestTarget {
    let path = rest.prefix { $0 != ASCII.question }
    let segments = try PathSegments.decode(path)
    var query: String?
    if path.endIndex < rest.endIndex {
      let bytes = rest[(path.endIndex + 1)...]
      try QuerySyntax.check(bytes)
      query = String(decoding: bytes, as: UTF8.self)
    }
    return RequestTarget(
      raw: String(decoding: raw, as: UTF8.self), path: String(decoding: path, as: UTF8.self), query: query,
      segments: segments, authority: authority)
  }

  private static func asteriskForm(_ raw: ArraySlice<UInt8>, authority: String?) -> RequestTarget {
    RequestTarget(
      raw: String(decoding: raw, as: UTF8.self), path: "*", query: nil, segments: [], authority: authority)
  }

  private static func absoluteForm(_ raw: ArraySlice<UInt8>, method: HTTPMethod) throws(Refusal) -> RequestTarget {
    guard let start = authorityStart(raw) else {
      throw .badRequest(
        "The request target \(Excerpt.quoting(raw)) is neither a path nor an http or https URI; send a path.")
    }
    let authority = raw[start...].prefix { $0 != ASCII.slash && $0 != ASCII.question }
    if let fault = HostSyntax.fault(in: authority) {
      throw .badRequest("The authority \(Excerpt.quoting(authority)) of the request target \(fault).")
    }
    let name = String(decoding: authority, as: UTF8.self)
    let rest = raw[authority.endIndex...]
    if rest.first == ASCII.slash { return try originForm(rest, raw: raw, authority: name) }
    // "If the URI has an empty path and no query component, the server asks for '*' on OPTIONS" (RFC 9112 section 3.2.4).
    if rest.isEmpty, method == .options { return asteriskForm(raw, authority: name) }
    return try originForm(([ASCII.slash] + rest)[...], raw: raw, authority: name)
  }

  /// Where the authority begins: behind `http://` or `https://` in any case; nil for another scheme or none.
  private static func authorityStart(_ raw: ArraySlice<UInt8>) -> Int? {
    for scheme in ["http://", "https://"] as [StaticString] {
      let length = scheme.utf8CodeUnitCount
      let start = String(decoding: raw.prefix(length), as: UTF8.self).lowercased()
      if start == scheme.description { return raw.startIndex + length }
    }
    return nil
  }
}
