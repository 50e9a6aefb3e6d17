/// How far a journal had come, as a file beside it says. A journal that ends earlier was put in place of the one that clients have seen: its
/// next offsets will mean other records.
struct JournalWitness: Equatable {
  let epoch: String
  let tail: Int64

  /// One line of fixed length, so that writing it again leaves nothing of the last one.
  static let length = 32 + 1 + 19 + 1

  init(epoch: String, tail: Int64) {
    self.epoch = epoch
    self.tail = tail
  }

  init?(_ bytes: [UInt8]) {
    let words = bytes.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") })
    guard bytes.count == Self.length, words.count == 2,
      let cursor = Cursor("\(String(decoding: words[0], as: UTF8.self)).\(Self.number(words[1]))")
    else { return nil }
    self.init(epoch: cursor.epoch, tail: cursor.offset)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> String {
    let significant = digits.drop(while: { $0 == UInt8(ascii: "0") })
    return significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
  }

  var bytes: [UInt8] {
    let digits = "\(tail)"
    let text =
      epoch + String(repeating: " ", count: max(1, 33 - epoch.utf8.count))
      + String(repeating: "0", count: 19 - digits.utf8.count) + digits + "\n"
    return Array(text.utf8)
  }
}
