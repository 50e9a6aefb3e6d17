import HTTP

/// What comes beside a call, in fields or in the query.
enum ServiceParameters {
  static let version = "A2A-Version"
  static let extensions = "A2A-Extensions"
  /// As 0.3 calls them.
  static let legacyExtensions = "X-A2A-Extensions"

  /// The version that the caller speaks: absent means 0.3; of what is given the first number counts alone.
  static func version(_ fields: HTTPFields, _ query: [QueryItem]) throws(A2AError) -> ProtocolVersion {
    guard let given = given(fields, query) else { return .v0_3 }
    let numbers = given.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isVersion = numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 &- UInt8(ascii: "0") < 10 } }
    switch isVersion ? Int(Substring(numbers[0])) : nil {
    case 1: return .v1
    case 0: return .v0_3
    default:
      throw A2AError(
        .versionNotSupported,
        "The request is of A2A version \(Excerpt.quoting(given.utf8)), and 1.0 and 0.3 are spoken here.")
    }
  }

  static func isVersionGiven(_ fields: HTTPFields, _ query: [QueryItem]) -> Bool { given(fields, query) != nil }

  private static func given(_ fields: HTTPFields, _ query: [QueryItem]) -> String? {
    let values = [fields[version], query.first { $0.name.lowercased() == version.lowercased() }?.value]
    return values.compactMap { $0 }.map(trimmed).first { !$0.isEmpty }
  }

  private static func trimmed(_ text: String) -> String {
    String(Substring(text.utf8.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: " ") }))
  }

  /// The extensions the caller wants, each once.
  static func extensions(_ fields: HTTPFields) -> [String] {
    var extensions: [String] = []
    for uri in fields.listMembers(of: Self.extensions) + fields.listMembers(of: legacyExtensions)
    where !extensions.contains(uri) {
      extensions.append(uri)
    }
    return extensions
  }

  /// That what is asked for, and how, belongs to the version the caller speaks.
  static func require(_ spoken: ProtocolVersion, of version: ProtocolVersion, isGiven: Bool, for what: String)
    throws(A2AError)
  {
    guard spoken != version else { return }
    let said =
      isGiven
      ? "the request is of A2A version \(spoken.rawValue)"
      : "the request has no A2A-Version, which stands for 0.3"
    throw A2AError(
      .versionNotSupported,
      "\(what) belongs to A2A \(version.rawValue), and \(said); send A2A-Version: \(version.rawValue).")
  }
}
