import A2A
import JSON
import Journal
import Testing

@testable import Gateway

/// What a stream tells, from records that are made here.
@Suite struct TaskTellingTests {
  /// Numbers records as a journal does.
  struct Script {
    private(set) var records: [Record] = []

    mutating func add(_ entry: Entry) {
      let seq = Int64(records.count + 1)
      records.append(
        Record(
          offset: 100 + seq, task: "t", seq: seq, time: 0, kind: entry.kind, origin: entry.origin,
          payload: entry.payload))
    }

    mutating func open(_ text: String = "Go") {
      add(RunRecords.said("submit", Message(id: "m1", role: .user, text: text, contextID: "c", taskID: "t"), by: "kim"))
      add(
        RunRecords.event(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.submitted))), origin: "gateway"))
    }

    mutating func say(_ event: TaskEvent, by origin: String = "checker") {
      add(RunRecords.event(event, origin: origin))
    }

    mutating func status(_ state: TaskState, _ text: String? = nil, by origin: String = "checker") {
      let message = text.map { Message(id: "s-\($0)", role: .agent, text: $0, contextID: "c", taskID: "t") }
      say(.status(.init(taskID: "t", contextID: "c", status: TaskStatus(state, message: message))), by: origin)
    }

    mutating func artifact(_ id: String, _ text: String, append: Bool = false) {
      let artifact = Artifact(id: id, parts: [.text(text)])
      say(.artifact(.init(taskID: "t", contextID: "c", artifact: artifact, append: append)))
    }
  }

  private static let blank = TaskImage(task: AgentTask(id: "t", contextID: "c", status: TaskStatus(.submitted)))

  private static func tell(
    _ beginning: TaskTelling.Beginning, _ script: Script, from image: TaskImage = blank,
    endsWhenInterrupted: Bool = true,
    historyLength: Int? = nil
  ) -> (told: [TaskEvent], telling: TaskTelling) {
    var telling = TaskTelling(
      beginning, from: image, endsWhenInterrupted: endsWhenInterrupted, historyLength: historyLength)
    var told = telling.begin()
    for record in script.records { told += telling.take(record) }
    return (told, telling)
  }

  @Test func `an answer begins with the task once the agent has said something, and goes on to its end`() {
    var script = Script()
    script.open()
    script.status(.working)
    script.artifact("a", "one")
    script.artifact("a", "two", append: true)
    script.status(.completed, "Done.")
    let (told, telling) = Self.tell(.answer(decides: true), script)
    #expect(told.map(\.short) == ["task working", "artifact a", "artifact a", "completed Done."])
    #expect(telling.isOver && telling.image.task.artifacts?.first?.parts.count == 2)
    guard case .task(let first) = told[0] else { return }
    #expect(first.history?.map(\.text) == ["Go"] && first.artifacts == [])
  }

  @Test func `the gateway's own first word is told at once where nothing is to be waited for`() {
    var script = Script()
    script.open()
    #expect(Self.tell(.answer(decides: true), script).told.isEmpty)
    #expect(Self.tell(.answer(decides: false), script).told.map(\.short) == ["task submitted"])
    script.status(.submitted, "Waiting for a place.", by: "gateway")
    #expect(Self.tell(.answer(decides: true), script).told.map(\.short) == ["task submitted"])
    #expect(
      Self.tell(.answer(decides: false), script).told.map(\.short)
        == ["task submitted", "submitted Waiting for a place."])
  }

  @Test func `an answer without a task is a message of no task, and nothing else`() {
    var script = Script()
    script.open()
    let answer = Message(id: "r", role: .agent, text: "Hello.", contextID: "c", taskID: "t")
    script.say(.message(answer))
    script.say(
      .status(.init(taskID: "t", contextID: "c", status: TaskStatus(.completed, message: answer))))
    let (told, telling) = Self.tell(.answer(decides: true), script)
    guard case .message(let heard)? = told.first, told.count == 1 else {
      Issue.record("\(told)")
      return
    }
    #expect(heard.id == "r" && heard.taskID == nil && heard.contextID == "c" && telling.isOver)
    // Where a task was told of, its last status has the answer.
    #expect(
      Self.tell(.answer(decides: false), script).told.map(\.short) == ["task submitted", "completed Hello."])
  }

  @Test(arguments: [TaskState.inputRequired, .authRequired])
  func `a stream of an answer ends when somebody has to speak, and a subscription goes on`(_ state: TaskState) {
    var script = Script()
    script.open()
    script.status(.working)
    script.status(state, "Which?")
    script.status(.working)
    script.status(.completed)
    #expect(Self.tell(.answer(decides: true), script).told.map(\.short) == ["task working", "\(state) Which?"])
    let (told, telling) = Self.tell(.snapshot, script, endsWhenInterrupted: false)
    #expect(told.map(\.short) == ["task submitted", "working", "\(state) Which?", "working", "completed"])
    #expect(telling.isOver)
  }

  @Test func `what follows a reply begins behind it, whatever was said before`() {
    var script = Script()
    script.open()
    script.status(.working)
    script.status(.inputRequired, "Which?")
    let before = Self.tell(.answer(decides: true), script).telling.image
    script.add(RunRecords.said("send", Message(id: "other", role: .user, text: "That."), by: "eve"))
    script.add(RunRecords.said("send", Message(id: "mine", role: .user, text: "This."), by: "kim"))
    script.status(.working)
    script.status(.completed)
    let (told, telling) = Self.tell(.reply(to: "mine"), script, from: before)
    #expect(told.map(\.short) == ["task inputRequired", "working", "completed"] && telling.isOver)
    guard case .task(let first) = told[0] else { return }
    #expect(first.history?.map(\.text) == ["Go", "Which?", "That.", "This."])
  }

  @Test func `a snapshot amid a stream is told as what has changed`() {
    var script = Script()
    script.open()
    script.status(.working)
    script.artifact("a", "one")
    var found = AgentTask(id: "t", contextID: "c", status: TaskStatus(.completed))
    found.artifacts = [Artifact(id: "a", parts: [.text("one")]), Artifact(id: "b", parts: [.text("two")])]
    script.say(.task(found))
    let (told, telling) = Self.tell(.answer(decides: true), script)
    #expect(told.map(\.short) == ["task working", "artifact a", "artifact b", "completed"] && telling.isOver)
  }

  @Test func `notes, gaps, commands and what came too late are not told`() {
    var script = Script()
    script.open()
    script.status(.working)
    script.add(RunRecords.note("agent-lost") { $0.member("why", "cut") })
    script.add(Entry(.gap, origin: "gateway", payload: Array(#"{"why":"cut"}"#.utf8)))
    script.add(RunRecords.command(RunCommand(id: "c1", by: "kim", act: .cancel(why: nil))))
    script.add(Entry(.event, origin: "checker", payload: Array(#"{"nothing":"known"}"#.utf8)))
    script.status(.canceled)
    script.add(Entry(.late, origin: "checker", payload: Array(#"{"statusUpdate":{}}"#.utf8)))
    script.status(.working)
    #expect(Self.tell(.answer(decides: true), script).told.map(\.short) == ["task working", "canceled"])
  }

  @Test func `the first event has as much of the history as was asked for`() {
    var script = Script()
    script.open()
    script.status(.working)
    for (length, count) in [(nil, 1), (0, nil), (5, 1)] as [(Int?, Int?)] {
      guard case .task(let first)? = Self.tell(.answer(decides: true), script, historyLength: length).told.first else {
        Issue.record("There is no first event.")
        return
      }
      #expect(first.history?.count == count)
    }
  }

  /// However a subscription falls between the records, snapshot and updates come to the same task.
  @Test func `a snapshot and what follows it make the same task, wherever it was taken`() {
    var script = Script()
    script.open()
    script.status(.working)
    for number in 0..<20 { script.artifact("a\(number % 3)", "\(number)", append: number >= 3) }
    script.status(.completed, "Done.")
    let whole = Self.tell(.snapshot, script, endsWhenInterrupted: false).telling.image.task
    for cut in 0..<(script.records.count - 1) {
      var image = Self.blank
      for record in script.records[..<cut] { image.take(record) }
      var telling = TaskTelling(.snapshot, from: image, endsWhenInterrupted: false)
      var told = telling.begin()
      // Records that are in the image already are not told again.
      for record in script.records { told += telling.take(record) }
      var made = AgentTask(id: "", contextID: nil, status: TaskStatus(.submitted))
      for event in told { made.take(event) }
      #expect(made.artifacts == whole.artifacts && made.status == whole.status, "behind \(cut)")
      #expect(telling.isOver)
    }
  }
}

extension TaskEvent {
  /// In a word or two, for comparing.
  var short: String {
    switch self {
    case .task(let task): "task \(task.status.state)"
    case .message(let message): "message \(message.text)"
    case .status(let update): "\(update.status.state)" + (update.status.message.map { " \($0.text)" } ?? "")
    case .artifact(let update): "artifact \(update.artifact.id)"
    }
  }
}
