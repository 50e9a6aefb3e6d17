import HTTP
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
      case .choice, .text, .address, .path: .text(text)
      case .optionalText, .optionalURL, .optionalCollector, .optionalOrigin, .optionalPath:
        text.isEmpty ? .absent : .text(text)
      case .choices, .texts, .origins, .uriPrefixes, .dnsNames, .serverNames: .list(Self.elements(of: text))
      case .optionalTexts: text.isEmpty ? .absent : .list(Self.elements(of: text))
      }
    return value.flatMap { allows($0) ? $0 : nil }
  }

  private func allows(_ value: SettingValue) -> Bool {
    switch (self, value) {
    case (.boolean, .boolean): true
    case (.integer(let range), .integer(let number)): range.contains(number)
    case (.choice(let names), .text(let name)): names.contains(name)
    case (.choices(let known), .list(let names)): names.allSatisfy(known.contains) && Self.areDistinct(names)
    case (.text, .text(let text)), (.optionalText, .text(let text)): Self.isPrintable(text)
    case (.texts, .list(let texts)): texts.allSatisfy(Self.isPrintable) && Self.areDistinct(texts)
    case (.optionalTexts, .list(let texts)):
      !texts.isEmpty && texts.allSatisfy(Self.isPrintable) && Self.areDistinct(texts)
    case (.optionalURL, .text(let url)): Self.isServiceURL(url)
    case (.optionalCollector, .text(let url)): Self.isCollectorURL(url)
    case (.optionalOrigin, .text(let origin)): Self.isOrigin(origin)
    case (.origins, .list(let origins)): origins.allSatisfy(Self.isOrigin) && Self.areDistinct(origins)
    case (.optionalText, .absent), (.optionalTexts, .absent), (.optionalOrigin, .absent): true
    case (.optionalURL, .absent), (.optionalCollector, .absent): true
    case (.address, .text(let host)): (try? SocketAddress(host: host, port: 0)) != nil
    case (.path, .text(let path)), (.optionalPath, .text(let path)): !path.isEmpty && !path.utf8.contains(0)
    case (.optionalPath, .absent): true
    case (.uriPrefixes, .list(let prefixes)): prefixes.allSatisfy(Self.isURIPrefix)
    case (.dnsNames, .list(let names)): names.allSatisfy(Self.isDNSName)
    case (.serverNames, .list(let names)): names.allSatisfy(Self.isServerName) && Self.areDistinct(names)
    default: false
    }
  }

  private static func strings(_ json: JSONValue) -> [String]? {
    let strings = json.elements.compactMap(\.string)
    return strings.count == json.count ? strings : nil
  }

  private static func elements(of text: String) -> [String] { text.split(separator: ",").map { $0.trimmed } }

  /// `Int` would also read "+5".
  private static func isDecimal(_ text: String) -> Bool {
    text.utf8.drop { $0 == UInt8(ascii: "-") }.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func areDistinct(_ texts: [String]) -> Bool { Set(texts).count == texts.count }

  private static func isPrintable(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// Without TLS nobody knows who answers, on this machine as little as elsewhere: `http` is refused for loopback, too.
  private static func isServiceURL(_ text: String) -> Bool {
    guard let url = try? ServiceURL(parsing: text) else { return false }
    return url.scheme == .https && url.query == nil
  }

  /// Collectors run beside what they collect from, as a rule without TLS. Nothing leaves the machine then, nothing is believed that
  /// comes back, and what was said or done lies in no span.
  private static func isCollectorURL(_ text: String) -> Bool {
    guard let url = try? ServiceURL(parsing: text, allowingPlainOnLoopback: true) else { return false }
    return [.https, .http].contains(url.scheme) && url.query == nil
  }

  /// Origins are compared byte for byte with what browsers send, so only their way of writing one would ever fit.
  private static func isOrigin(_ text: String) -> Bool {
    guard let url = try? ServiceURL(parsing: text) else { return false }
    return text == "https://\(url.authority)"
  }

  /// The slash at the end keeps the neighbour out: `…/agent` would also accept `…/agent-of-somebody-else`.
  private static func isURIPrefix(_ text: String) -> Bool {
    guard let scheme = text.split(separator: "://").first, !scheme.isEmpty, !text.hasPrefix("://") else { return false }
    return text.contains("://") && text.hasSuffix("/") && !text.hasSuffix("://") && !text.utf8.contains { $0 <= 0x20 }
  }

  /// A URI has a scheme; what has a slash and no scheme is neither that nor a DNS name.
  private static func isServerName(_ text: String) -> Bool {
    isDNSName(text) && (text.contains("://") || !text.contains("/"))
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
