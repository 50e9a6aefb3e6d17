import A2A
import Telemetry
import Testing

@testable import A2AWire

/// The values that decide: extensions, places, last events.
@Suite struct CallRulesTests {
  @Test func `active are the extensions that are asked for and declared`() throws {
    var card = AgentCard.testing
    card.capabilities.extensions = [AgentExtension(uri: "urn:a"), AgentExtension(uri: "urn:b")]
    func active(_ asked: [String]) throws -> [String] { try CallRules.activeExtensions(asked: asked, card: card) }
    #expect(try active([]) == [])
    #expect(try active(["urn:b", "urn:c", "urn:a", "urn:b"]) == ["urn:a", "urn:b"])
    card.capabilities.extensions.append(AgentExtension(uri: "urn:c", isRequired: true))
    #expect(try active(["urn:c"]) == ["urn:c"])
    #expect(throws: A2AError.self) { try active(["urn:a"]) }
  }

  @Test func `places are counted for all and for each, and come back`() {
    var limits = StreamLimits()
    limits.total = 3
    limits.perCaller = 2
    let open = MetricsRegistry().gauge("signalbox_open", help: "Open.")
    let census = StreamCensus(limits, open: open)
    var places = [census.admit(.named("a")), census.admit(.named("a"))]
    #expect(places.allSatisfy { $0 != nil })
    #expect(census.admit(.named("a")) == nil)
    #expect(census.fullMessage(for: .named("a")).contains("has 2 streams"))
    places.append(census.admit(.anonymous))
    #expect(open.value == 3)
    #expect(census.admit(.named("b")) == nil)
    #expect(!census.fullMessage(for: .named("b")).contains("streams open here"))
    places.removeFirst()
    #expect(open.value == 2)
    places.append(census.admit(.named("a")))
    #expect(open.value == 3)
    places = []
    #expect(open.value == 0)
  }

  @Test func `a feed knows which event is its last`() {
    func update(_ state: TaskState) -> TaskEvent {
      .status(TaskEvent.StatusUpdate(taskID: "t", contextID: "c", status: TaskStatus(state)))
    }
    let stays = FeedQueue().feed()
    let ends = FeedQueue().feed(endsWhenInterrupted: true)
    for state in TaskState.allCases {
      #expect(stays.isLast(update(state)) == state.isTerminal)
      #expect(ends.isLast(update(state)) == (state.isTerminal || state.isInterrupted))
      // A snapshot of a task that waits may be what a stream begins with.
      let snapshot = TaskEvent.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(state)))
      #expect(ends.isLast(snapshot) == state.isTerminal)
    }
    #expect(stays.isLast(.message(Message(id: "m", role: .agent, text: ""))))
  }

  @Test func `a stream gives back feed and place once, also when nobody closes it`() throws {
    let census = StreamCensus(StreamLimits(), open: MetricsRegistry().gauge("signalbox_open", help: "Open."))
    let queue = FeedQueue()
    do {
      let place = try #require(census.admit(.anonymous))
      _ = ServedStream(queue.feed(), place)
    }
    #expect(queue.isClosed)
  }
}
