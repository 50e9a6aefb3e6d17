import Foundation

/// One of the demo's processes, of the same program.
///
/// It must not outlive the demo, not even one that is killed: its standard input is a pipe of which the demo alone
/// holds the other end, and it stops when that ends.
final class DemoProcess: Sendable {
  enum Event: Sendable, Equatable {
    /// It listens, and its ready file is there.
    case listening
    case exited(End)
  }

  struct End: Sendable, Equatable {
    let processID: Int32
    /// By which status or signal.
    let cause: String
  }

  private let process: Process
  /// Held open for as long as the process shall run.
  private let input: Pipe

  /// Starts it; `report` is called on threads of the system.
  init(
    _ role: DemoRole, _ arguments: [String], log path: String, environment: [String: String],
    report: @escaping @Sendable (Event) -> Void
  ) throws(CommandFailure) {
    process = Process()
    input = Pipe()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    // What somebody has set for a gateway of their own would beat the file that was written for this one.
    process.environment = environment.filter {
      !$0.key.hasPrefix(EnvironmentName.prefix) && !BorrowedVariables.names.contains($0.key)
    }
    process.standardInput = input
    process.standardOutput = output
    try LocalFile.write([], to: path)
    guard let log = FileHandle(forWritingAtPath: path) else {
      throw .failure("\(path) cannot be written. Check that this user may write there.")
    }
    process.standardError = log
    process.terminationHandler = { process in
      report(.exited(End(processID: process.processIdentifier, cause: Self.cause(of: process))))
    }
    do {
      try process.run()
    } catch {
      throw .failure("\(Program.path) could not be started for \(role.word): \(error.localizedDescription)")
    }
    // It prints its addresses once all of them are open and its ready file is written.
    StreamWatch.follow(output.fileHandleForReading) { event in
      if event == .began { report(.listening) }
    }
  }

  /// Asks it to finish what is under way.
  func stop() {
    if process.isRunning { process.terminate() }
  }

  func kill() {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
  }

  private static func cause(of process: Process) -> String {
    switch process.terminationReason {
    case .exit: "status \(process.terminationStatus)"
    case .uncaughtSignal: "signal \(process.terminationStatus)"
    @unknown default: "an unknown reason"
    }
  }
}
