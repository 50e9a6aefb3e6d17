/// A loop as a task executor: where the parts of a task run that belong to no actor, above all what Swift does between the end of a
/// wait and the actor that waited. A type of its own, because a job that comes this way is run otherwise than an actor's.
///
/// `@unchecked Sendable`: `loop` is set once, before anybody else has this object.
package final class LoopTasks: TaskExecutor, @unchecked Sendable {
  /// The loop owns this, and whoever enqueues holds the loop.
  private unowned var loop: Loop?

  init() {}

  func belong(to loop: Loop) {
    self.loop = loop
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    guard let loop else { preconditionFailure("A task executor without a loop.") }
    loop.enqueue(.ofNobody(job))
  }

  package func asUnownedTaskExecutor() -> UnownedTaskExecutor {
    unsafe UnownedTaskExecutor(ordinary: self)
  }
}
