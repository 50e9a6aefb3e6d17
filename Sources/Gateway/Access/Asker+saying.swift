import A2A
import HTTP
import Identity
import Journal

extension Asker {
  /// Throws the refusal to answer with when this asker may not say anything to the agent of that task. Whoever may give work may go on about
  /// it; to a task that waits for somebody, so may whoever may answer, who need not be one to give work in its owner's name.
  func requireSaying(to task: StoredTask) throws(Refusal) {
    let facts = TaskFacts(task.opening)
    let isAsking = TaskState(word: task.state)?.isInterrupted == true
    if isAsking, principal.decide(.answer, on: .task(facts)).isAllowed {
      return try require(.answer, on: facts)
    }
    try require(.submit, on: facts)
  }
}
