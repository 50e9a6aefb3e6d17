/// Records as lines for people: the time (UTC), which task where there are several, its number, and what it says. The day is said when
/// it changes.
struct RecordLines: Sendable {
  private static let labelWidth = 15
  private static let seqWidth = 4

  let showsTask: Bool
  private var day = ""

  init(showsTask: Bool) {
    self.showsTask = showsTask
  }

  mutating func lines(_ record: StreamRecord, _ text: RecordText) -> [String] {
    var lines: [String] = []
    let time = TerminalText.line(record.time, limit: 40)
    // 2026-11-21T07:49:27.000Z
    let parts = time.split(separator: "T", maxSplits: 1)
    var clock = time
    if parts.count == 2, parts[0].utf8.count == 10 {
      clock = String(parts[1].prefix(8))
      if day != parts[0] {
        day = String(parts[0])
        lines.append("-- \(day) (UTC)")
      }
    }
    var words = [clock]
    if showsTask { words.append(TerminalText.escaped(record.task)) }
    words.append(Self.padded(String(record.seq), to: Self.seqWidth, onTheLeft: true))
    words.append(Self.padded(text.label, to: Self.labelWidth))
    words.append(text.text)
    let line = words.joined(separator: "  ")
    lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
    return lines
  }

  /// How a task stands, where what led there is not shown.
  func line(_ task: TaskSummary) -> String {
    let words = [TerminalText.escaped(task.id), Self.padded(task.standing, to: Self.labelWidth)]
    let title = TerminalText.line(task.title, limit: 60)
    return "now  " + words.joined(separator: "  ") + (title.isEmpty ? "" : "  \(title)")
  }

  private static func padded(_ text: String, to width: Int, onTheLeft: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return onTheLeft ? blanks + text : text + blanks
  }
}
