import Foundation
import JSON
import Wire

/// The table on a terminal: keys in, screens out, and the terminal as it was, however it ends.
struct WatchTerminal {
  /// The screen is drawn anew at most ten times a second.
  private static let frame: Duration = .milliseconds(100)
  /// Ages and deadlines go on although nothing happens.
  private static let second: Duration = .seconds(1)

  let options: WatchOptions
  let terminal: RawTerminal

  func run(_ desk: ControlDesk, _ link: inout ControlLink) async throws {
    let signals = SignalWatch([SIGWINCH, SIGHUP, SIGCONT]) { [put = desk.put] number in put.yield(.signal(number)) }
    defer { signals.end() }
    terminal.begin()
    write(ScreenPainter.begin)
    defer {
      write(ScreenPainter.end)
      terminal.end()
    }
    readKeys(into: desk.put)
    let ticking = Task { [put = desk.put] in
      while (try? await Task.sleep(for: Self.frame)) != nil { put.yield(.tick) }
    }
    defer { ticking.cancel() }
    try await watch(desk, &link)
  }

  private func watch(_ desk: ControlDesk, _ link: inout ControlLink) async throws {
    var app = WatchApp(
      gateway: TerminalText.line(desk.client.name, limit: 60), agent: options.agent, onlyMine: options.onlyMine,
      makeID: CommandID.make)
    var canvas = Canvas()
    var keys = KeyReader()
    link.start()
    _ = try await perform(app.start(), desk, &link)
    draw(&canvas, app)
    for await input in desk.inputs {
      let now = ContinuousClock.now
      var effects: [WatchApp.Effect] = []
      switch input {
      case .tick:
        guard canvas.isDue(at: now, frame: Self.frame, atLeastEvery: Self.second) else { continue }
        app.board.tidy(at: now)
        draw(&canvas, app)
        continue
      case .keys(let bytes):
        for key in keys.read(bytes) { effects += app.press(key, at: now) }
      case .line: effects = [.quit]
      case .signal(SIGWINCH):
        canvas.painter.forget()
      case .signal(SIGCONT):
        terminal.begin()
        write(ScreenPainter.begin)
        canvas.painter.forget()
      case .signal: throw CommandFailure(.interrupted, [])
      case .fetched(let what, let json): effects = app.take(what, json, at: now)
      case .unfetched(let what, let sentence): app.fail(what, sentence)
      default:
        for output in try await link.take(input) { effects += app.take(output, at: now) }
      }
      canvas.isDirty = true
      guard try await perform(effects, desk, &link) else { return }
      if canvas.isDue(at: .now, frame: Self.frame, atLeastEvery: Self.second) { draw(&canvas, app) }
    }
  }

  /// - Returns: false when it is enough.
  private func perform(_ effects: [WatchApp.Effect], _ desk: ControlDesk, _ link: inout ControlLink) async throws
    -> Bool
  {
    for effect in effects {
      switch effect {
      case .ask(let request): await link.ask(request)
      case .fetch(let what, let path): _ = desk.fetch(what, path)
      case .quit: return false
      }
    }
    return true
  }

  // MARK: The terminal

  /// What was drawn, and when.
  private struct Canvas {
    var painter = ScreenPainter()
    var isDirty = true
    var drawn: ContinuousClock.Instant?

    func isDue(at now: ContinuousClock.Instant, frame: Duration, atLeastEvery second: Duration) -> Bool {
      guard let drawn else { return true }
      return now - drawn >= (isDirty ? frame : second)
    }
  }

  private func draw(_ canvas: inout Canvas, _ app: WatchApp) {
    let size = RawTerminal.size(descriptor: FileHandle.standardOutput.fileDescriptor) ?? (80, 24)
    let screen = WatchScreen(columns: size.columns, lines: size.lines)
    write(canvas.painter.paint(screen.rows(app, now: TimeOfDay.now())))
    canvas.isDirty = false
    canvas.drawn = .now
  }

  private func write(_ text: String) {
    guard !text.isEmpty else { return }
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }

  /// On a thread of its own, because reading waits.
  private func readKeys(into put: AsyncStream<DeskInput>.Continuation) {
    let thread = Thread {
      while true {
        let data = FileHandle.standardInput.availableData
        guard !data.isEmpty else { return _ = put.yield(.line(nil)) }
        put.yield(.keys(Array(data)))
      }
    }
    thread.name = "keys"
    thread.start()
  }
}
