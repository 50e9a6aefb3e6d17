/// The textual form of IPv6 addresses (RFC 3986 section 3.2.2), without zones.
enum IPv6Syntax {
  static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 45 else { return false }
    let halves = splitAtDoubleColon(text)
    switch halves.count {
    case 1:
      return groups(in: halves[0], mayEndInIPv4: true) == 8
    case 2:
      guard let before = groups(in: halves[0], mayEndInIPv4: false),
        let after = groups(in: halves[1], mayEndInIPv4: true)
      else { return false }
      return before + after <= 7
    default:
      return false
    }
  }

  /// Whether a valid address is `::1`, in whatever form: its last digit is a 1 and every other a zero.
  static func isLoopback(_ address: ArraySlice<UInt8>) -> Bool {
    address.last == UInt8(ascii: "1") && address.dropLast().allSatisfy { $0 == ASCII.zero || $0 == ASCII.colon }
  }

  private static func splitAtDoubleColon(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var halves: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var index = text.startIndex
    while index + 1 < text.endIndex {
      if text[index] == ASCII.colon, text[index + 1] == ASCII.colon {
        halves.append(text[start..<index])
        start = index + 2
        index = start
      } else {
        index += 1
      }
    }
    return halves + [text[start...]]
  }

  /// How many 16-bit groups stand in `text`, or nil when it is not a list of them. An IPv4 address counts as two.
  private static func groups(in text: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> Int? {
    if text.isEmpty { return 0 }
    let parts = text.split(separator: ASCII.colon, omittingEmptySubsequences: false)
    var count = 0
    for (position, part) in parts.enumerated() {
      if (1...4).contains(part.count), part.allSatisfy({ $0.hexValue != nil }) {
        count += 1
      } else if mayEndInIPv4, position == parts.count - 1, IPv4Syntax.isAddress(part) {
        count += 2
      } else {
        return nil
      }
    }
    return count
  }
}
