import A2A
import HTTP
import Identity
import JSON
import Journal

/// What somebody may do with a task, by the policy of this moment: for pages, which show no button that would be refused. The same rules
/// judge the commands when they come.
struct TaskRights: Sendable, Equatable {
  /// Those that would not be refused for want of a right. Whether the task still takes them is another question.
  let commands: [CommandKind]
  /// Its agent may be given work: the same once more.
  let maySubmit: Bool
  /// Its agent says that it takes pauses.
  let isPausable: Bool

  init(of asker: Asker, to task: StoredTask, in directory: AgentDirectory) {
    commands = CommandKind.allCases.filter { kind in asker.isAllowed { try $0.require(kind.right, to: task) } }
    let agent = task.opening.agent
    maySubmit = asker.isAllowed {
      _ = try directory.agent(agent, for: $0.principal)
      _ = try $0.requireNewTask(at: agent)
    }
    isPausable = directory[agent]?.card?.takesPauses == true
  }

  /// `"may":["cancel",…],"pausable":…`.
  func write(into object: inout JSONWriter) {
    object.array("may") { list in
      for command in commands { list.string(command.rawValue) }
      if maySubmit { list.string(Self.submit) }
    }
    object.member("pausable", isPausable)
  }

  /// All that may stand in `may`.
  static let words = CommandKind.allCases.map(\.rawValue) + [submit]

  private static let submit = Action.submit.rawValue
}

extension Asker {
  /// Whether it goes without a refusal.
  fileprivate func isAllowed(_ require: (Asker) throws -> Void) -> Bool { (try? require(self)) != nil }
}
