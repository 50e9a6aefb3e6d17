import A2A
import Testing

@testable import A2AWire

/// What may follow what on a stream, as tables.
@Suite struct StreamRulesTests {
  /// A stream in one line: `message`, `follow-up` (to the task t), `subscribe`, `subscribe 0.3`, then the events. `T:working` is a
  /// task, `S:` a status, `A` an artifact, `M` a message; an `x` before it makes it another task's.
  struct Row: CustomTestStringConvertible {
    let stream: String
    /// `ok`, or the breach of the last event.
    let verdict: String
    /// What a proper close means then: `end` or `cut`.
    var close = "-"
    /// And a lost connection.
    var loss = "-"

    var testDescription: String { stream }
  }

  static let rows = [
    // A message comes alone.
    Row(stream: "message", verdict: "ok", close: "cut", loss: "cut"),
    Row(stream: "message M", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "message M M", verdict: "eventAfterMessage"),
    Row(stream: "message M T:working", verdict: "eventAfterMessage"),
    Row(stream: "message M S:working", verdict: "eventAfterMessage"),
    // Or a task, and updates of it.
    Row(stream: "message T:submitted", verdict: "ok", close: "cut", loss: "cut"),
    Row(stream: "message T:working S:working A S:working", verdict: "ok", close: "cut", loss: "cut"),
    Row(stream: "message T:submitted S:completed", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "message T:completed", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "message T:working T:working S:failed", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "message T:working S:rejected", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "message T:working S:canceled", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "message S:working", verdict: "updateBeforeTask"),
    Row(stream: "message A", verdict: "updateBeforeTask"),
    Row(stream: "message T:working M", verdict: "messageAfterTask"),
    Row(stream: "message T:working xS:working", verdict: "foreignTask"),
    Row(stream: "message T:working xA", verdict: "foreignTask"),
    Row(stream: "message T:working xT:working", verdict: "foreignTask"),
    // The agent waits for somebody: it may close, or not.
    Row(stream: "message T:working S:inputRequired", verdict: "ok", close: "end", loss: "cut"),
    Row(stream: "message T:authRequired", verdict: "ok", close: "end", loss: "cut"),
    Row(stream: "message T:working S:inputRequired S:working", verdict: "ok", close: "cut", loss: "cut"),
    Row(stream: "message T:working S:inputRequired A", verdict: "ok", close: "end", loss: "cut"),
    // Terminal is final, but for the same snapshot once more.
    Row(stream: "message T:working S:completed T:completed", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "message T:working S:completed T:failed", verdict: "eventAfterTerminal"),
    Row(stream: "message T:working S:completed xT:completed", verdict: "eventAfterTerminal"),
    Row(stream: "message T:working S:completed S:completed", verdict: "eventAfterTerminal"),
    Row(stream: "message T:working S:failed A", verdict: "eventAfterTerminal"),
    Row(stream: "message T:working S:failed M", verdict: "eventAfterTerminal"),
    // Who goes on with a task knows it already.
    Row(stream: "follow-up T:working S:completed", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "follow-up S:working S:completed", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "follow-up A", verdict: "ok", close: "cut", loss: "cut"),
    Row(stream: "follow-up M", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "follow-up xM", verdict: "foreignTask"),
    Row(stream: "follow-up xT:working", verdict: "foreignTask"),
    Row(stream: "follow-up xS:working", verdict: "foreignTask"),
    Row(stream: "follow-up S:working M", verdict: "messageAfterTask"),
    // A subscription begins with a snapshot, which 0.3 does not promise.
    Row(stream: "subscribe", verdict: "ok", close: "cut", loss: "cut"),
    Row(stream: "subscribe T:inputRequired", verdict: "ok", close: "end", loss: "cut"),
    Row(stream: "subscribe T:working S:completed", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "subscribe S:working", verdict: "updateBeforeTask"),
    Row(stream: "subscribe A", verdict: "updateBeforeTask"),
    Row(stream: "subscribe M", verdict: "messageOnSubscription"),
    Row(stream: "subscribe T:working M", verdict: "messageAfterTask"),
    Row(stream: "subscribe xT:working", verdict: "foreignTask"),
    Row(stream: "subscribe 0.3 S:working S:completed", verdict: "ok", close: "end", loss: "end"),
    Row(stream: "subscribe 0.3 T:working", verdict: "ok", close: "cut", loss: "cut"),
    Row(stream: "subscribe 0.3 A", verdict: "ok", close: "cut", loss: "cut"),
    Row(stream: "subscribe 0.3 M", verdict: "messageOnSubscription"),
    Row(stream: "subscribe 0.3 xS:working", verdict: "foreignTask"),
  ]

