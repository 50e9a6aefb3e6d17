import Foundation

/// Lines that somebody types, or that a script gives, on standard input.
enum TypedLines {
  /// On a thread of its own, because reading waits: it ends with the input, after one line, or with the program.
  static func read(one: Bool = false, into put: AsyncStream<DeskInput>.Continuation) {
    let thread = Thread {
      while let line = readLine() {
        put.yield(.line(line))
        if one { return }
      }
      put.yield(.line(nil))
    }
    thread.name = "typed"
    thread.start()
  }
}
