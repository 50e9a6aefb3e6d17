/// A place in a journal as clients carry it around: `<epoch>.<offset>`.
package struct Cursor: Sendable, Equatable, CustomStringConvertible, LosslessStringConvertible {
  package let epoch: String
  package let offset: Int64

  package init(epoch: String, offset: Int64) {
    self.epoch = epoch
    self.offset = offset
  }

  /// Nil for anything that `description` does not write.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, (1...32).contains(parts[0].count), parts[0].allSatisfy(Self.isEpochLetter),
      let offset = Int64(String(decoding: parts[1], as: UTF8.self)), offset >= 0
    else { return nil }
    self.init(epoch: String(decoding: parts[0], as: UTF8.self), offset: offset)
    guard description == text else { return nil }
  }

  package var description: String { "\(epoch).\(offset)" }

  private static func isEpochLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