  @Test(arguments: rows)
  func `a stream is what the table says`(_ row: Row) throws {
    var words = row.stream.split(separator: " ").map(String.init)[...]
    var rules = StreamRules(try #require(Self.opening(&words)))
    var breach: ProtocolBreach?
    for word in words {
      try #require(breach == nil, "Only the last event may be wrong.")
      do throws(ProtocolBreach) { try rules.admit(try Self.event(word)) } catch { breach = error }
    }
    #expect(Self.name(of: breach) == row.verdict)
    guard breach == nil else { return }
    #expect((rules.cut(by: .closed) == nil ? "end" : "cut") == row.close)
    let silence = StreamCut.silent(after: .seconds(1))
    #expect((rules.cut(by: silence) == nil ? "end" : "cut") == row.loss)
    #expect(rules.cut(by: silence) == (row.loss == "end" ? nil : silence))
    #expect(rules.isOver == (row.loss == "end"))
  }

  @Test func `the last state is that of the last event that told one`() throws {
    var rules = StreamRules(.message(taskID: nil))
    #expect(rules.lastState == nil)
    for (word, state) in [
      ("T:submitted", TaskState.submitted), ("S:working", .working), ("A", .working),
      ("S:inputRequired", .inputRequired),
      ("A", .inputRequired), ("S:canceled", .canceled),
    ] {
      try rules.admit(Self.event(word))
      #expect(rules.lastState == state)
    }
  }

  @Test func `an event that is refused changes nothing`() throws {
    var rules = StreamRules(.message(taskID: nil))
    try rules.admit(Self.event("T:inputRequired"))
    #expect(throws: ProtocolBreach.foreignTask(id: "other", expected: "t")) {
      try rules.admit(Self.event("xS:completed"))
    }
    #expect(rules.lastState == .inputRequired)
    #expect(!rules.isOver)
  }

  @Test func `an event after the end is kept in the error`() throws {
    var rules = StreamRules(.message(taskID: nil))
    try rules.admit(Self.event("T:completed"))
    let late = try Self.event("A")
    #expect(throws: ProtocolBreach.eventAfterTerminal(.completed, late)) { try rules.admit(late) }
  }

  // MARK: Reading the table

  private static func opening(_ words: inout ArraySlice<String>) -> StreamRules.Opening? {
    switch words.removeFirst() {
    case "message": return .message(taskID: nil)
    case "follow-up": return .message(taskID: "t")
    case "subscribe" where words.first == "0.3":
      words.removeFirst()
      return .subscription(taskID: "t", promisesSnapshot: false)
    case "subscribe": return .subscription(taskID: "t", promisesSnapshot: true)
    default: return nil
    }
  }

  private static func event(_ word: String) throws(ProtocolBreach) -> TaskEvent {
    let id = word.hasPrefix("x") ? "other" : "t"
    let parts = word.drop { $0 == "x" }.split(separator: ":")
    let state = TaskState.allCases.first { parts.count > 1 && "\($0)" == parts[1] } ?? .working
    switch parts[0] {
    case "T": return .task(AgentTask(id: id, contextID: "c", status: TaskStatus(state)))
    case "S": return .status(.init(taskID: id, contextID: "c", status: TaskStatus(state)))
    case "A": return .artifact(.init(taskID: id, contextID: "c", artifact: Artifact(id: "a", parts: [.text("x")])))
    default: return .message(Message(id: "m", role: .agent, text: "x", taskID: id == "t" ? nil : id))
    }
  }

  private static func name(of breach: ProtocolBreach?) -> String {
    breach.map { String("\($0)".prefix { $0 != "(" }) } ?? "ok"
  }
}
