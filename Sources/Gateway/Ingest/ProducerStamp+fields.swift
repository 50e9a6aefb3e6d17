import HTTP
import Journal

extension ProducerStamp {
  /// What a producer says of itself that counts what it sends. Nil when it says nothing.
  init?(_ fields: HTTPFields) throws(Refusal) {
    let said = ["producer-id", "producer-epoch", "producer-seq"].map { fields.values(of: $0) }
    if said.allSatisfy(\.isEmpty) { return nil }
    guard said.allSatisfy({ $0.count == 1 }) else {
      throw .badProducer(
        "Producer-Id, Producer-Epoch and Producer-Seq belong together. Send each of them once, or none.")
    }
    let id = said[0][0]
    guard (1...128).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .badProducer("Producer-Id must be 1 to 128 visible ASCII characters, not \(Excerpt.quoting(id.utf8)).")
    }
    self.init(
      producer: id, epoch: try Self.number(said[1][0], "Producer-Epoch", from: 0),
      seq: try Self.number(said[2][0], "Producer-Seq", from: 1))
  }

  /// Up to what every language's numbers hold.
  private static let largest: Int64 = 1 << 53 - 1

  private static func number(_ text: String, _ name: String, from smallest: Int64) throws(Refusal) -> Int64 {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int64(text),
      (smallest...largest).contains(number)
    else {
      throw .badProducer(
        "\(name) must be a whole number from \(smallest) to \(largest), not \(Excerpt.quoting(text.utf8)).")
    }
    return number
  }
}
