/// What a stream gives, on the screen.
struct TailView {
  let printing: TailOptions.Printing
  var screen: TailScreen
  private var lines: RecordLines
  private var bar: ProgressBar

  init(_ options: TailOptions, drawsBar: Bool) {
    printing = options.printing
    screen = TailScreen(drawsBar: drawsBar && options.printing == .text)
    lines = RecordLines(showsTask: !options.target.isOneTask)
    bar = ProgressBar(showsTask: !options.target.isOneTask)
  }

  mutating func show(_ output: TailSession.Output) throws(TailScreen.Closed) {
    switch output {
    case .record(let record):
      switch printing {
      case .task: return
      case .records: return try screen.print(record.line)
      case .text: break
      }
      let text = RecordText(record)
      bar.take(record, text)
      try screen.print(lines.lines(record, text), bar: bar.text)
    case .notice(let sentence):
      screen.note(sentence)
    case .standing(let tasks):
      if printing == .text, !tasks.isEmpty { try screen.print(tasks.map(lines.line), bar: bar.text) }
    }
  }
}
