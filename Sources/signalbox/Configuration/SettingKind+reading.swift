import JSON
import Wire

extension SettingKind {
  /// Reads a value of the configuration file; nil when it is none of this kind.
  func read(_ json: JSONValue) -> SettingValue? {
    let value: SettingValue? =
      switch json.kind {
      case .bool: json.bool.map { .boolean($0) }
      case .number: json.int.flatMap { Int(exactly: $0) }.map { .integer($0) }
      case .string: json.string.map { .text($0) }
      case .array: Self.strings(json).map { .list($0) }
      case .null: .absent
      case .object: nil
      }
    return value.flatMap { allows($0) ? $0 : nil }
  }

  /// Reads a value from the environment or a flag: a list has commas between its elements, and nothing at all is none.
  func read(_ text: String) -> SettingValue? {
    let value: SettingValue? =
      switch self {
      case .boolean: Bool(text).map { .boolean($0) }
      case .integer: Self.isDecimal(text) ? Int(text).map { .integer($0) } : nil
      case .choice, .address, .path: .text(text)
      case .optionalPath: text.isEmpty ? .absent : .text(text)
      case .uriPrefixes, .dnsNames: .list(text.split(separator: ",").map { $0.trimmed })
      }
    return value.flatMap { allows($0) ? $0 : nil }
  }

  private func allows(_ value: SettingValue) -> Bool {
    switch (self, value) {
    case (.boolean, .boolean): true
    case (.integer(let range), .integer(let number)): range.contains(number)
    case (.choice(let names), .text(let name)): names.contains(name)
    case (.address, .text(let host)): (try? SocketAddress(host: host, port: 0)) != nil
    case (.path, .text(let path)), (.optionalPath, .text(let path)): !path.isEmpty && !path.utf8.contains(0)
    case (.optionalPath, .absent): true
    case (.uriPrefixes, .list(let prefixes)): prefixes.allSatisfy(Self.isURIPrefix)
    case (.dnsNames, .list(let names)): names.allSatisfy(Self.isDNSName)
    default: false
    }
  }

  private static func strings(_ json: JSONValue) -> [String]? {
    let strings = json.elements.compactMap(\.string)
    return strings.count == json.count ? strings : nil
  }

  /// `Int` would also read "+5".
  private static func isDecimal(_ text: String) -> Bool {
    text.utf8.drop { $0 == UInt8(ascii: "-") }.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The slash at the end keeps the neighbour out: `…/agent` would also accept `…/agent-of-somebody-else`.
  private static func isURIPrefix(_ text: String) -> Bool {
    guard let scheme = text.split(separator: "://").first, !scheme.isEmpty, !text.hasPrefix("://") else { return false }
    return text.contains("://") && text.hasSuffix("/") && !text.hasSuffix("://") && !text.utf8.contains { $0 <= 0x20 }
  }

  /// Names are compared whole, so a wildcard would never match anything.
  private static func isDNSName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "*") }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
