/// Text or bytes that nobody may read by accident: a token, a password, a key.
///
/// It prints as `[redacted]` wherever Swift prints a value: in descriptions, string interpolation, `dump`, mirrors, and
/// log lines, and also inside of something that is printed. `reveal()` is the only way to what it holds, so that
/// a search for that word finds every place that could leak.
package struct Secret: Sendable {
  private let bytes: [UInt8]

  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The secret itself. For a text, `String(decoding: secret.reveal(), as: UTF8.self)`.
  package func reveal() -> [UInt8] { bytes }
}

extension Secret: Equatable {
  /// Compares in a time that does not depend on where two secrets of one length differ, so that nobody can guess one
  /// byte by byte.
  ///
  /// A hash table would undo that, which is why a secret is not `Hashable`.
  package static func == (left: Secret, right: Secret) -> Bool {
    guard left.bytes.count == right.bytes.count else { return false }
    var difference: UInt8 = 0
    for index in left.bytes.indices { difference |= left.bytes[index] ^ right.bytes[index] }
    return difference == 0
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { Redaction.mark }

  package var debugDescription: String { Redaction.mark }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
