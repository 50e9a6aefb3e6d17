/// One entry of the index: where a value or a key lies in the text.
///
/// Nodes lie in source order. A container is followed by its contents; a member is its key and then its value. Sixteen
/// bytes, so that the index of a usual event stays within a few cache lines.
struct JSONNode: Sendable {
  enum Kind: UInt32 {
    case null, `false`, `true`, number, string, array, object
  }

  /// The first byte of the source text; of a string and a key, the opening quote.
  let start: UInt32

  /// The byte behind the source text.
  var end: UInt32

  /// Of a container, the index of the node behind its contents; while it is being read, the container around it.
  /// Of a key, its fingerprint. Of any other value, unused.
  var link: UInt32

  /// From the lowest bit: three bits kind, one bit escapes, 28 bits count.
  private var packed: UInt32

  init(_ kind: Kind, start: Int, end: Int, link: UInt32 = 0, hasEscapes: Bool = false) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.link = link
    packed = kind.rawValue | (hasEscapes ? Self.escapesBit : 0)
  }

  var kind: Kind {
    // Only `init` writes the three bits, so the fallback is never taken; it spares a force unwrap.
    Kind(rawValue: packed & Self.kindBits) ?? .null
  }

  /// Of a string or a key: it is spelled with a backslash. Of an object: one of its keys is.
  var hasEscapes: Bool {
    packed & Self.escapesBit != 0
  }

  /// Of a container, the number of its elements or members.
  var count: Int {
    Int(packed >> Self.countShift)
  }

  var isContainer: Bool {
    packed & Self.kindBits >= Kind.array.rawValue
  }

  /// The bytes between the quotes of a string or a key.
  var content: Range<Int> {
    Int(start) + 1..<Int(end) - 1
  }

  mutating func addOne() {
    packed &+= 1 << Self.countShift
  }

  mutating func markEscapes() {
    packed |= Self.escapesBit
  }

  private static let kindBits: UInt32 = 0b0111
  private static let escapesBit: UInt32 = 0b1000
  private static let countShift: UInt32 = 4
}
