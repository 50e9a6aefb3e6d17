import HTTP
import Testing

struct ChunkedDecoderTests {
  private static func decoder(maxBody: Int = 100) -> ChunkedDecoder {
    let trailers = FieldSectionParser.Limits(maxLine: 50, maxSection: 100, maxCount: 4)
    return ChunkedDecoder(limits: .init(maxBody: maxBody, maxExtension: 20, trailers: trailers))
  }

  private static func fault(_ text: String, maxBody: Int = 100) -> MessageFault? {
    var decoder = decoder(maxBody: maxBody)
    var input = ByteQueue()
    input.append(text.bytes)
    var piece: [UInt8] = []
    return #expect(throws: MessageFault.self) { try decoder.decode(&input, into: &piece, upTo: 1000) }
  }

  @Test func `it stops behind the last line`() throws {
    var decoder = Self.decoder()
    var input = ByteQueue()
    input.append("3\r\nabc\r\n2;x\r\nde\r\n0\r\nA: 1\r\n\r\nGET".bytes)
    var piece: [UInt8] = []
    #expect(try decoder.decode(&input, into: &piece, upTo: 4) == .full)
    #expect(try decoder.decode(&input, into: &piece, upTo: 9) == .finished(trailers: HTTPFields([("a", "1")])))
    #expect(piece == "abcde".bytes)
    #expect(input.count == 3)
  }

  @Test func `kinds of fault are told apart`() {
    #expect(Self.fault("x")?.kind == .malformed)
    #expect(Self.fault("5\r\n", maxBody: 4)?.kind == .bodyTooLarge)
    #expect(Self.fault("0\r\n" + String(repeating: "a", count: 60))?.kind == .fieldsTooLarge)
    #expect(Self.fault("1;aaaaaaaaaaaaaaaaaaaaaaaaa")?.kind == .malformed)
  }

  @Test(arguments: [
    (";a", true), (";a=b", true), (" ; a = b", true), ("\t;a;b=\"\";c", true), (";a=\"\\\"\\\\ \t;\u{e9}\"", true),
    (";a=\"b\" ;c", true), (";", false), (";;", false), (";=b", false), (";a=", false), (";a b", false), (" ", false),
    (";a ", false), (";a=b ", false), (";a=\"b\" ", false), (";a=\"b\"c", false), (";a=\"\u{1}\"", false), ("a", false),
  ])
  func `extensions are checked by their grammar`(text: String, isValid: Bool) {
    // The size has a digit before the extension; `a` alone is another digit, so it is tried with a letter behind it.
    let line = text == "a" ? "1g" : "1" + text
    var decoder = ChunkedDecoder(
      limits: .init(maxBody: 10, maxExtension: 100, trailers: .init(maxLine: 9, maxSection: 9, maxCount: 1)))
    var input = ByteQueue()
    input.append((line + "\r\nx\r\n").bytes)
    var piece: [UInt8] = []
    let progress = try? decoder.decode(&input, into: &piece, upTo: 10)
    #expect((progress == .needsMore && piece == "x".bytes) == isValid)
  }
}
