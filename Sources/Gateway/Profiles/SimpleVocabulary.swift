import A2A
import JSON
import Telemetry

/// `progress`, `complete` and `error`, each with the same body: what pages of the alert analyser read.
struct SimpleVocabulary: Vocabulary {
  static let progress = "progress"
  static let complete = "complete"
  static let error = "error"

  private let task: ToldTask
  /// Events that were told: the number of the next one is one more, the same for every reader.
  private var count = 0

  init(_ task: ToldTask) {
    self.task = task
  }

  mutating func tell(_ event: CanonicalEvent, _ story: CanonicalStory) -> [ProfileEvent] {
    guard case .told(let names) = Self.carriage(of: event.type), let name = names.first else { return [] }
    count += 1
    return [ProfileEvent(name) { write(event, story, into: &$0) }]
  }

  static func carriage(of type: CanonicalType) -> Carriage {
    switch type {
    case .streamOpened: .notCarried("a page has its own word for that it is connected")
    case .heartbeat: .notCarried("a comment breaks the silence")
    case .taskCompleted: .told([complete])
    case .taskFailed, .taskRejected, .taskCanceled: .told([error])
    default: .told([progress])
    }
  }

  private func write(_ event: CanonicalEvent, _ story: CanonicalStory, into body: inout JSONWriter) {
    body.member("event_id", count)
    body.member("task_id", task.id)
    body.member("event_type", event.name ?? event.type.rawValue)
    body.member("state", event.state.word)
    body.member("message", event.words)
    body.member("final", event.isFinal)
    body.member("timestamp", RFC3339.text(millisecondsSince1970: event.time))
    body.member("progress", ifPresent: event.percent)
    if event.isFinal { body.member("confidence", ifPresent: story.confidence) }
    switch event.type {
    case .taskFailed, .taskRejected, .taskCanceled: body.member("error", event.error ?? event.words)
    default: break
    }
    body.object("metadata") { Self.writeMetadata(event, into: &$0) }
    guard event.isFinal, let decision = story.decision else { return }
    body.member("decision", decision)
  }

  private static func writeMetadata(_ event: CanonicalEvent, into metadata: inout JSONWriter) {
    metadata.member("event_type", event.name ?? event.type.rawValue)
    metadata.member("agent", ifPresent: event.agent)
    metadata.member("tool_name", ifPresent: event.tool)
    metadata.member("tool_call_id", ifPresent: event.callID)
    metadata.member("step", ifPresent: event.step)
    metadata.member("total", ifPresent: event.total)
    metadata.member("stage", ifPresent: event.phase)
    metadata.member("record_count", ifPresent: event.records)
    metadata.member("duration_ms", ifPresent: event.durationMilliseconds)
    metadata.member("input", ifPresent: event.input)
    metadata.member("result_summary", ifPresent: event.summary.map { String($0.prefix(CanonicalEvent.summaryLimit)) })
    metadata.member("error", ifPresent: event.error)
    metadata.member("code", ifPresent: event.code)
    metadata.member("by", ifPresent: event.by)
    if let artifact = event.artifact {
      metadata.member("artifact", artifact.name ?? artifact.id)
    }
    guard event.artifact == nil else { return }
    metadata.member("payload", ifPresent: event.payload)
  }
}
