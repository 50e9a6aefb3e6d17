import HTTP
import TestSupport
import Testing

struct EventStreamCutTests {
  private static let fragments = [
    "data", "event", "id", "retry", "other", ":", ": ", " ", "\r", "\n", "\r\n", "\n\n", "\r\n\r\n", "1", "20", "x",
    "\0", "\u{feff}", "\u{20ac}", "data: a\n\n", "id: 7\n", "event: e\r", ":c\n",
  ]

  private static func stream(_ random: inout SeededRandom, pieces: Int) -> [UInt8] {
    (0..<pieces).flatMap { _ in
      Int.random(in: 0..<12, using: &random) == 0
        ? random.bytes(2) : Array(fragments[Int.random(in: fragments.indices, using: &random)].utf8)
    }
  }

  @Test(arguments: [
    "\u{feff}data:a\n\n", "data:a\r\n\r\n", "id:1\rdata\r\r", "\u{feff}:\r\ndata\n\n", "retry:5\r\n:\r\n",
    "data:\u{20ac}\n\n",
  ])
  func `all ways to cut a short stream give the same`(text: String) {
    let bytes = Array(text.utf8)
    let whole = StreamLog([bytes])
    for pieces in Cuts.all(bytes) { #expect(StreamLog(pieces) == whole, "\(pieces)") }
  }

  @Test(arguments: 0..<300)
  func `random ways to cut a random stream give the same`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let bytes = Self.stream(&random, pieces: 60)
    var limits = EventStreamLimits()
    if seed % 2 == 1 { (limits.maxLine, limits.maxData, limits.maxID) = (24, 20, 4) }
    let whole = StreamLog([bytes], limits: limits)
    #expect(StreamLog(Cuts.oneByOne(bytes), limits: limits) == whole)
    for _ in 0..<5 {
      #expect(StreamLog(Cuts.random(bytes, upTo: 9, using: &random), limits: limits) == whole)
    }
  }

  /// The parser against the same rules written down plainly, over text that is decoded first.
  @Test(arguments: 0..<300)
  func `it says what the standard's words say`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed) + 1000)
    let bytes = Self.stream(&random, pieces: 80)
    let log = StreamLog([bytes])
    var reference = PlainEventStream()
    reference.read(bytes)
    #expect(log.events == reference.events)
    #expect(log.parser.lastEventID == reference.lastEventID)
  }

  @Test(arguments: 0..<200)
  func `what was written is what is read`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed) + 5000)
    var output: [UInt8] = []
    var expected: [EventStreamParser.Event] = []
    var id = ""
    for _ in 0..<8 {
      let text = (0..<Int.random(in: 0...20, using: &random)).map { _ in
        ["a", " ", ":", "\n", "\r", "\r\n", "\u{1f600}", "data: "][Int.random(in: 0..<8, using: &random)]
      }.joined()
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        EventStreamEncoder.comment(text, into: &output)
        expected += (0...text.lineFeedsOnly.utf8.count { $0 == 10 }).map { _ in .comment }
      case 1:
        EventStreamEncoder.retry(milliseconds: seed, into: &output)
        expected.append(.retry(milliseconds: seed))
      default:
        let newID = [nil, nil, "", "7", " x:", "\u{e9}"][Int.random(in: 0..<6, using: &random)]
        let type = [nil, nil, " a", "message", ":b"][Int.random(in: 0..<5, using: &random)]
        EventStreamEncoder.event(ServerSentEvent(id: newID, event: type, text: text), into: &output)
        id = newID ?? id
        expected.append(.event(ReceivedEvent(text.lineFeedsOnly, type: type ?? "message", id: id)))
      }
    }
    let log = StreamLog(Cuts.random(output, upTo: 40, using: &random))
    #expect(log.events == expected)
  }
}

extension String {
  /// With every line end as a line feed.
  fileprivate var lineFeedsOnly: String {
    String(split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\r" || $0 == "\n" }.joined(separator: "\n"))
  }
}
