import JSON

extension OAuthFlow {
  private static let names: [(member: String, kind: Kind)] = [
    ("authorizationCode", .authorizationCode), ("clientCredentials", .clientCredentials), ("deviceCode", .deviceCode),
    ("implicit", .implicit), ("password", .password),
  ]

  /// The first of the flows of a scheme: 1.0 has one.
  static func read(_ scheme: ObjectReader) throws(FieldFault) -> OAuthFlow {
    guard let flows = try scheme.reader("flows") else { throw .missing("flows") }
    for (name, kind) in names {
      do throws(FieldFault) {
        if let flow = try flows.reader(name) { return try OAuthFlow(flow, kind) }
      } catch {
        throw error.inside("flows.\(name)")
      }
    }
    throw FieldFault("must have a flow of OAuth 2, and has none", at: "flows")
  }

  private init(_ reader: ObjectReader, _ kind: Kind) throws(FieldFault) {
    self.init(kind: kind, scopes: try reader.texts("scopes"))
    authorizationURL = try reader.string("authorizationUrl")
    tokenURL = try reader.string("tokenUrl")
    deviceAuthorizationURL = try reader.string("deviceAuthorizationUrl")
    refreshURL = try reader.string("refreshUrl")
    pkceRequired = try reader.bool("pkceRequired")
  }

  func write(to flows: inout JSONWriter) {
    flows.object(Self.names.first { $0.kind == kind }?.member ?? "") { object in
      object.member("authorizationUrl", ifAny: authorizationURL)
      object.member("tokenUrl", ifAny: tokenURL)
      object.member("deviceAuthorizationUrl", ifAny: deviceAuthorizationURL)
      object.member("refreshUrl", ifAny: refreshURL)
      object.object("scopes") { map in
        for (name, meaning) in scopes.sorted(by: { $0.key < $1.key }) { map.member(name, meaning) }
      }
      object.member("pkceRequired", ifPresent: pkceRequired)
    }
  }
}

extension ObjectReader {
  /// A map of texts.
  fileprivate func texts(_ name: String) throws(FieldFault) -> [String: String] {
    var texts: [String: String] = [:]
    guard let map = try anyObject(name) else { return texts }
    for (key, value) in map.members {
      guard let text = value.string else { throw .wrongKind(value, expected: "a map of strings", at: name) }
      texts[key] = text
    }
    return texts
  }
}
