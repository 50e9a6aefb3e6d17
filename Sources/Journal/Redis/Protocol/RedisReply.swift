/// What the server answers.
package enum RedisReply: Sendable, Equatable {
  case text(String)
  case bytes([UInt8])
  case integer(Int64)
  case array([RedisReply])
  case null
  /// As the server words it: a code in capitals, then a sentence.
  case error(String)

  package var elements: [RedisReply] {
    if case .array(let elements) = self { elements } else { [] }
  }

  package var content: [UInt8]? {
    switch self {
    case .bytes(let bytes): bytes
    case .text(let text): Array(text.utf8)
    case .integer, .array, .null, .error: nil
    }
  }

  package var string: String? {
    switch self {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .text(let text): text
    case .integer, .array, .null, .error: nil
    }
  }

  /// Also of a number that is written out.
  package var number: Int64? {
    switch self {
    case .integer(let number): number
    case .bytes(let bytes): Int64(ascii: bytes[...])
    case .text(let text): Int64(text)
    case .array, .null, .error: nil
    }
  }
}

extension Int64 {
  /// Of digits, as most of what the server says is written. Nil for anything else.
  init?(ascii bytes: ArraySlice<UInt8>) {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let digits = isNegative ? bytes.dropFirst() : bytes
    guard !digits.isEmpty, digits.count <= 19 else { return nil }
    var value: Int64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      let (next, overflowsToo) = shifted.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
      guard !overflows, !overflowsToo else { return nil }
      value = next
    }
    self = isNegative ? -value : value
  }
}
