/// What values a setting may have.
enum SettingKind: Sendable, Equatable {
  case boolean
  case integer(ClosedRange<Int>)
  case choice([String])
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

  /// What would be right, to stand behind "must be".
  var expectation: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let names): names.count == 1 ? names[0].debugDescription : "one of \(names.joined(separator: ", "))"
    case .address: "a numeric IP address such as 127.0.0.1 or ::1"
    case .path: "the path of a file or folder"
    case .optionalPath: "the path of a file or folder, or null for none"
    case .uriPrefixes: "a list of beginnings of URIs, each with a scheme and ending in \"/\""
    case .dnsNames: "a list of DNS names without wildcards"
    }
  }

  /// What the help calls a value.
  var placeholder: String {
    switch self {
    case .boolean: "true|false"
    case .integer: "NUMBER"
    case .choice(let names): names.joined(separator: "|")
    case .address: "ADDRESS"
    case .path, .optionalPath: "PATH"
    case .uriPrefixes, .dnsNames: "LIST"
    }
  }
}
