import Identity

/// The name of a command: the same one again is the same command, so nobody else may find the same.
enum CommandID {
  static func make() -> String { "cli-" + SecureRandom.token() }

  /// 1 to 128 printable characters of ASCII, no space.
  static func isOne(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
