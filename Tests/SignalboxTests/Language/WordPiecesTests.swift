import TestSupport
import Testing

@testable import signalbox

struct WordPiecesTests {
  private let start = ContinuousClock.now

  @Test func `the first words are shown at once, those behind them not sooner than a tenth of a second later`() {
    var pieces = WordPieces()
    #expect(pieces.add("a", at: start) == "a")
    #expect(pieces.add("b", at: start + .milliseconds(1)) == nil)
    #expect(pieces.add("c", at: start + .milliseconds(99)) == nil)
    #expect(pieces.add("d", at: start + .milliseconds(100)) == "bcd")
    #expect(pieces.add("e", at: start + .milliseconds(199)) == nil)
    #expect(pieces.rest() == "e")
    #expect(pieces.rest() == nil)
  }

  @Test func `nothing is lost, doubled or shown more often than that, however the words come`() {
    var random = SeededRandom(seed: 4)
    var tooSoon = 0
    for _ in 0..<50 {
      var pieces = WordPieces()
      var (now, said, shown) = (start, "", "")
      var last: ContinuousClock.Instant?
      for word in 0..<300 {
        now += .milliseconds(Int.random(in: 0...30, using: &random))
        said += "\(word) "
        guard let text = pieces.add("\(word) ", at: now) else { continue }
        if let last, now - last < .milliseconds(100) { tooSoon += 1 }
        last = now
        shown += text
      }
      #expect(shown + (pieces.rest() ?? "") == said)
    }
    #expect(tooSoon == 0)
  }
}
