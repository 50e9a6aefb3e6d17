import Telemetry
import TestSupport
import Testing

struct TraceContextTests {
  private static let example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  private static let invalid: [String] = [
    "",
    "00",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
    " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-00",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "fF-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-010",
    "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
    "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e47é-00f067aa0ba902b7-01",
    "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
    "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0100",
    "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
  ]

  @Test func `the example of the standard is read and written`() throws {
    let context = try #require(TraceContext(traceparent: Self.example))
    #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(context.spanID == "00f067aa0ba902b7")
    #expect(context.isSampled)
    #expect(context.traceparent == Self.example)
    #expect("\(context)" == Self.example)
  }

  @Test(arguments: invalid)
  func `what the standard calls invalid is ignored`(text: String) {
    #expect(TraceContext(traceparent: text) == nil)
  }

  @Test(arguments: ["01", "cc", "fe"], ["", "-", "-what-the-future-holds", "-é"])
  func `a later version is read as far as we understand it`(version: String, rest: String) throws {
    let context = try #require(TraceContext(traceparent: version + Self.example.dropFirst(2) + rest))
    #expect(context.traceparent == Self.example)
  }

  @Test(arguments: [("00", false), ("01", true), ("02", false), ("03", true), ("fe", false), ("ff", true)])
  func `of the flags only the sampled one is kept`(flags: String, isSampled: Bool) throws {
    let context = try #require(TraceContext(traceparent: Self.example.dropLast(2) + flags))
    #expect(context.isSampled == isSampled)
    #expect(context.traceparent.hasSuffix(isSampled ? "-01" : "-00"))
  }

  @Test func `a new trace can be read back, and is another each time`() {
    var generator = SeededRandom(seed: 42)
    var seen: Set<String> = []
    for isSampled in [true, false] {
      for _ in 0..<500 {
        let context = TraceContext.generate(using: &generator, isSampled: isSampled)
        #expect(TraceContext(traceparent: context.traceparent) == context)
        #expect(context.isSampled == isSampled)
        seen.insert(context.traceID)
      }
    }
    #expect(seen.count == 1000)
  }

  @Test func `a child is another step of the same trace`() throws {
    var generator = SeededRandom(seed: 42)
    let parent = try #require(TraceContext(traceparent: Self.example))
    let child = parent.child(using: &generator)
    #expect(child.traceID == parent.traceID && child.isSampled == parent.isSampled)
    #expect(child.spanID != parent.spanID)
  }

  @Test func `even a broken generator makes no invalid trace`() {
    var generator = ZeroGenerator()
    let context = TraceContext.generate(using: &generator)
    #expect(TraceContext(traceparent: context.traceparent) == context)
    #expect(TraceContext(traceparent: context.child(using: &generator).traceparent) != nil)
  }

  @Test func `a request has a name of sixteen digits`() {
    var (generator, broken) = (SeededRandom(seed: 0), ZeroGenerator())
    #expect(RequestID.generate(using: &generator).description == "e220a8397b1dcdaf")
    #expect(RequestID.generate(using: &broken).description == "0000000000000000")
  }
}
