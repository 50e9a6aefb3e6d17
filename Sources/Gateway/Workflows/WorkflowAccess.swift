import HTTP
import Identity
import Journal

/// What tasks are called by those who know them as workflows.
enum WorkflowID {
  private static let prefix = of(task: "")

  static func of(task: String) -> String { WorkflowVocabulary.workflowID(of: task) }

  /// The task's own id is good, too.
  static func task(of workflow: String) -> String {
    workflow.hasPrefix(prefix) ? String(workflow.dropFirst(prefix.count)) : workflow
  }
}

extension TaskAccess {
  /// The task of a workflow, if this asker may watch it. Throws 404 in the words that clients of workflows look for.
  func workflow(_ id: String, by asker: Asker) async throws -> StoredTask {
    do {
      return try await task(WorkflowID.task(of: id), .watch, by: asker)
    } catch let refusal as Refusal where refusal == .noSuchTask {
      throw Refusal(
        .notFound,
        "Workflow \(Excerpt.quoting(id.utf8)) not found: it is not there, or you may not see it. Check the id, and as whom you "
          + "are signed in.")
    }
  }
}
