import HTTP
import TestSupport
import Testing

@testable import Gateway

/// The conversation as a value: what is done with each message, and how much of it there may be.
@Suite struct SocketSessionTests {
  private static let start = ContinuousClock.now

  private static func words(_ actions: [SocketAction]) -> [String] {
    actions.map { action in
      switch action {
      case .say(let message): message.code ?? "ack"
      case .subscribe(let subscription): "subscribe \(subscription.id)"
      case .unsubscribe(let subscription, _): "unsubscribe \(subscription)"
      case .run(let command): "run \(command.id)"
      case .follow(let what, let id): "follow \(what) \(id)"
      case .refresh: "refresh"
      case .close(let end): "close \(end.reason)"
      }
    }
  }

  private static func receive(
    _ session: inout SocketSession, _ text: String, after time: Duration = .zero
  ) -> [String] {
    words(session.receive(Array(text.utf8), at: start + time))
  }

  private static func command(_ id: Int, _ task: String) -> String {
    #"{"type":"resume","id":"\#(id)","task":"\#(task)"}"#
  }

  private static func asked(_ id: Int, _ task: String) -> SocketCommand {
    SocketCommand(id: "\(id)", lane: task, order: .resume(task: task))
  }

  @Test func `commands of one task go in their order, those of several at once, up to a bound`() {
    var limits = SocketLimits()
    limits.commandsInFlight = 4
    var session = SocketSession(limits, now: Self.start)
    #expect(Self.receive(&session, Self.command(1, "a")) == ["run 1"])
    #expect(Self.receive(&session, Self.command(2, "a")) == [])
    #expect(Self.receive(&session, Self.command(3, "b")) == ["run 3"])
    #expect(Self.receive(&session, Self.command(4, "a")) == [])
    #expect(Self.receive(&session, Self.command(5, "c")) == ["busy"])
    #expect(Self.words(session.commandAnswered(Self.asked(1, "a"))) == ["run 2"])
    #expect(Self.receive(&session, Self.command(6, "c")) == ["run 6"])
    #expect(Self.words(session.commandAnswered(Self.asked(3, "b"))) == [])
    #expect(Self.words(session.commandAnswered(Self.asked(2, "a"))) == ["run 4"])
    #expect(Self.words(session.commandAnswered(Self.asked(4, "a"))) == [])
    #expect(session.commandsInFlight == 1)
  }

  @Test func `verdicts that are awaited are bounded, too`() {
    var limits = SocketLimits()
    limits.verdictsAwaited = 1
    var session = SocketSession(limits, now: Self.start)
    session.verdictIsAwaited()
    #expect(Self.receive(&session, Self.command(1, "a")) == ["busy"])
    session.verdictHasCome()
    #expect(Self.receive(&session, Self.command(2, "a")) == ["run 2"])
  }

  @Test func `a task is named once, and so are subscriptions, until they are over`() {
    var limits = SocketLimits()
    limits.tasks = 3
    var session = SocketSession(limits, now: Self.start)
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"1","tasks":["a","b"]}"#) == ["subscribe 1"])
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"2","task":"b"}"#) == ["already-subscribed"])
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"1","task":"c"}"#) == ["already-subscribed"])
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"3","tasks":["c","d"]}"#) == ["too-many-tasks"])
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"4","all":true}"#) == ["subscribe 4"])
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"5","all":true}"#) == ["already-subscribed"])
    #expect(Self.receive(&session, #"{"type":"unsubscribe","id":"6","subscription":"1"}"#) == ["unsubscribe 1"])
    // It is being ended: once.
    #expect(Self.receive(&session, #"{"type":"unsubscribe","id":"7","subscription":"1"}"#) == ["no-such-subscription"])
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"8","task":"a"}"#) == ["already-subscribed"])
    session.subscriptionEnded("1")
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"9","tasks":["a","c","d"]}"#) == ["subscribe 9"])
    session.subscriptionEnded("4")
    #expect(Self.receive(&session, #"{"type":"subscribe","id":"10","all":true}"#) == ["subscribe 10"])
  }

  @Test func `what is followed beside tasks is bounded, too`() {
    var limits = SocketLimits()
    limits.tasks = 1
    var session = SocketSession(limits, now: Self.start)
    #expect(Self.receive(&session, #"{"type":"questions","id":"1"}"#) == ["follow questions 1"])
    #expect(Self.receive(&session, #"{"type":"presence","id":"2","task":"a"}"#) == ["too-many-tasks"])
    session.subscriptionEnded("1")
    #expect(Self.receive(&session, #"{"type":"questions","id":"3"}"#) == ["follow questions 3"])
  }

  @Test func `a flood is refused at first, and ended when it goes on`() {
    var limits = SocketLimits()
    (limits.messagesPerSecond, limits.burst, limits.floodAfter) = (10, 20, .seconds(5))
    var session = SocketSession(limits, now: Self.start)
    let ping = #"{"type":"ping","id":"p"}"#
    for _ in 0..<20 { #expect(Self.receive(&session, ping) == ["ack"]) }
    #expect(Self.receive(&session, ping) == ["too-many-messages"])
    // At its pace it goes on for ever.
    #expect(Self.receive(&session, ping, after: .milliseconds(100)) == ["ack"])
    #expect(Self.receive(&session, ping, after: .milliseconds(110)) == ["too-many-messages"])
    // A rest is a rest.
    #expect(Self.receive(&session, ping, after: .seconds(3)) == ["ack"])
    for _ in 0..<30 { _ = Self.receive(&session, ping, after: .seconds(6)) }
    var last: [String] = []
    for tenth in 60..<111 { for _ in 0..<3 { last = Self.receive(&session, ping, after: .milliseconds(tenth * 100)) } }
    #expect(last == ["close flood"])
  }

  @Test func `long messages count for more, and so does each of an array`() {
    var limits = SocketLimits()
    (limits.messagesPerSecond, limits.burst) = (1, 10)
    var session = SocketSession(limits, now: Self.start)
    let long = #"{"type":"say","id":"1","task":"t","text":"\#(String(repeating: "x", count: 500_000))"}"#
    #expect(Self.receive(&session, long) == ["run 1"])
    let three = #"[{"type":"ping","id":"1"},{"type":"ping","id":"2"},{"type":"ping","id":"3"}]"#
    #expect(Self.receive(&session, three) == ["ack", "ack", "too-many-messages"])
  }

  @Test func `whoever says nothing but nonsense is let go of`() {
    var limits = SocketLimits()
    (limits.badInARow, limits.burst) = (3, 1000)
    var session = SocketSession(limits, now: Self.start)
    #expect(Self.receive(&session, "x") == ["bad-message"])
    #expect(Self.receive(&session, "x") == ["bad-message"])
    // One good one is a new beginning, whatever is answered.
    #expect(Self.receive(&session, Self.command(1, "t")) == ["run 1"])
    #expect(Self.receive(&session, "x") == ["bad-message"])
    #expect(Self.receive(&session, "x") == ["bad-message"])
    #expect(Self.receive(&session, "x") == ["bad-message", "close flood"])
  }

  @Test func `how long to wait is said in whole seconds`() {
    var limits = SocketLimits()
    (limits.messagesPerSecond, limits.burst) = (2, 10)
    var budget = SocketBudget(limits, now: Self.start)
    #expect(budget.take(10, at: Self.start) == .passes)
    #expect(budget.take(5, at: Self.start) == .refused(retryAfter: 3))
    #expect(budget.take(1, at: Self.start) == .refused(retryAfter: 1))
    #expect(budget.take(5, at: Self.start + .milliseconds(2500)) == .passes)
  }
}
