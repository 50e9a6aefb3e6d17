/// Where the value of a setting comes from.
enum SettingOrigin: Sendable, Equatable {
  case defaultValue
  case file(String, line: Int, column: Int)
  case environment(String)
  case flag(String)

  /// What a relative path in a value is relative to; empty: the current folder.
  var folder: String {
    guard case .file(let path, _, _) = self, let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }
}

extension SettingOrigin: CustomStringConvertible {
  var description: String {
    switch self {
    case .defaultValue: "the default"
    case .file(let path, let line, let column): "\(path):\(line):\(column)"
    case .environment(let name): "environment variable \(name)"
    case .flag(let name): "flag \(name)"
    }
  }
}
