import JSON
import TestSupport
import Testing

struct JSONRoundTripTests {
  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `what is written is read back, in both styles`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let generated = GeneratedValue.random(depth: 4, using: &random)
    let compact = written(.compact) { generated.write(to: &$0) }
    let pretty = written(.pretty) { generated.write(to: &$0) }

    let value = try JSONValue(parsing: compact)
    #expect(generated.isRead(from: value))
    #expect(try value == JSONValue(parsing: pretty))
    // Copying a value, in either style, gives what writing it gave.
    #expect(try written(.compact) { $0.value(try JSONValue(parsing: pretty)) } == compact)
    #expect(written(.pretty) { $0.value(value) } == pretty)
    #expect(written(.compact) { $0.raw(value) } == compact)
  }

  @Test(arguments: AcceptedText.all)
  func `an accepted text is copied with the same meaning and on one line`(_ text: AcceptedText) throws {
    let value = try JSONValue(parsing: text.bytes)
    let copy = written(.compact) { $0.value(value) }
    #expect(try JSONValue(parsing: copy) == value)
    #expect(!copy.contains(0x0A))
  }

  private func written<Failure>(
    _ style: JSONWriter.Style, _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) -> [UInt8] {
    var writer = JSONWriter(style: style)
    try body(&writer)
    return writer.bytes
  }
}
