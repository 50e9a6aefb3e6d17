import Foundation

/// Where `tail` writes: records to standard output, everything about them to standard error; there, on a terminal, a bar as well, which
/// is taken away for each line and drawn again below it.
struct TailScreen {
  /// Nobody reads standard output any more.
  struct Closed: Error {}

  let drawsBar: Bool
  private var bar: String?

  init(drawsBar: Bool) {
    self.drawsBar = drawsBar
  }

  /// Whether standard error is a terminal that knows the few codes that a bar needs.
  static func isTerminal(_ environment: [String: String]) -> Bool {
    isatty(FileHandle.standardError.fileDescriptor) == 1 && !["", "dumb"].contains(environment["TERM"] ?? "")
  }

  mutating func print(_ lines: [String], bar newBar: String? = nil) throws(Closed) {
    wipe()
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
    } catch {
      throw Closed()
    }
    bar = newBar
    draw()
  }

  mutating func print(_ line: [UInt8]) throws(Closed) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(line + [UInt8(ascii: "\n")]))
    } catch {
      throw Closed()
    }
  }

  mutating func note(_ sentence: String) {
    wipe()
    Terminal.complain([sentence])
    draw()
  }

  /// Takes the bar away for good.
  mutating func finish() {
    wipe()
    bar = nil
  }

  private func wipe() {
    if drawsBar, bar != nil { Terminal.draw("\r\u{1B}[K") }
  }

  /// Without wrapping: a line that is too long for the terminal ends at its edge.
  private func draw() {
    if drawsBar, let bar { Terminal.draw("\r\u{1B}[?7l\(bar)\u{1B}[?7h") }
  }
}
