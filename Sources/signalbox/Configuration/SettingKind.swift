/// What values a setting may have.
enum SettingKind: Sendable, Equatable {
  case boolean
  case integer(ClosedRange<Int>)
  case choice([String])
  /// Some of these, each once.
  case choices([String])
  /// Not empty, and without control characters.
  case text
  /// The same, or none at all.
  case optionalText
  /// A list of such texts, each once.
  case texts
  /// The same with one at least, or none at all.
  case optionalTexts
  /// An https URL, or none at all.
  case optionalURL
  /// The same, or an http URL of this machine.
  case optionalCollector
  /// Scheme, host and port of a site, as a browser writes them: `https://box.example`. Or none at all.
  case optionalOrigin
  /// A list of such sites.
  case origins
  /// A numeric IP address.
  case address
  /// A file or folder. Relative to the folder of the configuration file that names it, otherwise to the current one.
  case path
  /// The same, or none at all.
  case optionalPath
  /// Beginnings of SAN URIs.
  case uriPrefixes
  /// SAN DNS names.
  case dnsNames
  /// SAN URIs and DNS names, whole.
  case serverNames

  /// What would be right, to stand behind "must be".
  var expectation: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let names): names.count == 1 ? names[0].debugDescription : "one of \(names.joined(separator: ", "))"
    case .choices(let names): "a list of some of \(names.joined(separator: ", ")), each once"
    case .text: "a text that is not empty"
    case .optionalText: "a text that is not empty, or null for none"
    case .texts: "a list of texts, none empty and each once"
    case .optionalTexts: "a list of at least one text, none empty and each once, or null for none"
    case .optionalCollector:
      "an https URL, or an http URL of this machine, without user name, query or fragment, or null for none"
    case .optionalURL: "an https URL without user name, query or fragment, or null for none"
    case .optionalOrigin: "\(Self.originForm), or null for none"
    case .origins: "a list in which each is \(Self.originForm); there are no wildcards"
    case .address: "a numeric IP address such as 127.0.0.1 or ::1"
    case .path: "the path of a file or folder"
    case .optionalPath: "the path of a file or folder, or null for none"
    case .uriPrefixes: "a list of beginnings of URIs, each with a scheme and ending in \"/\""
    case .dnsNames: "a list of DNS names without wildcards"
    case .serverNames: "a list of URIs such as spiffe://example/agent/one and of DNS names without wildcards, each once"
    }
  }

  /// What the help calls a value.
  var placeholder: String {
    switch self {
    case .boolean: "true|false"
    case .integer: "NUMBER"
    case .choice(let names): names.joined(separator: "|")
    case .text, .optionalText: "TEXT"
    case .optionalURL, .optionalCollector, .optionalOrigin: "URL"
    case .address: "ADDRESS"
    case .path, .optionalPath: "PATH"
    case .choices, .texts, .optionalTexts, .origins, .uriPrefixes, .dnsNames, .serverNames: "LIST"
    }
  }

  private static let originForm =
    "https://NAME or https://NAME:PORT in lower case, with nothing behind it and without :443"
}
