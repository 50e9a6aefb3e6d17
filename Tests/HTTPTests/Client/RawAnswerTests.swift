import HTTP
import TestSupport
import Testing

struct RawAnswerTests {
  /// What a log says in the words of the table.
  private static func answers(_ log: ResponseLog) -> (complete: [RawAnswerCase.Answer], unfinishedBody: String) {
    var complete: [RawAnswerCase.Answer] = []
    var status = 0
    var body = ""
    for event in log.events {
      switch event {
      case .head(let head): status = head.status.code
      case .body(let bytes): body = String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
      case .end(let trailers):
        complete.append(.init(status: status, body: body, trailers: trailers))
        body = ""
      case .needsMore, .failed: break
      }
    }
    return (complete, body)
  }

  private static func log(_ answer: RawAnswerCase, cuts: () -> Int = { 0 }) -> ResponseLog {
    ResponseLog(answer.bytes, to: answer.methods, thenEnd: !answer.reuse, cuts: cuts)
  }

  @Test func `the table is large and its names are different`() {
    #expect(RawAnswers.all.count >= 100)
    #expect(Set(RawAnswers.all.map(\.name)).count == RawAnswers.all.count)
  }

  @Test(arguments: RawAnswers.all)
  func `a raw answer gets its events`(_ answer: RawAnswerCase) {
    let log = Self.log(answer)
    let said = Self.answers(log)
    #expect(said.complete == answer.expected)
    #expect(said.unfinishedBody == answer.bodyBeforeFault)
    #expect(log.fault?.kind == answer.fault)
    #expect(log.reader.mayReuseConnection == answer.reuse)
  }

  /// The end of the connection is not what makes an answer malformed.
  @Test(arguments: RawAnswers.all.filter { $0.fault != nil && $0.fault != .truncated })
  func `a fault is known before the connection ends`(_ answer: RawAnswerCase) {
    #expect(ResponseLog(answer.bytes, to: answer.methods) == Self.log(answer))
  }

  @Test(arguments: RawAnswers.all)
  func `however it is cut it gives the same events`(_ answer: RawAnswerCase) {
    let whole = Self.log(answer)
    #expect(Self.log(answer, cuts: { 1 }) == whole)
    for seed in 0..<8 {
      var random = SeededRandom(seed: UInt64(seed))
      let longest = [2, 7, 40, 3000][seed % 4]
      #expect(Self.log(answer, cuts: { Int.random(in: 1...longest, using: &random) }) == whole, "seed \(seed)")
    }
  }

  @Test(arguments: RawAnswers.all)
  func `a fault explains itself in printable ASCII`(_ answer: RawAnswerCase) {
    guard let fault = Self.log(answer).fault else { return }
    #expect(fault.detail.utf8.allSatisfy { 0x20...0x7e ~= $0 })
    #expect(fault.detail.hasSuffix(".") && fault.detail.count > 20)
    // A sentence of ours, and no more than 64 bytes of theirs, each of which may have become four.
    #expect(fault.detail.count <= 130 + 64 * 4)
  }
}
