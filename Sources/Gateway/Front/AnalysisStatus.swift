import A2A
import JSON
import Journal
import Telemetry

/// How an analysis stands, as a document for who asks once.
struct AnalysisStatus: Sendable {
  let task: StoredTask
  /// Nil for a producer's task, of which nobody keeps more than how it stands.
  let image: TaskImage?
  let progress: ProgressReport?

  /// `processing`, `complete` or `error`: all that old pages tell apart.
  var status: String {
    guard task.isFinal else { return "processing" }
    return task.state == TaskState.completed.word ? "complete" : "error"
  }

  var message: String {
    let said = (image?.answer ?? image?.task.status.message)?.text ?? ""
    if !said.isEmpty { return said }
    switch task.state {
    case TaskState.completed.word: return "Analysis complete"
    case TaskState.canceled.word: return "Analysis canceled"
    default: return task.isFinal ? "Analysis failed" : "Analysis in progress..."
    }
  }

  private var decision: JSONValue? { image?.task.decision }

  var encoded: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("task_id", task.id)
      object.member("status", status)
      object.member("state", task.state)
      object.member("message", message)
      object.member("final", task.isFinal)
      object.member("updated", RFC3339.text(millisecondsSince1970: task.updated))
      if let progress { Self.write(progress, to: &object) }
      if let decision, task.isFinal {
        object.member("alert_id", ifPresent: decision["alert_id"]?.string)
        object.member("alert_type", ifPresent: decision["alert_type"]?.string)
        object.member("decision", decision)
      }
      object.member("stream_url", TaskLinks.stream(task.id))
    }
    return writer.bytes
  }

  private static func write(_ progress: ProgressReport, to object: inout JSONWriter) {
    object.object("progress") { member in
      member.member("event_type", progress.type.name)
      member.member("tool_name", ifPresent: progress.tool)
      member.member("step", ifPresent: progress.step)
      member.member("total", ifPresent: progress.total)
      member.member("message", ifPresent: progress.message)
    }
  }
}
