import HTTP
import TestSupport
import Testing

/// The checker itself: it finds what it is there to find.
@Suite struct StreamCheckerTests {
  private static func resume(_ from: Int, _ to: Int, missed: Int) -> ReceivedEvent {
    ReceivedEvent(
      type: "resume", lastEventID: "e.\(from)",
      data: Array(#"{"status":"continued","from":"e.\#(from)","to":"e.\#(to)","missed":\#(missed)}"#.utf8))
  }

  private static func record(_ offset: Int, _ seq: Int, task: String = "t") -> ReceivedEvent {
    ReceivedEvent(
      lastEventID: "e.\(offset)",
      data: Array(#"{"offset":\#(offset),"task":"\#(task)","seq":\#(seq),"data":{}}"#.utf8))
  }

  private static let bye = ReceivedEvent(type: "bye", data: Array(#"{"reason":"finished"}"#.utf8))
  private static let good = [resume(0, 7, missed: 3), record(2, 1), record(5, 2), record(7, 3), record(8, 4), bye]

  private func faults(_ events: [ReceivedEvent]) -> [StreamFault] {
    var checker = StreamChecker(of: ["t"])
    checker.connect()
    checker.take(events)
    return checker.faults
  }

  @Test func `it has nothing to say of a good stream, also in two connections`() {
    #expect(faults(Self.good) == [])
    var checker = StreamChecker(of: ["t"])
    checker.connect()
    checker.take(Self.good[0...2])
    checker.connect()
    checker.take([Self.resume(5, 8, missed: 2)] + Self.good[3...])
    #expect(checker.faults == [])
    #expect(checker.isFinished)
    #expect(checker.recordCount == 4)
  }

  @Test func `it notices every record that is missing, doubled, changed or in the wrong place`() {
    for index in 1...4 {
      var events = Self.good
      events.remove(at: index)
      // Nobody can know of the last one.
      if index < 4 { #expect(!faults(events).isEmpty, "without \(index)") }
      events = Self.good
      events.insert(events[index], at: index)
      #expect(!faults(events).isEmpty, "twice \(index)")
      if index < 4 {
        events = Self.good
        events.swapAt(index, index + 1)
        #expect(!faults(events).isEmpty, "swapped \(index)")
      }
      events = Self.good
      events[index] = Self.record(index == 1 ? 2 : 5, 1, task: "other")
      #expect(faults(events).contains { if case .foreign = $0 { true } else { false } }, "foreign \(index)")
      events = Self.good
      events[index] = ReceivedEvent(lastEventID: "e.1", data: events[index].data)
      #expect(!faults(events).isEmpty, "another id \(index)")
    }
    #expect(faults(Array(Self.good.dropFirst())).contains(.beforeResume("message")))
    #expect(faults(Self.good + [Self.record(9, 5)]).contains(.afterTheEnd("message")))
  }

  @Test func `a stream that goes on elsewhere than asked is noticed`() {
    var checker = StreamChecker(of: ["t"])
    checker.connect(showing: "e.5")
    checker.take([Self.resume(4, 8, missed: 2)])
    #expect(checker.faults == [.otherPlace(shown: "e.5", from: "e.4")])
  }
}
