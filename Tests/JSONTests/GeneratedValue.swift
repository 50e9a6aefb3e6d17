import JSON
import TestSupport

/// A value as a tree of Swift's own types: what the writer is given and what the reader must give back.
indirect enum GeneratedValue {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case array([GeneratedValue])
  case object([(key: String, value: GeneratedValue)])

  static func random(depth: Int, using random: inout SeededRandom) -> GeneratedValue {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .int(Int64(truncatingIfNeeded: random.next() >> UInt64.random(in: 0..<64, using: &random)))
    case 3: return .uint(random.next())
    case 4: return .double(finiteDouble(using: &random))
    case 5: return .string(string(using: &random))
    case 6:
      let count = Int.random(in: 0...5, using: &random)
      return .array((0..<count).map { _ in Self.random(depth: depth - 1, using: &random) })
    default:
      let keys = Set((0..<Int.random(in: 0...30, using: &random)).map { _ in string(using: &random) })
      // Sorted, because the order of a set is another one in each process.
      return .object(keys.sorted().map { ($0, Self.random(depth: depth - 1, using: &random)) })
    }
  }

  private static func finiteDouble(using random: inout SeededRandom) -> Double {
    let value = Double(bitPattern: random.next())
    return value.isFinite ? value : 0.5
  }

  private static func string(using random: inout SeededRandom) -> String {
    let ranges: [ClosedRange<UInt32>] = [0...0x7F, 0x20...0x7E, 0x80...0x7FF, 0x800...0xFFFF, 0x10000...0x10FFFF]
    var string = ""
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { string.unicodeScalars.append(scalar) }
    }
    return string
  }

  func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .int(let value): writer.number(value)
    case .uint(let value): writer.number(value)
    case .double(let value): writer.number(value)
    case .string(let value): writer.string(value)
    case .array(let elements): writer.array { for element in elements { element.write(to: &$0) } }
    case .object(let members):
      writer.object {
        for (key, value) in members {
          $0.key(key)
          value.write(to: &$0)
        }
      }
    }
  }

  /// Whether the reader gives back exactly this, in this order.
  func isRead(from value: JSONValue) -> Bool {
    switch self {
    case .null: value.isNull
    case .bool(let expected): value.bool == expected
    case .int(let expected): value.int == expected
    case .uint(let expected): value.uint == expected
    case .double(let expected): value.double?.bitPattern == expected.bitPattern
    case .string(let expected): value.equalsString(expected) && value.string == expected
    case .array(let expected):
      value.count == expected.count && zip(expected, value.elements).allSatisfy { $0.isRead(from: $1) }
    case .object(let expected):
      value.count == expected.count
        && zip(expected, value.members).allSatisfy { $0.key == $1.key && $0.value.isRead(from: $1.value) }
        && expected.allSatisfy { member in value[member.key].map(member.value.isRead) ?? false }
    }
  }
}
