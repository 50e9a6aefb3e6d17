import JSON

/// Messages, states and artifacts in the words of the first alert analyzers.
package enum AnalyzerWords {
  /// The answer to `POST /analyze`.
  package static func begun(_ task: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { $0.member("task_id", task) }
    return writer.bytes
  }

  /// The answer to `GET /tasks/{id}`.
  package static func document(of task: AgentTask) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", task.id)
      object.member("state", task.status.state.analyzerWord)
      object.member("final", task.status.state.isTerminal)
      object.array("messages") { list in
        for said in task.history ?? [] { list.object(message(said)) }
        list.object(message(of: task.status, nil, isFirst: false))
      }
      object.member("alert_text", task.history?.first { $0.role == .user }?.text ?? "")
      object.array("artifacts") { write(task.artifacts ?? [], to: &$0) }
    }
    return writer.bytes
  }

  /// Of an agent, with at least one text, and with what it reports as JSON in a string.
  static func message(
    of status: TaskStatus, _ report: ProgressReport?, isFirst: Bool
  ) -> (inout JSONWriter) -> Void {
    { object in
      object.member("role", "agent")
      object.array("parts") { parts in
        parts.object { part in
          part.member("type", "textPart")
          part.member("text", text(of: status, report, isFirst: isFirst))
        }
        if let report {
          parts.object { part in
            part.member("type", "dataPart")
            part.member("data", String(decoding: metadata(of: report), as: UTF8.self))
          }
        }
        for part in status.message?.parts ?? [] where part.isData { parts.object { write(part, to: &$0) } }
      }
    }
  }

  private static func message(_ message: Message) -> (inout JSONWriter) -> Void {
    { object in
      object.member("role", message.role == .user ? "user" : "agent")
      object.array("parts") { parts in for part in message.parts { parts.object { write(part, to: &$0) } } }
    }
  }

  private static func text(of status: TaskStatus, _ report: ProgressReport?, isFirst: Bool) -> String {
    let said = status.message?.text ?? ""
    switch status.state {
    case .failed, .rejected: return "Error: \(said.isEmpty ? "The agent gives no reason." : said)"
    case _ where !said.isEmpty: return said
    case .completed: return "Analysis complete"
    case .canceled: return "Analysis canceled"
    case .inputRequired, .authRequired: return "The agent waits for somebody."
    case .submitted, .working:
      return report?.message ?? (isFirst ? "Initializing analysis..." : "Analysis in progress...")
    }
  }

  /// As tools told it there; the same words as its pages look for.
  private static func metadata(of report: ProgressReport) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("event_type", eventTypes[report.type] ?? report.type.name)
      object.member("tool_name", ifAny: report.tool)
      object.member("tool_call_id", ifAny: report.callID)
      object.member("step", ifPresent: report.step)
      object.member("total", ifPresent: report.total)
      object.member("message", ifAny: report.message)
      object.member("record_count", ifPresent: report.records)
      object.member("result_summary", ifAny: report.summary)
      object.member("error", ifAny: report.error)
      object.member("duration_ms", ifPresent: report.durationMilliseconds)
    }
    return writer.bytes
  }

  private static let eventTypes: [ProgressReport.Kind: String] = [
    .toolStarted: "tool_start", .toolCompleted: "tool_complete", .toolFailed: "tool_error",
  ]

  /// `{"type":"decision","data":{…}}`: JSON as it is, text as a text; bytes in base64.
  static func write(_ artifacts: [Artifact], to list: inout JSONWriter) {
    for artifact in artifacts {
      list.object { object in
        object.member("type", artifact.id)
        object.key("data")
        write(content: artifact, to: &object)
      }
    }
  }

  private static func write(content artifact: Artifact, to writer: inout JSONWriter) {
    switch artifact.parts.first?.content {
    case .data(let value) where artifact.parts.count == 1: writer.value(value)
    case .raw(let bytes) where artifact.parts.count == 1: writer.string(Base64.encode(bytes))
    case .url(let url) where artifact.parts.count == 1: writer.string(url)
    case .text where artifact.parts.allSatisfy { $0.isText }:
      // Pieces of one text.
      writer.string(artifact.parts.compactMap { if case .text(let text) = $0.content { text } else { nil } }.joined())
    case nil: writer.null()
    default: writer.array { parts in for part in artifact.parts { parts.object { write(part, to: &$0) } } }
    }
  }

  private static func write(_ part: Part, to object: inout JSONWriter) {
    switch part.content {
    case .text(let text):
      object.member("type", "textPart")
      object.member("text", text)
    case .data(let value):
      object.member("type", "dataPart")
      object.member("data", String(decoding: value.bytes, as: UTF8.self))
    case .raw(let bytes):
      object.member("type", "filePart")
      object.member("data", Base64.encode(bytes))
    case .url(let url):
      object.member("type", "filePart")
      object.member("url", url)
    }
  }
}

extension Part {
  fileprivate var isText: Bool { if case .text = content { true } else { false } }
  fileprivate var isData: Bool { if case .data = content { true } else { false } }
}

extension TaskState {
  /// There is none for what has not begun, was rejected, or waits for a permission.
  var analyzerWord: String {
    switch self {
    case .submitted: Self.working.word
    case .rejected: Self.failed.word
    case .authRequired: Self.inputRequired.word
    case .working, .completed, .failed, .canceled, .inputRequired: word
    }
  }
}
