/// One name in a certificate's subject alternative names, as the very bytes that stand there.
///
/// C code that takes such bytes for a string stops at a NUL and believes `good\0.evil` to be `good`. Here the length is
/// explicit: `text` is nil for a name that holds a NUL, and `description` shows it.
package struct SubjectAlternativeName: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case uri = "URI"
    case dns = "DNS"
    case ipAddress = "IP"
    case email = "email"
    /// A directory name, a registered identifier, …: nothing that identifies anybody here.
    case other = "other"
  }

  package let kind: Kind
  package let bytes: [UInt8]

  package init(kind: Kind, bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  package static func uri(_ text: String) -> SubjectAlternativeName {
    SubjectAlternativeName(kind: .uri, bytes: Array(text.utf8))
  }

  package static func dns(_ text: String) -> SubjectAlternativeName {
    SubjectAlternativeName(kind: .dns, bytes: Array(text.utf8))
  }

  package var containsNUL: Bool {
    kind != .ipAddress && bytes.contains(0)
  }

  /// The name for comparing: an address in its usual form, any other name as it stands. Nil when it is no plain text,
  /// that is when any byte is not a printable ASCII character; such a name must match nothing.
  package var text: String? {
    switch kind {
    case .ipAddress: return IPAddress(bytes: bytes)?.description
    case .uri, .dns, .email:
      return bytes.allSatisfy { (0x21...0x7E).contains($0) } ? String(decoding: bytes, as: UTF8.self) : nil
    case .other: return nil
    }
  }
}

extension SubjectAlternativeName: CustomStringConvertible {
  /// For people and logs: `URI:spiffe://signalbox.local/agent/a`, with `\x00` for every byte that is not printable.
  package var description: String {
    switch kind {
    case .other: "other:(\(bytes.count) bytes)"
    case .ipAddress: "IP:" + (text ?? "(\(bytes.count) bytes)")
    case .uri, .dns, .email: kind.rawValue + ":" + escaped
    }
  }

  private var escaped: String {
    bytes.map { byte in
      (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\\")
        ? String(UnicodeScalar(byte)) : "\\x" + hexadecimal([byte])
    }.joined()
  }
}
