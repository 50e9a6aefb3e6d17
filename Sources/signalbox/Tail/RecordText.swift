import A2A
import JSON

/// What a record says, for people: a word for its kind, and one line of text.
struct RecordText: Sendable, Equatable {
  private static let limit = 400

  let label: String
  let text: String
  /// Where it says that its task stands: "working".
  let state: String?
  /// What its agent says it is doing.
  let report: ProgressReport?

  init(_ record: StreamRecord) {
    let data = record.data
    if record.kind != "event" {
      self.init(
        TerminalText.line(record.kind, limit: 20), ControlRecordText.text(record.kind, data) ?? Self.freeText(data))
    } else if let update = data["statusUpdate"] {
      self.init(status: update["status"], report: ProgressReport(metadata: update["metadata"]))
    } else if let task = data["task"] {
      self.init(status: task["status"], report: nil)
    } else if let update = data["artifactUpdate"] {
      let artifact = update["artifact"]
      let name = [artifact?["name"]?.string, artifact?["artifactId"]?.string].compactMap(\.self).first { !$0.isEmpty }
      self.init("artifact", Self.joined(name, Self.partsText(artifact)))
    } else if let message = data["message"], message.kind == .object {
      self.init("message", Self.partsText(message) ?? "")
    } else {
      self.init("event", Self.freeText(data))
    }
  }

  private init(_ label: String, _ text: String, state: String? = nil, report: ProgressReport? = nil) {
    self.label = label
    self.text = TerminalText.line(text, limit: Self.limit)
    self.state = state
    self.report = report
  }

  private init(status: JSONValue?, report: ProgressReport?) {
    let state = Self.stateName(status?["state"]?.string ?? "")
    let message = Self.partsText(status?["message"]) ?? ""
    guard let report else {
      self.init(TerminalText.line(state ?? "status", limit: 20), message, state: state)
      return
    }
    self.init(
      TerminalText.line(report.type.name, limit: 20), Self.text(of: report, message), state: state, report: report)
  }

  /// A2A's names as the gateway has them: "input-required" of TASK_STATE_INPUT_REQUIRED.
  private static func stateName(_ name: String) -> String? {
    let prefix = "TASK_STATE_"
    let words = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    return words.isEmpty ? nil : words.lowercased().replacing("_", with: "-")
  }

  private static func text(of report: ProgressReport, _ message: String) -> String {
    var head = report.tool ?? report.phase
    if let step = report.step { head = joined(head, report.total.map { "\(step)/\($0)" } ?? "\(step)", by: " ") }
    if let duration = report.durationMilliseconds { head = joined(head, "in \(duration) ms", by: " ") }
    return joined(head, report.error ?? report.summary ?? report.message ?? message)
  }

  /// What is no event of A2A may say in a member of its own what is going on; if not, it is shown as it is.
  private static func freeText(_ data: JSONValue) -> String {
    for name in ["message", "text", "summary", "reason"] {
      if let text = data[name]?.string, !text.isEmpty { return text }
    }
    return data.description
  }

  private static func partsText(_ holder: JSONValue?) -> String? {
    let texts = holder?["parts"]?.elements.compactMap { $0["text"]?.string } ?? []
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }

  private static func joined(_ first: String?, _ second: String?, by separator: String = ": ") -> String {
    [first, second].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: separator)
  }
}
