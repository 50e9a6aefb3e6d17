import HTTP
import Identity

extension Asker {
  /// Throws the refusal to answer with when this is not allowed: 404, as if the task were not there, when the principal may not even
  /// watch it; 403 otherwise. `facts` is nil when there is no such task.
  func require(_ action: Action, on facts: TaskFacts?) throws(Refusal) {
    // A task that is not there is judged like any other, so that the time it takes tells nothing either.
    let subject = Subject.task(facts ?? Self.absent)
    let mayWatch = principal.decide(.watch, on: subject).isAllowed
    let mayAct = principal.decide(action, on: subject).isAllowed
    guard facts != nil, mayWatch else { throw .noSuchTask }
    guard mayAct else { throw .notAllowed }
  }

  private static let absent = TaskFacts(owner: "", tenant: nil, agent: "")
}
