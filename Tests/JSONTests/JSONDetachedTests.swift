import JSON
import TestSupport
import Testing

struct JSONDetachedTests {
  @Test func `a small part of a text gets a text of its own`() throws {
    let whole = try JSONValue(parsing: #"{"raw":"\#(String(repeating: "A", count: 1000))","data": {"a": [1, "b"]} }"#)
    let part = try #require(whole["data"])
    let detached = part.detached()
    #expect(detached == part)
    #expect(detached.bytes == part.bytes)
    #expect(detached.offset == 0)
    #expect(part.offset > 1000)
  }

  @Test func `what is most of a text stays where it is`() throws {
    let whole = try JSONValue(parsing: #"{"data":[1,2,3,4,5,6,7,8,9]}"#)
    #expect(whole.detached().offset == 0)
    #expect(whole["data"]?.detached().offset == 8)
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `it means the same`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var writer = JSONWriter()
    let generated = GeneratedValue.random(depth: 4, using: &random)
    writer.array { array in
      generated.write(to: &array)
      array.string(String(repeating: " ", count: 100_000))
    }
    let part = try #require(try JSONValue(parsing: writer.bytes)[0])
    #expect(part.detached().bytes == part.bytes)
    #expect(generated.isRead(from: part.detached()))
  }
}
