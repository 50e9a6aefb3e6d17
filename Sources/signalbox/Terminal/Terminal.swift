import Foundation

/// The two streams a command talks on. What nobody reads any more is lost: there is no one left to tell.
enum Terminal {
  /// What was asked for, on standard output.
  static func print(_ text: String) {
    write(text + "\n", to: .standardOutput)
  }

  /// What went wrong, on standard error, one line for each message.
  static func complain(_ messages: [String]) {
    // In one piece, so that lines of other processes on the same terminal do not come in between.
    write(messages.map { "signalbox: \($0)\n" }.joined(), to: .standardError)
  }

  /// What is to be written over again, on standard error.
  static func draw(_ text: String) {
    write(text, to: .standardError)
  }

  private static func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data(text.utf8))
  }
}
