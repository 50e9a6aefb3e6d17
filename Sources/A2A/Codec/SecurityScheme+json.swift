import JSON

// In cards an object has the members of both versions beside each other: 1.0 wraps a scheme in a member that names it,
// 0.3 says its `type`.

extension SecurityScheme {
  /// Nil for a scheme of a kind that is not known here, which makes a card no less readable.
  static func read(_ reader: ObjectReader) throws(FieldFault) -> SecurityScheme? {
    for (name, kind) in kinds {
      guard let scheme = try reader.reader(name) else { continue }
      do throws(FieldFault) {
        return try read(scheme, kind)
      } catch {
        throw error.inside(name)
      }
    }
    guard let type = try reader.string("type"), let kind = kinds.first(where: { $0.kind.rawValue == type })?.kind else {
      return nil
    }
    return try read(reader, kind)
  }

  private enum Kind: String {
    case apiKey, http, oauth2, openIdConnect, mutualTLS
  }

  private static let kinds: [(member: String, kind: Kind)] = [
    ("apiKeySecurityScheme", .apiKey), ("httpAuthSecurityScheme", .http), ("oauth2SecurityScheme", .oauth2),
    ("openIdConnectSecurityScheme", .openIdConnect), ("mtlsSecurityScheme", .mutualTLS),
  ]

  private static func read(_ reader: ObjectReader, _ kind: Kind) throws(FieldFault) -> SecurityScheme {
    let description = try reader.string("description")
    switch kind {
    case .apiKey:
      let location = try reader.requiredString(reader.name(among: "location", "in"))
      return .apiKey(name: try reader.requiredString("name"), location: location, description: description)
    case .http:
      return .http(
        scheme: try reader.requiredString("scheme"), bearerFormat: try reader.string("bearerFormat"),
        description: description)
    case .oauth2:
      let metadataURL = try reader.string(reader.name(among: "oauth2MetadataUrl", "oauth2_metadata_url"))
      return .oauth2(try OAuthFlow.read(reader), metadataURL: metadataURL, description: description)
    case .openIdConnect:
      return .openIDConnect(url: try reader.requiredString("openIdConnectUrl"), description: description)
    case .mutualTLS:
      return .mutualTLS(description: description)
    }
  }

  /// - Parameter isLegacy: the members of 0.3, beside those of 1.0.
  func write(to object: inout JSONWriter, isLegacy: Bool) {
    object.object(Self.kinds.first { $0.kind == kind }?.member ?? "") { writeMembers(to: &$0, isLegacy: false) }
    guard isLegacy else { return }
    object.member("type", kind.rawValue)
    writeMembers(to: &object, isLegacy: true)
  }

  private var kind: Kind {
    switch self {
    case .apiKey: .apiKey
    case .http: .http
    case .oauth2: .oauth2
    case .openIDConnect: .openIdConnect
    case .mutualTLS: .mutualTLS
    }
  }

  private func writeMembers(to object: inout JSONWriter, isLegacy: Bool) {
    switch self {
    case .apiKey(let name, let location, let description):
      object.member("description", ifAny: description)
      object.member(isLegacy ? "in" : "location", location)
      object.member("name", name)
    case .http(let scheme, let bearerFormat, let description):
      object.member("description", ifAny: description)
      object.member("scheme", scheme)
      object.member("bearerFormat", ifAny: bearerFormat)
    case .oauth2(let flow, let metadataURL, let description):
      object.member("description", ifAny: description)
      object.object("flows") { flow.write(to: &$0) }
      object.member("oauth2MetadataUrl", ifAny: metadataURL)
    case .openIDConnect(let url, let description):
      object.member("description", ifAny: description)
      object.member("openIdConnectUrl", url)
    case .mutualTLS(let description):
      object.member("description", ifAny: description)
    }
  }
}
