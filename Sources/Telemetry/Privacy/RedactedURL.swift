/// A URL, or a part of one, as it may be logged. It takes any bytes, as hostile as they come.
struct RedactedURL {
  private(set) var bytes: [UInt8] = []
  private var hasRedacted = false
  private let depth: Int

  /// Values inside of values are looked into this often; what is wrapped more often than that is redacted.
  private static let maximumDepth = 3

  init(_ url: [UInt8], depth: Int = 0) {
    self.depth = depth
    var rest = url[...]
    let authority = Self.authority(of: url)
    if let at = url[authority].lastIndex(of: UInt8(ascii: "@")) {
      bytes += url[..<authority.lowerBound]
      appendMark()
      rest = url[at...]
    }
    let start = rest.firstIndex(where: Self.beginsParameter) ?? rest.endIndex
    bytes += rest[..<start]
    appendParameters(rest[start...])
  }

  init(query: [UInt8], depth: Int = 0) {
    self.depth = depth
    appendParameters(query[...])
  }

  /// What lies between `//` and the path; empty, at the start, when there is no such thing.
  private static func authority(of url: [UInt8]) -> Range<Int> {
    let isPath: (UInt8) -> Bool = { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    guard let slash = url.firstIndex(where: isPath), url[slash...].starts(with: [0x2f, 0x2f]) else { return 0..<0 }
    guard slash == 0 || url[slash - 1] == UInt8(ascii: ":") else { return 0..<0 }
    return slash + 2..<(url[(slash + 2)...].firstIndex(where: isPath) ?? url.endIndex)
  }

  /// A `?` separates as well: somebody may have put one URL into another without encoding it.
  private static func beginsParameter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: ";"): true
    default: false
    }
  }

  private mutating func appendParameters(_ parameters: ArraySlice<UInt8>) {
    var rest = parameters
    while !rest.isEmpty {
      var end = rest.firstIndex(where: Self.beginsParameter) ?? rest.endIndex
      if let value = secret(in: rest[..<end]) {
        bytes += rest[..<value]
        appendMark()
        // A secret may itself contain what might begin another parameter, so it lasts until something surely does.
        end = rest[end...].firstIndex { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "#") } ?? rest.endIndex
      } else {
        bytes += rest[..<end]
      }
      if end < rest.endIndex { bytes.append(rest[end]) }
      rest = rest[end...].dropFirst()
    }
  }

  /// Where in a parameter the part begins that must be redacted, if there is one.
  private func secret(in parameter: ArraySlice<UInt8>) -> Int? {
    guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")) else {
      let decoded = Self.decoded(parameter)
      return decoded.count < parameter.count && hidesSecret(decoded) ? parameter.startIndex : nil
    }
    let value = parameter[(equals + 1)...]
    if value.isEmpty { return nil }
    let name = SensitiveName(Self.decoded(parameter[..<equals]))
    return name.isCredentialParameter || hidesSecret(Self.decoded(value)) ? value.startIndex : nil
  }

  /// Whether a decoded value is itself a URL or a query, perhaps encoded once more, in which there is something to
  /// redact.
  private func hidesSecret(_ decoded: [UInt8]) -> Bool {
    guard decoded.contains(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "%") })
    else { return false }
    guard depth < Self.maximumDepth else { return true }
    return RedactedURL(decoded, depth: depth + 1).hasRedacted
      || RedactedURL(query: decoded, depth: depth + 1).hasRedacted
  }

  private mutating func appendMark() {
    bytes += Redaction.mark.utf8
    hasRedacted = true
  }

  /// Percent-decodes once; what is no valid escape stays as it is.
  private static func decoded(_ encoded: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(encoded.count)
    var rest = encoded
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap(\.hexadecimalDigit)
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        decoded.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      } else {
        decoded.append(byte)
      }
    }
    return decoded
  }
}

extension UInt8 {
  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
