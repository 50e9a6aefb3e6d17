import Foundation
import JSON
import Wire

/// `signalbox watch`: all running tasks, live, in a terminal.
struct WatchCommand: Sendable {
  let options: WatchOptions
  let environment: [String: String]

  func run() async throws {
    try await CommandRunner.with(options.gateway, patience: nil) { desk in
      var link = ControlLink(desk, patience: ControlLink.watchingPatience)
      do {
        if let terminal = terminal() {
          try await WatchTerminal(options: options, terminal: terminal).run(desk, &link)
        } else {
          try await WatchLines(options: options).run(desk, &link)
        }
        await link.end()
      } catch {
        await link.end()
        throw error
      }
    }
  }

  /// Nil where there is none, or where nobody sits at it.
  private func terminal() -> RawTerminal? {
    guard !options.printsJSON, isatty(FileHandle.standardOutput.fileDescriptor) == 1,
      !["", "dumb"].contains(environment["TERM"] ?? "")
    else { return nil }
    return RawTerminal(descriptor: FileHandle.standardInput.fileDescriptor)
  }
}
