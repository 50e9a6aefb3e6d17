/// What a stream gives, on the screen.
struct TailView {
  let printsJSON: Bool
  var screen: TailScreen
  private var lines: RecordLines
  private var bar: ProgressBar

  init(_ options: TailOptions, drawsBar: Bool) {
    printsJSON = options.printsJSON
    screen = TailScreen(drawsBar: drawsBar && !options.printsJSON)
    lines = RecordLines(showsTask: !options.target.isOneTask)
    bar = ProgressBar(showsTask: !options.target.isOneTask)
  }

  mutating func show(_ output: TailSession.Output) throws(TailScreen.Closed) {
    switch output {
    case .record(let record) where printsJSON:
      try screen.print(record.line)
    case .record(let record):
      let text = RecordText(record)
      bar.take(record, text)
      try screen.print(lines.lines(record, text), bar: bar.text)
    case .notice(let sentence):
      screen.note(sentence)
    case .standing(let tasks):
      if !printsJSON, !tasks.isEmpty { try screen.print(tasks.map(lines.line), bar: bar.text) }
    }
  }
}
