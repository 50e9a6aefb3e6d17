import A2A
import A2AWire
import AgentKit
import Synchronization
import Telemetry
import Testing

@testable import signalbox

/// What the conformance agent does with cancels, pauses and questions, without sockets.
@Suite(.timeLimit(.minutes(2)))
struct ConformanceControlTests {
  private static let call = CallContext(
    caller: .anonymous, dialect: Dialect(.jsonRPC, .v1), extensions: [], requestID: "test")

  private let service = ConformanceService(
    store: TaskStore(agent: ConformanceAgent(), log: Log(sink: DiscardSink(), clock: { 0 })))

  /// A task under way, and what it tells.
  private func begin(_ id: String) async throws -> (TaskFeed, AgentTask) {
    let message = Message(id: id + "-0a1b", role: .user, text: "x")
    let feed = try await service.stream(SendMessageRequest(message: message), Self.call)
    guard case .task(let task)? = try await feed.next() else { throw A2AError(.internalError, "No task came.") }
    return (feed, task)
  }

  @discardableResult
  private func say(_ text: String, to task: AgentTask, _ change: (inout Message) -> Void = { _ in }) async throws
    -> AgentTask
  {
    var message = Message(id: "said-\(UInt64.random(in: .min ... .max))", role: .user, text: text, taskID: task.id)
    change(&message)
    var request = SendMessageRequest(message: message)
    request.configuration.returnImmediately = true
    guard case .task(let task) = try await service.send(request, Self.call) else {
      throw A2AError(.internalError, "A message came instead of a task.")
    }
    return task
  }

  private func ask(_ request: PauseRequest, _ task: AgentTask) async throws -> AgentTask {
    try await say(request.text, to: task) { $0.metadata = request.metadata() }
  }

  private func cancel(_ task: AgentTask) async throws -> TaskState {
    try await service.cancel(CancelTaskRequest(id: task.id), Self.call).status.state
  }

  private func get(_ task: AgentTask) async throws -> AgentTask {
    try await service.task(GetTaskRequest(id: task.id), Self.call)
  }

  private func report(_ event: TaskEvent) -> ProgressReport? {
    if case .status(let update) = event { ProgressReport(metadata: update.metadata) } else { nil }
  }

  /// The tools that have started, up to the event that fits.
  private func started(_ feed: TaskFeed, until fits: (ProgressReport) -> Bool) async throws -> [String] {
    var tools: [String] = []
    while let event = try await feed.next() {
      guard let report = report(event) else { continue }
      if report.type == .toolStarted, let tool = report.tool { tools.append(tool) }
      if fits(report) { return tools }
    }
    throw A2AError(.internalError, "The stream has ended behind \(tools).")
  }

  // MARK: Cancelling

