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

  /// Whose the task will be that this asker wants to begin at that agent: the asker's own, or somebody else's where the policy lets the
  /// asker submit to a task like that. Throws 403 otherwise.
  func requireNewTask(
    at agent: String, owner: String? = nil, tenant: String? = nil
  ) throws(Refusal) -> TaskFacts {
    let facts = TaskFacts(owner: owner ?? principal.name, tenant: tenant ?? principal.tenant, agent: agent)
    // People of a tenant see what is in it. So an own task in another's is judged as one of somebody there: that it is the asker's own
    // must not be what allows it.
    let judged = facts.tenant == principal.tenant ? facts : TaskFacts(owner: "", tenant: facts.tenant, agent: agent)
    guard principal.decide(.submit, on: .task(judged)).isAllowed else { throw .notAllowed }
    return facts
  }

  private static let absent = TaskFacts(owner: "", tenant: nil, agent: "")
}
