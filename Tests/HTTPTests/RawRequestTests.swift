import HTTP
import TestSupport
import Testing

struct RawRequestTests {
  @Test func `the table is large and its names are different`() {
    #expect(RawRequests.all.count >= 150)
    #expect(Set(RawRequests.all.map(\.name)).count == RawRequests.all.count)
  }

  @Test(arguments: RawRequests.all)
  func `a raw request gets its answers`(_ request: RawRequestCase) {
    var server = ReferenceServer()
    server.receive(request.bytes)
    #expect(server.outcome == .init(statuses: request.expected, closes: request.closes))
  }

  @Test(arguments: RawRequests.all)
  func `byte by byte it gets the same answers`(_ request: RawRequestCase) {
    var server = ReferenceServer()
    for byte in request.bytes { server.receive([byte]) }
    #expect(server.outcome == .init(statuses: request.expected, closes: request.closes))
  }

  @Test(arguments: RawRequests.all)
  func `however it is cut it gives the same events`(_ request: RawRequestCase) {
    let whole = EventLog(request.bytes)
    #expect(EventLog(request.bytes, cuts: { 1 }) == whole)
    for seed in 0..<8 {
      var random = SeededRandom(seed: UInt64(seed))
      let longest = [2, 7, 40, 3000][seed % 4]
      #expect(EventLog(request.bytes, cuts: { Int.random(in: 1...longest, using: &random) }) == whole)
    }
  }

  @Test(arguments: RawRequests.all)
  func `a refusal explains itself in printable ASCII`(_ request: RawRequestCase) {
    guard let refusal = EventLog(request.bytes).refusal else { return }
    #expect(refusal.detail.utf8.allSatisfy { 0x20...0x7e ~= $0 })
    #expect(refusal.detail.hasSuffix(".") && refusal.detail.count > 20)
    // A sentence of ours, and no more than 64 bytes of theirs, each of which may have become four.
    #expect(refusal.detail.count <= 120 + 64 * 4)
  }
}
