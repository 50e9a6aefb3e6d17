import A2A

/// How far things are, as one line that is drawn over and over: the last thing an agent has said about its steps.
struct ProgressBar: Sendable {
  private static let width = 20

  private let showsTask: Bool
  private var task = ""
  private var step = 0
  private var total = 0
  private var label = ""
  /// Nil while there is nothing to show.
  private(set) var text: String?

  init(showsTask: Bool) {
    self.showsTask = showsTask
  }

  mutating func take(_ record: StreamRecord, _ said: RecordText) {
    if said.state.map(Self.isEnd) == true {
      // Somebody else's bar stays.
      if record.task == task { text = nil }
      return
    }
    guard let report = said.report else { return }
    if let total = report.total, total > 0, let step = report.step {
      task = record.task
      self.total = total
      self.step = min(max(step, 0), total)
      label = report.tool ?? report.phase ?? ""
      draw(report.message ?? "")
    } else if record.task == task, text != nil, label == (report.tool ?? report.phase ?? "") {
      // The same tool says something, or that it is done.
      if report.type == .toolCompleted { step = total }
      draw(report.message ?? report.summary ?? "")
    }
  }

  private mutating func draw(_ message: String) {
    let filled = step * Self.width / total
    let percent = step * 100 / total
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
    let words = [showsTask ? TerminalText.line(task, limit: 40) : "", TerminalText.line(label, limit: 30)]
    text =
      "[\(bar)] \(percent)%  " + (words.filter { !$0.isEmpty } + ["\(step)/\(total)"]).joined(separator: " ")
      + (message.isEmpty ? "" : "  \(TerminalText.line(message, limit: 60))")
  }

  private static func isEnd(_ state: String) -> Bool {
    ["completed", "failed", "canceled", "rejected"].contains(state)
  }
}
