import Wire

/// What `signalbox version` prints.
enum Version {
  static let current = "0.1.0"

  /// The program's version, and those of the libraries it really runs on.
  static var text: String {
    (["signalbox \(current)"] + LibraryVersions.all.map { "\($0.name) \($0.version)" }).joined(separator: "\n")
  }
}
