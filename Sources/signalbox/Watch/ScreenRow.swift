/// One line of the screen: text that fits, and how it is shown.
struct ScreenRow: Sendable, Equatable {
  enum Style: Sendable, Equatable {
    case plain
    case selected
    case heading
    /// Somebody is waited for.
    case asking
    case faint
  }

  let text: String
  var style = Style.plain

  static let empty = ScreenRow(text: "")

  /// The codes that begin it (ECMA-48, SGR).
  fileprivate var code: String {
    switch style {
    case .plain: ""
    case .selected: "\u{1B}[7m"
    case .heading: "\u{1B}[1m"
    case .asking: "\u{1B}[1;33m"
    case .faint: "\u{1B}[2m"
    }
  }
}

/// What has to be written for a screen to become another: only lines that are not there already.
struct ScreenPainter: Sendable {
  static let begin = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l"
  static let end = "\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

  private var shown: [ScreenRow]?

  /// Nobody knows what is on the terminal now.
  mutating func forget() { shown = nil }

  mutating func paint(_ rows: [ScreenRow]) -> String {
    var text = shown == nil ? "\u{1B}[2J" : ""
    for (index, row) in rows.enumerated() {
      if let shown, index < shown.count, shown[index] == row { continue }
      text += "\u{1B}[\(index + 1);1H\(row.code)\(row.text)\(row.code.isEmpty ? "" : "\u{1B}[0m")\u{1B}[K"
    }
    shown = rows
    return text
  }
}
