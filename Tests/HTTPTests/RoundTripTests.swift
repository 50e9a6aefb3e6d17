import HTTP
import TestSupport
import Testing

/// What is written is what is read.
struct RoundTripTests {
  private static let names = ["accept", "x-a", "!#$%&'*+-.^_`|~", "content-type", "x"]
  private static let limits = FieldSectionParser.Limits(maxLine: 1000, maxSection: 100_000, maxCount: 100)

  private static func randomFields(_ random: inout SeededRandom) -> HTTPFields {
    var fields = HTTPFields()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      var value = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        let byte = UInt8.random(in: 0...255, using: &random)
        if byte == 9 || byte >= 0x20 && byte != 0x7f { value.append(UnicodeScalar(byte)) }
      }
      let name = names[Int.random(in: names.indices, using: &random)]
      fields.append(name, trim(String(value)))
    }
    return fields
  }

  private static func trim(_ value: String) -> String {
    var scalars = value.unicodeScalars[...]
    while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
    while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
    return String(scalars)
  }

  @Test(arguments: 0..<200)
  func `a written head parses back`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let fields = Self.randomFields(&random)
    let length = Int.random(in: 0...100_000, using: &random)
    var output: [UInt8] = []
    ResponseEncoder.head(
      ResponseHead(.ok, fields: fields), framing: .length(length), version: .http11, keepAlive: true, date: nil,
      into: &output)
    let lineEnd = try #require(output.firstIndex(of: 10))
    var input = ByteQueue()
    input.append(Array(output[(lineEnd + 1)...]))
    var parser = FieldSectionParser(limits: Self.limits)
    var parsed = try #require(try parser.parse(&input))
    #expect(parsed["content-length"] == String(length))
    parsed.remove("content-length")
    #expect(parsed == fields)
    #expect(input.count == 0)
  }

  @Test(arguments: 0..<100)
  func `written chunks decode back, however they are cut`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var body: [UInt8] = []
    var output: [UInt8] = []
    for _ in 0..<Int.random(in: 0...10, using: &random) {
      let chunk = (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      body += chunk
      ChunkEncoder.chunk(chunk, into: &output)
    }
    let trailers = Self.randomFields(&random).filter { $0.name != "content-type" }
    let sent = HTTPFields(trailers.map { ($0.name, $0.value) })
    ChunkEncoder.lastChunk(trailers: sent, into: &output)
    var decoder = ChunkedDecoder(limits: .init(maxBody: 10_000, maxExtension: 0, trailers: Self.limits))
    var input = ByteQueue()
    var decoded: [UInt8] = []
    var progress = ChunkedDecoder.Progress.needsMore
    while !output.isEmpty {
      let length = Int.random(in: 1...200, using: &random)
      input.append(Array(output.prefix(length)))
      output.removeFirst(min(length, output.count))
      progress = try decoder.decode(&input, into: &decoded, upTo: 10_000)
    }
    #expect(decoded == body)
    #expect(progress == .finished(trailers: sent))
  }
}
