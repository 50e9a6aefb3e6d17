import Journal
import Testing

@testable import Gateway

/// How entries are cut into what is stored in one piece.
@Suite struct StreamPageTests {
  static func event(
    _ id: String, of task: String = "t", by producer: String = "p", epoch: Int = 1, _ seq: Int, state: String? = nil,
    agent: String? = nil, event: String? = nil
  ) -> StreamEntry {
    var fields = [
      ("task", task), ("producer", producer), ("epoch", "\(epoch)"), ("seq", "\(seq)"),
      ("event", event ?? "{\"n\":\(seq)}"),
    ]
    if let state { fields.append(("state", state)) }
    if let agent { fields.append(("agent", agent)) }
    return StreamEntry(RawStreamEntry(id: id, fields))
  }

  /// The ids of each step of each chain of each segment.
  private func shape(_ entries: [StreamEntry]) -> String {
    StreamPage(entries).segments.map { segment in
      segment.chains.map { $0.map { $0.ids.joined(separator: "+") }.joined(separator: " ") }.joined(separator: " | ")
    }.joined(separator: " // ")
  }

  @Test func `what follows in one count is one step, and tasks do not wait for each other`() {
    #expect(
      shape([
        Self.event("1", of: "a", 1), Self.event("2", of: "b", 1), Self.event("3", of: "a", 2),
        Self.event("4", of: "a", 3),
        Self.event("5", of: "b", 2),
      ]) == "1+3+4 | 2+5")
  }

  @Test func `what leaves something out, comes again, or is another producer's is a step of its own`() {
    #expect(shape([Self.event("1", 1), Self.event("2", 3), Self.event("3", 3), Self.event("4", 4)]) == "1 2 3+4")
    #expect(shape([Self.event("1", 1), Self.event("2", by: "q", 2)]) == "1 2")
  }

  @Test func `nothing is put behind an end in one step, and an opening begins one`() {
    #expect(shape([Self.event("1", 1, state: "completed"), Self.event("2", 2)]) == "1 2")
    #expect(
      shape([Self.event("1", 1, agent: "a"), Self.event("2", 2, agent: "a"), Self.event("3", by: "q", 1, agent: "a")])
        == "1+2 3")
  }

  @Test func `a bad entry is between those that it was between`() {
    #expect(shape([Self.event("1", 1), Self.event("2", 2, event: "no"), Self.event("3", 3)]) == "1 2 3")
    let step = StreamPage([Self.event("2", 2, event: "no")]).segments[0].chains[0][0]
    #expect(step.fault?.stamp == ProducerStamp(producer: "p", epoch: 1, seq: 2))
  }

  @Test func `a later epoch waits until what was before it is settled`() {
    #expect(
      shape([
        Self.event("1", 1), Self.event("2", of: "u", 1), Self.event("3", epoch: 2, 1), Self.event("4", epoch: 2, 2),
        Self.event("5", epoch: 1, 2),
      ]) == "1 | 2 // 3+4 // 5")
    #expect(shape([Self.event("1", 1), Self.event("2", epoch: 2, 1, event: "no")]) == "1 // 2")
    // Another producer counts its own epochs.
    #expect(shape([Self.event("1", 1), Self.event("2", by: "q", epoch: 5, 1), Self.event("3", 2)]) == "1 2 3")
  }

  @Test func `a step has no more than a request may have`() {
    let many = (1...250).map { Self.event("\($0)", $0) }
    #expect(StreamPage(many).segments[0].chains[0].map(\.events.count) == [100, 100, 50])
    let large = (1...9).map { Self.event("\($0)", $0, event: "{\"x\":\"\(String(repeating: "x", count: 250_000))\"}") }
    #expect(StreamPage(large).segments[0].chains[0].map(\.events.count) == [4, 4, 1])
  }
}
