import JSON
import Testing

struct JSONParsingTests {
  @Test(arguments: AcceptedText.all)
  func `a text that is JSON is accepted and kept byte for byte`(_ text: AcceptedText) throws {
    let value = try JSONValue(parsing: text.bytes)
    let trimmed = text.bytes.drop(while: isWhiteSpace).reversed().drop(while: isWhiteSpace).reversed()
    #expect(Array(value.bytes) == Array(trimmed))
  }

  @Test(arguments: RefusedText.all)
  func `a text that is not JSON is refused with the reason and the byte`(_ text: RefusedText) {
    #expect(throws: text.error) { try JSONValue(parsing: text.bytes) }
  }

  @Test(arguments: AcceptedText.all)
  func `an accepted container or string cut anywhere is refused at the cut`(_ text: AcceptedText) throws {
    let value = try JSONValue(parsing: text.bytes)
    guard [.array, .object, .string].contains(value.kind) else { return }
    for length in 0..<value.offset + value.bytes.count {
      let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.bytes.prefix(length))) }
      // A cut in the middle of a UTF-8 sequence is reported where the sequence begins.
      #expect(error?.offset == length || error?.reason == .invalidUTF8)
    }
  }

  @Test func `the tables hold at least a hundred and fifty texts, each under a name of its own`() {
    let names = AcceptedText.all.map(\.name) + RefusedText.all.map(\.name)
    #expect(names.count >= 150)
    #expect(Set(names).count == names.count)
  }

  private func isWhiteSpace(_ byte: UInt8) -> Bool {
    [0x20, 0x09, 0x0A, 0x0D].contains(byte)
  }
}
