/// The permission bits of a file or folder.
package struct FileMode: Hashable, Sendable, CustomStringConvertible {
  package let rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue & 0o7777
  }

  static let none = FileMode(rawValue: 0)
  /// Private keys.
  static let ownerOnly = FileMode(rawValue: 0o600)
  /// Certificates, lists and the index. The umask may narrow it.
  static let readableByAll = FileMode(rawValue: 0o644)
  /// Folders.
  static let ownerOnlyFolder = FileMode(rawValue: 0o700)

  /// Whether anybody but the owner, root aside, may do anything with it.
  var isOpenToOthers: Bool { rawValue & 0o077 != 0 }
  /// Whether anybody but the owner, root aside, may change it.
  var isWritableByOthers: Bool { rawValue & 0o022 != 0 }

  package var description: String {
    let digits = String(rawValue, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
