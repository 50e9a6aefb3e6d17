import A2A
import JSON
import Testing

@testable import signalbox

struct WatchScreenTests {
  private func stage() throws -> WatchStage {
    var stage = try WatchStage(SocketText.task("import"), SocketText.task("t-1"))
    let report =
      #"{"https://signalbox.dev/a2a/extensions/progress/v1":{"type":"tool_progress","tool":"screen_trades","step":3,"total":8,"message":"row 7"}}"#
    try stage.hear(
      SocketText.event(
        1, task: "import", #"{"statusUpdate":{"status":{"state":"TASK_STATE_WORKING"},"metadata":\#(report)}}"#),
      SocketText.event(
        2, task: "t-1", kind: "question",
        #"{"question":"q1","state":"open","text":"Was it cleared?","deadline":"2026-11-21T07:58:34Z"}"#),
      SocketText.event(3, task: "t-1", kind: "question", #"{"question":"q1","state":"claimed","by":"alex"}"#))
    return stage
  }

  @Test func `a screen of 80 by 24`() throws {
    let screen = try stage().screen()
    #expect(screen.count == 24)
    #expect(
      screen[0] == "signalbox  box:8443 as kim  2 running, 1 question")
    #expect(screen[1].hasPrefix("  TASK             AGENT      OWNER    STATE          AGE      LAST"))
    #expect(screen[2].hasPrefix("? t-1              checker    kim      working        "))
    #expect(screen[3].hasPrefix("  import           checker    kim      working        "))
    #expect(screen[3].contains("screen_t"))
    #expect(screen[23] == "Enter open  c cancel  a answer  p pause  r resume  / filter  ? help  q quit")
    for row in screen { #expect(TextWidth.of(row) <= 80) }
  }

  @Test func `a wide screen has room for what was said`() throws {
    let screen = try stage().screen(160, 10)
    #expect(screen[2].contains("alex is answering: Was it cleared?"))
    #expect(screen[3].contains("screen_trades 3/8: row 7"))
  }

  @Test(arguments: [(1, 1), (10, 2), (20, 3), (30, 4), (47, 5), (63, 6), (200, 60)])
  func `every size has as many rows as lines, and none is too wide`(columns: Int, lines: Int) throws {
    var stage = try stage()
    for keys in ["", "?", "x/wort", "\r", "c", "n", "\r", "q", "a"] {
      stage.press(keys)
      let rows = WatchScreen(columns: columns, lines: lines).rows(stage.app, now: WatchStage.now)
      #expect(rows.count == lines, "\(keys)")
      for row in rows { #expect(TextWidth.of(row.text) <= columns, "\(keys.debugDescription) \(row.text)") }
    }
  }

  @Test func `the selected row is in sight however many there are`() throws {
    var stage = WatchStage()
    stage.app.board.replace(
      by: try (0..<100).map { number in
        let id = "t\(String(number + 1000).dropFirst())"
        return try #require(TaskSummary(try JSONValue(parsing: SocketText.task(id))))
      })
    for keys in ["", "\u{1B}[6~", "G", "k", "g"] {
      stage.press(keys)
      let rows = WatchScreen(columns: 60, lines: 12).rows(stage.app, now: WatchStage.now)
      let selected = rows.filter { $0.style == .selected }
      let current = try #require(stage.app.current)
      try #require(selected.count == 1, "\(keys)")
      #expect(selected[0].text.contains(current.id), "\(keys)")
      #expect(TextWidth.of(selected[0].text) == 60)
    }
  }

  @Test func `no agent can write on the terminal, and wide characters keep the columns`() throws {
    var stage = try WatchStage(SocketText.task("取引の監視", agent: #"a\u001b[2J"#))
    try stage.hear(
      SocketText.event(1, task: "取引の監視", #"{"message":"x\u001b]0;y\u0007\u202ez\nw"}"#))
    for size in [(80, 24), (200, 24), (30, 8)] {
      for row in stage.screen(size.0, size.1) {
        #expect(row.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x202E })
      }
    }
    let row = stage.screen(200, 24)[2]
    #expect(row.hasPrefix("  取引の監視" + String(repeating: " ", count: 31)))
    #expect(row.contains(#"a\u001b[2J"#))
  }

  @Test func `only lines that have changed are written`() throws {
    var painter = ScreenPainter()
    let first = painter.paint([ScreenRow(text: "a", style: .heading), ScreenRow(text: "b")])
    #expect(first == "\u{1B}[2J\u{1B}[1;1H\u{1B}[1ma\u{1B}[0m\u{1B}[K\u{1B}[2;1Hb\u{1B}[K")
    #expect(painter.paint([ScreenRow(text: "a", style: .heading), ScreenRow(text: "b")]).isEmpty)
    #expect(painter.paint([ScreenRow(text: "a", style: .heading), ScreenRow(text: "c")]) == "\u{1B}[2;1Hc\u{1B}[K")
    #expect(painter.paint([ScreenRow(text: "a"), ScreenRow(text: "c")]) == "\u{1B}[1;1Ha\u{1B}[K")
    painter.forget()
    #expect(painter.paint([ScreenRow(text: "a")]).hasPrefix("\u{1B}[2J"))
  }
}
