import A2A
import Journal

/// One task at its agent, from the moment in which it has a place to its end.
protocol Run: Sendable {
  /// Returns when the task has ended and all of it is stored, when the journal takes no more, and after `stop`.
  func run() async
  /// Asks the agent to stop. Returns when it has answered, or cannot be asked.
  func cancel(by principal: String) async -> CancelOutcome
  /// Returns when the message is in the journal.
  func send(_ message: Message, by principal: String) async throws
  /// Lets go of the agent; the task goes on there.
  func stop() async
}

/// Where a run begins.
enum RunStart: Sendable {
  /// The agent has not heard of it.
  case fresh(StoredTask, RunMemory, Message)
  /// It has, or may have: before a restart, or before this gateway lost its journal for a while.
  case resumed(StoredTask, RunMemory, TaskImage)

  var task: StoredTask {
    switch self {
    case .fresh(let task, _, _), .resumed(let task, _, _): task
    }
  }

  var memory: RunMemory {
    switch self {
    case .fresh(_, let memory, _), .resumed(_, let memory, _): memory
    }
  }
}
