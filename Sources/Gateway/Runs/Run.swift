import A2A
import Journal

/// One task at its agent, from the moment in which it has a place to its end.
protocol Run: Sendable {
  /// Returns when the task has ended and all of it is stored, when the journal takes no more, and after `stop`.
  func run() async
  /// Returns when the command is in the journal; what comes of it is journaled, too. Throws the refusal of one that is not taken.
  func take(_ command: RunCommand) async throws -> CommandReceipt
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
