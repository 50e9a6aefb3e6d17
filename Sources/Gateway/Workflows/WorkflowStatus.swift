import A2A
import JSON
import Journal
import Telemetry

/// How a workflow stands, in its clients' four words.
enum WorkflowStatus: String, Sendable, CaseIterable {
  case pending = "PENDING"
  case processing = "PROCESSING"
  case completed = "COMPLETED"
  case failed = "FAILED"

  static let words = allCases.map(\.rawValue)

  init(_ task: StoredTask) {
    switch TaskState(word: task.state) {
    case .submitted: self = .pending
    case .completed: self = .completed
    case .failed, .canceled, .rejected: self = .failed
    case .working, .inputRequired, .authRequired: self = .processing
    // A producer's own word.
    case nil: self = task.isFinal ? .completed : .processing
    }
  }

  /// What every answer about a workflow has.
  static func write(_ task: StoredTask, into object: inout JSONWriter) {
    object.member("workflow_id", WorkflowID.of(task: task.id))
    object.member("status", WorkflowStatus(task).rawValue)
    object.member("created_at", RFC3339.text(millisecondsSince1970: task.opened))
    object.member("updated_at", RFC3339.text(millisecondsSince1970: task.updated))
  }
}
