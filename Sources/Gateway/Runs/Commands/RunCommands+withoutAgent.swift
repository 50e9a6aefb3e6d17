import A2A
import Journal

// Verdicts where no agent works on the task: it waits for a place, or has ended.
extension RunCommands {
  /// What came of each command that has no verdict yet.
  /// - Parameters:
  ///   - state: what the task has come to.
  ///   - why: where it is the gateway that could not go on.
  func verdicts(at state: TaskState, why: String?, now: Int64) -> [Verdict] {
    open.map { one in
      let (word, why) = Self.verdict(on: one, state, why)
      return Verdict(
        word: word, command: one.command.word, id: one.command.id, by: one.command.by, why: why,
        after: max(0, now - one.memory.since))
    }
  }

  private static func verdict(on one: Open, _ state: TaskState, _ why: String?) -> (Verdict.Word, String?) {
    if case .cancel = one.command.act, state == .canceled { return (.stopped, nil) }
    if one.memory.isDelivered, one.command.word != "cancel" {
      return (.undelivered, (why ?? "The task has ended.") + RunMachine.mayHaveArrived)
    }
    if let why { return (.undelivered, why) }
    return (.tooLate, "The task ended as \(state.word) before the agent could be told.")
  }

  /// What is to be remembered once these are journaled.
  /// - Parameter first: the number of the record of the first of them.
  mutating func settle(_ verdicts: [Verdict], from first: Int64) -> [CommandMemory] {
    verdicts.enumerated().compactMap { index, verdict in
      var verdict = verdict
      verdict.seq = first + Int64(index)
      return settle(verdict.key, verdict)
    }
  }
}
