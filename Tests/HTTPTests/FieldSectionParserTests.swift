import HTTP
import Testing

struct FieldSectionParserTests {
  private static let limits = FieldSectionParser.Limits(maxLine: 10, maxSection: 24, maxCount: 3)

  /// The fields, or the kind of fault, or nil when more is needed.
  private static func parse(_ text: String, byteByByte: Bool) -> Result<HTTPFields?, MessageFault> {
    var parser = FieldSectionParser(limits: limits)
    var input = ByteQueue()
    let pieces = byteByByte ? text.bytes.map { [$0] } : [text.bytes]
    for piece in pieces {
      input.append(piece)
      do throws(MessageFault) {
        if let fields = try parser.parse(&input) { return .success(fields) }
      } catch {
        return .failure(error)
      }
    }
    return .success(nil)
  }

  @Test(arguments: [
    ("\r\n", nil as MessageFault.Kind?), ("a: 1234567\r\n\r\n", nil), ("a: 12345678\r\n\r\n", .fieldsTooLarge),
    ("a:1\r\nb:2\r\nc:3\r\n\r\n", nil), ("a:1\r\nb:2\r\nc:3\r\nd", .fieldsTooLarge),
    ("a: 1234567\r\nb: 1234567\r\n\r\n", nil), ("a: 1234567\r\nb: 1234567\r\nc", .fieldsTooLarge),
    ("aaaaaaaaaaa", .fieldsTooLarge), ("a:          ", .fieldsTooLarge), ("a\n", .malformed), ("a:\n", .malformed),
    ("a:\rb", .malformed), ("\rb", .malformed), (" a", .malformed), ("a :", .malformed), (":", .malformed),
  ])
  func `limits and line ends are exact`(text: String, kind: MessageFault.Kind?) {
    for byteByByte in [false, true] {
      switch Self.parse(text, byteByByte: byteByByte) {
      case .success(let fields): #expect(kind == nil && fields != nil)
      case .failure(let fault): #expect(fault.kind == kind)
      }
    }
  }

  @Test func `values are trimmed and names lower-cased`() throws {
    let fields = try Self.parse("Ab:\t x \t\r\nC:\r\n\r\n", byteByByte: true).get()
    #expect(fields == HTTPFields([("ab", "x"), ("c", "")]))
  }

  @Test func `nothing behind the section is taken`() throws {
    var parser = FieldSectionParser(limits: Self.limits)
    var input = ByteQueue()
    input.append("a:1\r\n\r\nrest".bytes)
    #expect(try parser.parse(&input)?.count == 1)
    #expect(input.take(4) == "rest".bytes)
  }
}
