package import A2A
package import A2AWire
package import JSON

/// What an agent's work has to do with: the message that it is about, and everything that it may tell and ask.
///
/// Each call looks first whether the task was cancelled, or has ended in another way, and throws `CancellationError`
/// then.
package struct TaskContext: Sendable {
  let store: TaskStore
  package let taskID: String
  package let contextID: String
  /// What this turn is about. The first is the task's; each that came meanwhile and was not taken gets a turn of its
  /// own.
  package internal(set) var message: Message
  package let caller: Caller
  let parts = OpenParts()

  init(store: TaskStore, taskID: String, contextID: String, message: Message, caller: Caller) {
    self.store = store
    self.taskID = taskID
    self.contextID = contextID
    self.message = message
    self.caller = caller
  }

  /// What was said in this task so far, in its order.
  package var history: [Message] {
    get async throws {
      try Task.checkCancellation()
      return try await store.history(taskID)
    }
  }

  /// What the caller has said since the work began, for an agent that can take it in midway. What is taken gets no
  /// turn.
  package func takeMessages() async throws -> [Message] {
    try Task.checkCancellation()
    return try await store.takeMessages(taskID)
  }

  /// A place at which the work can stop without harm: it waits here while the task is paused, and throws when the task is
  /// cancelled. The beginning of each tool is such a place by itself.
  package func checkpoint() async throws {
    try Task.checkCancellation()
    try await store.checkpoint(taskID)
  }

  /// Answers with a message, and there is no task. Only before everything else, and only where the profile says
  /// `repliesDirectly`.
  package func reply(_ message: AgentMessage) async throws {
    try Task.checkCancellation()
    try await store.reply(taskID, message)
  }

  /// Tells what the agent is doing.
  /// - Parameters:
  ///   - title: what the task is about, for lists; the last one that was told counts.
  ///   - phase: the part of the work that this belongs to.
  ///   - duration: how long it took, where it has ended.
  ///   - payload: what only this kind of agent knows.
  package func progress(
    _ text: String, type: ProgressReport.Kind = .progress, title: String? = nil, phase: String? = nil,
    step: Int? = nil, total: Int? = nil, duration: Duration? = nil, payload: JSONValue? = nil
  ) async throws {
    try Task.checkCancellation()
    var report = ProgressReport(type)
    report.message = text
    report.title = title
    report.phase = phase
    report.step = step
    report.total = total
    report.durationMilliseconds = duration.map { Int($0.wholeMilliseconds) }
    report.payload = payload
    try await store.report(taskID, AgentMessage(text), report)
  }

  /// Passes on what another agent tells of its work, as it is.
  /// - Parameter text: for those who know nothing of reports.
  package func relay(_ report: ProgressReport, saying text: String) async throws {
    try Task.checkCancellation()
    try await store.report(taskID, AgentMessage(text), report)
  }

  /// Puts a result into the task: a whole one, or a piece of one.
  /// - Parameters:
  ///   - append: the parts follow those that the artifact of this id has; otherwise they replace them.
  ///   - lastChunk: the artifact is complete.
  package func artifact(_ artifact: Artifact, append: Bool = false, lastChunk: Bool = true) async throws {
    try Task.checkCancellation()
    try await store.add(artifact, to: taskID, append: append, lastChunk: lastChunk)
  }

  /// Asks the task's people, and waits for the answer. The task's time does not run meanwhile.
  ///
  /// Throws an ``AgentFailure`` of the reason `unanswered` when nobody answers in time a question that has no default.
  package func ask(_ question: QuestionDraft) async throws -> QuestionOutcome {
    try Task.checkCancellation()
    return try await store.ask(taskID, question)
  }

  /// Asks the task's people for something that is done elsewhere, such as a sign-in, and waits until somebody says that it
  /// is. Secrets do not belong into the answer: everybody who may watch the task reads it.
  package func authenticate(_ prompt: String, why: String? = nil, within time: Duration? = nil) async throws {
    var draft = QuestionDraft(prompt, why: why, within: time)
    draft.need = .authentication
    _ = try await ask(draft)
  }

  /// As long as `body` runs, the task is not cancelled: whoever asks for it is told why. Nor is it held back by a pause, so
  /// begin it behind a ``checkpoint()``.
  package func refusingCancel<Value: Sendable>(
    because reason: String, _ body: () async throws -> Value
  ) async throws -> Value {
    try Task.checkCancellation()
    let refusal = try await store.refuseCancel(taskID, reason)
    do {
      let value = try await Uninterrupted.$isInside.withValue(true) { try await body() }
      await store.allowCancel(taskID, refusal)
      return value
    } catch {
      await store.allowCancel(taskID, refusal)
      throw error
    }
  }
}
