import A2A

extension TaskStore {
  /// Asks whoever the task belongs to, and waits. One question is shown at a time, in the order in which they were
  /// asked.
  func ask(_ id: String, _ draft: QuestionDraft) async throws -> QuestionOutcome {
    let entry = try live(id, "a question")
    entry.questionCount += 1
    let questionID = "question-\(entry.questionCount)"
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
        let time = draft.within ?? limits.questionTime
        let deadline = Timestamp(
          millisecondsSince1970: world.now().millisecondsSince1970 + min(time, limits.questionTime).wholeMilliseconds)
        entry.questions.append(
          .init(question: draft.question(id: questionID, deadline: deadline), draft: draft, continuation: continuation))
        if entry.questions.count == 1 { show(entry) }
      }
    } onCancel: {
      Task { await self.withdraw(id, questionID) }
    }
  }

  /// Takes a message for the answer to the question that is shown. One that does not fit leaves the question open.
  func answer(_ entry: TaskEntry, _ message: Message) throws(A2AError) {
    let asked = entry.questions[0]
    let answer = try Answer(reading: message, to: asked.question)
    entry.record.hear(message, limits: limits)
    close(entry, saying: nil)
    asked.continuation.resume(returning: QuestionOutcome(answer: answer, source: .answered, message: message))
  }

  private func show(_ entry: TaskEntry) {
    let asked = entry.questions[0]
    stopBudget(entry)
    var said = AgentMessage(asked.question.text)
    said.metadata = asked.question.metadata()
    said.extensions = [Question.extensionURI]
    change(entry, to: asked.draft.need.state, saying: said, isSaid: true)
    let (id, questionID) = (entry.record.id, asked.question.id)
    let time = asked.draft.within ?? limits.questionTime
    entry.questionTimer = after(min(time, limits.questionTime)) { store in await store.expire(id, questionID) }
  }

  /// The question that is shown is over; the next one is shown, or the work goes on.
  private func close(_ entry: TaskEntry, saying said: AgentMessage?) {
    entry.questionTimer?.cancel()
    entry.questionTimer = nil
    entry.questions.removeFirst()
    guard entry.questions.isEmpty else { return show(entry) }
    runBudget(entry)
    change(entry, to: .working, saying: said)
  }

  private func expire(_ id: String, _ questionID: String) {
    guard let entry = tasks[id], let asked = entry.questions.first, asked.question.id == questionID else { return }
    guard let otherwise = asked.draft.otherwise else {
      close(entry, saying: "Nobody answered in time.")
      asked.continuation.resume(
        throwing: AgentFailure("Nobody answered in time: \(asked.question.prompt)", reason: .unanswered))
      return
    }
    close(entry, saying: "Nobody answered in time: \(otherwise.consequence)")
    let answer = Answer(questionID: questionID, .values(otherwise.values))
    asked.continuation.resume(returning: QuestionOutcome(answer: answer, source: .expired, message: nil))
  }

  /// The part of the work that asked does not want to know any more.
  private func withdraw(_ id: String, _ questionID: String) {
    guard let entry = tasks[id], let index = entry.questions.firstIndex(where: { $0.question.id == questionID }) else {
      return
    }
    let asked = entry.questions[index]
    if index > 0 {
      entry.questions.remove(at: index)
    } else if case .no = entry.cancelling {
      close(entry, saying: "The question was withdrawn.")
    } else {
      // Cancelled: the next thing that the task shows is its end.
      entry.questionTimer?.cancel()
      entry.questions.removeFirst()
    }
    asked.continuation.resume(throwing: CancellationError())
  }
}