  @Test func `the ignoring one goes on telling behind a cancel`() async throws {
    let (feed, task) = try await begin("test-ignore-cancel")
    _ = try await feed.next()
    #expect(try await cancel(task) == .working)
    for _ in 0..<5 { #expect(try await feed.next()?.state == .working) }
    #expect(try await cancel(task) == .working)
    feed.close()
  }

  @Test func `the dying one breaks its streams off, answers nothing, and lives`() async throws {
    let (feed, task) = try await begin("test-die-cancel")
    let subscription = try await service.subscribe(SubscribeToTaskRequest(id: task.id), Self.call)
    _ = try await subscription.next()
    let answer = Task { try await cancel(task) }
    for line in [feed, subscription] {
      await #expect(throws: TaskFeedEnd.cut) { while try await line.next() != nil {} }
    }
    #expect(try await get(task).status.state == .working)
    let again = try await service.subscribe(SubscribeToTaskRequest(id: task.id), Self.call)
    for _ in 0..<3 { #expect(try await again.next()?.state == .working) }
    again.close()
    // The caller has given up.
    answer.cancel()
    await #expect(throws: A2AError.self) { try await answer.value }
  }

  @Test func `the late one is canceled after a while, and the endless one at once`() async throws {
    for (id, least) in [("test-late-cancel", Duration.seconds(2)), ("test-endless", .zero)] {
      let (feed, task) = try await begin(id)
      _ = try await feed.next()
      let start = ContinuousClock.now
      #expect(try await cancel(task) == .canceled)
      #expect(ContinuousClock.now - start >= least)
      feed.close()
    }
  }

  @Test func `the deep one heeds a cancel at its checkpoint and says where`() async throws {
    let (feed, task) = try await begin("test-deep")
    #expect(try await started(feed) { $0.type == .toolProgress } == ["outer", "inner"])
    async let canceled = cancel(task)
    var ends: [String: String] = [:]
    var last: TaskState?
    while let event = try await feed.next() {
      last = event.state
      if let report = report(event), report.type == .toolFailed { ends[report.tool ?? ""] = report.error }
    }
    #expect(try await canceled == .canceled && last == .canceled)
    #expect(ends["inner"]?.hasPrefix("Stopped at the checkpoint behind step ") == true, "\(ends)")
    #expect(ends["outer"] == ends["inner"])
  }

  // MARK: Pausing

  @Test func `tools that wait for messages show what a pause holds back`() async throws {
    let (feed, task) = try await begin("test-pause")
    #expect(try await started(feed) { $0.type == .toolStarted } == ["gated_1"])
    #expect(try await ask(.pause, task).isPaused)
    try await say("go on", to: task)
    #expect(try await started(feed) { $0.type == .toolCompleted } == [], "The first ends, the second does not begin.")
    #expect(try await ask(.resume, task).isPaused == false)
    for number in 2...5 {
      #expect(try await started(feed) { $0.type == .toolStarted } == ["gated_\(number)"])
      try await say("go on", to: task)
    }
    var last: TaskEvent?
    while let event = try await feed.next() { last = event }
    #expect(last?.state == .completed)
  }

  @Test func `without pausing the card does not have it, and a pause is refused`() async throws {
    let log = Log(sink: DiscardSink(), clock: { 0 })
    let store = TaskStore(agent: ConformanceAgent(without: [.pause]), log: log)
    #expect(!store.card.capabilities.extensions.contains { $0.uri == PauseRequest.extensionURI })
    #expect(service.card.capabilities.extensions.contains { $0.uri == PauseRequest.extensionURI })
    var message = Message(id: "p", role: .user, text: "Pause", taskID: "any")
    message.metadata = PauseRequest.pause.metadata()
    do {
      _ = try await store.send(SendMessageRequest(message: message), Self.call)
      Issue.record("It was not refused.")
    } catch {
      #expect(error.code == .unsupportedOperation)
    }
  }

  // MARK: Asking

  /// What a question asks, and what the task says at its end.
  private func answer(
    _ id: String, _ content: Answer.Content?, text: String = "so be it"
  ) async throws -> (question: Question, state: TaskState, end: String) {
    let (feed, task) = try await begin(id)
    while let event = try await feed.next(), event.state?.isInterrupted != true {}
    let asking = try await get(task)
    let question = try #require(Question(metadata: asking.status.message?.metadata))
    if let content {
      try await say(text, to: task) { $0.metadata = Answer(questionID: question.id, content).metadata() }
    }
    while true {
      let now = try await get(task).status
      if now.state.isTerminal { return (question, asking.status.state, now.message?.text ?? "") }
      // Whatever it asks next is answered, too.
      if let next = Question(metadata: now.message?.metadata), next.id != question.id { try await say("no", to: task) }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test func `a form with a field of every type`() async throws {
    let values: [String: FieldValue] = ["verdict": .text("real"), "cleared": .boolean(true), "trades": .integer(3)]
    let asked = try await answer("test-ask-form", .values(values))
    #expect(
      asked.question.fields.map(\.typeName) == [
        "choice", "multichoice", "boolean", "text", "longtext", "integer", "decimal", "date", "datetime",
      ])
    #expect(asked.end == "Filled in: verdict, cleared, trades")
  }

  @Test func `deadlines with a default and without, and refusing to answer`() async throws {
    #expect(try await answer("test-ask-deadline", nil).end == "Taken as: no")
    #expect(try await answer("test-ask-strict", nil).end == "Nobody answered in time: Go on?")
    let declined = try await answer("test-ask-decline", .declined)
    #expect(declined.question.allowsDecline && declined.end == "Declined.")
  }

  @Test func `two questions, free text, and a sign-in elsewhere`() async throws {
    let twice = try await answer("test-ask-twice", .values(["confirmed": .boolean(true)]))
    #expect(twice.state == .inputRequired && twice.end == "Answered: yes, no")
    #expect(try await answer("test-ask", .values([:]), text: "Trader 7").end == "Said: Trader 7")
    let signIn = try await answer("test-ask-auth", .values([:]))
    #expect(signIn.state == .authRequired && signIn.question.fields.isEmpty && signIn.end == "Signed in.")
  }
}
