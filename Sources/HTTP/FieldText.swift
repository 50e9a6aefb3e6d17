/// What may stand in a field: the one place that guards against response splitting.
package enum FieldText {
  /// A token of RFC 9110 section 5.6.2: a field name, a method, a protocol name.
  package static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(\.isToken)
  }

  /// A field value: HTAB, SP and visible characters up to U+00FF; no CR, LF, NUL or other control character.
  package static func isValue(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 < 0x80 && $0.isFieldValue }) { return true }
    return text.unicodeScalars.allSatisfy { $0.value <= 0xff && UInt8($0.value).isFieldValue }
  }
}

/// Text from outside that cannot be a field value.
package struct IllegalFieldValue: Error, Equatable, Sendable, CustomStringConvertible {
  package let name: String
  /// The value, shortened and escaped: safe to log.
  package let excerpt: String

  package var description: String {
    "The value \(excerpt) cannot be sent in the field \(name): it has a control character or one above U+00FF."
  }
}
