import JSON
import TestSupport

/// Makes values of the protocol at random: the same ones for the same seed.
struct Generator {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func flip() -> Bool { Bool.random(using: &random) }
  mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }

  mutating func maybe<Value>(_ make: (inout Generator) -> Value) -> Value? { flip() ? make(&self) : nil }

  mutating func list<Value>(_ counts: ClosedRange<Int> = 0...3, _ make: (inout Generator) -> Value) -> [Value] {
    (0..<count(counts)).map { _ in make(&self) }
  }

  /// Never empty: what is empty counts as absent.
  mutating func text() -> String {
    let ranges: [ClosedRange<UInt32>] = [0x20...0x7E, 0x20...0x7E, 0x01...0x7F, 0x80...0x7FF, 0x10000...0x10FFFF]
    var text = pick(["a", "Z", "7", "\u{E9}"])
    for _ in 0..<count(0...10) {
      if let scalar = Unicode.Scalar(UInt32.random(in: pick(ranges), using: &random)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  mutating func number() -> Int { pick([0, 1, 2, 50, 100, Int(Int32.max)]) }

  mutating func object() -> JSONValue {
    let names = list(1...3) { $0.text() }
    var generator = self
    let value = JSONValue.made { writer in
      writer.object { object in
        for (index, name) in names.enumerated() {
          object.key("\(index)\(name)")
          generator.value(to: &object, depth: 2)
        }
      }
    }
    self = generator
    return value
  }

  mutating func anyValue() -> JSONValue {
    var generator = self
    let value = JSONValue.made { generator.value(to: &$0, depth: 2) }
    self = generator
    return value
  }

  private mutating func value(to writer: inout JSONWriter, depth: Int) {
    switch count(0...(depth > 0 ? 6 : 4)) {
    case 0: writer.null()
    case 1: writer.bool(flip())
    case 2: writer.number(count(-1000...1000))
    case 3: writer.number(Double(count(-1000...1000)) / 8)
    case 4: writer.string(text())
    case 5:
      let count = count(0...3)
      var generator = self
      writer.array { for _ in 0..<count { generator.value(to: &$0, depth: depth - 1) } }
      self = generator
    default:
      let count = count(0...3)
      var generator = self
      writer.object { object in
        for index in 0..<count {
          object.key("\(index)\(generator.text())")
          generator.value(to: &object, depth: depth - 1)
        }
      }
      self = generator
    }
  }
}

extension JSONValue {
  static func made(_ write: (inout JSONWriter) -> Void) -> JSONValue {
    var writer = JSONWriter()
    write(&writer)
    do throws(JSONError) {
      return try JSONValue(parsing: writer.bytes)
    } catch {
      preconditionFailure("A writer writes JSON: \(error)")
    }
  }
}
