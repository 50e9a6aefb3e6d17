import Foundation

/// The gateway as a process of the same program.
///
/// It must not outlive the demo, not even one that is killed: its standard input is a pipe of which the demo alone
/// holds the other end, and it stops when that ends.
final class GatewayProcess: Sendable {
  enum Event: Sendable, Equatable {
    /// It listens, and its ready file is there.
    case listening
    case exited(String)
  }

  private let process: Process
  /// Held open for as long as the gateway shall run.
  private let input: Pipe

  var processID: Int32 { process.processIdentifier }

  /// Starts it; `report` is called on threads of the system.
  init(
    _ folder: DemoFolder, environment: [String: String], report: @escaping @Sendable (Event) -> Void
  ) throws(CommandFailure) {
    process = Process()
    input = Pipe()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = [
      "serve", "--config", folder.configuration, "--\(ServeCommand.readyFile)", folder.gatewayReady,
      "--\(ServeCommand.stopAtInputEnd)",
    ]
    // What somebody has set for a gateway of their own would beat the file that was written for this one.
    process.environment = environment.filter { !$0.key.hasPrefix(EnvironmentName.prefix) }
    process.standardInput = input
    process.standardOutput = output
    try LocalFile.write([], to: folder.log)
    guard let log = FileHandle(forWritingAtPath: folder.log) else {
      throw .failure("\(folder.log) cannot be written. Check that this user may write there.")
    }
    process.standardError = log
    process.terminationHandler = { process in report(.exited(Self.ending(of: process))) }
    do {
      try process.run()
    } catch {
      throw .failure("\(Program.path) could not be started for the gateway: \(error.localizedDescription)")
    }
    // The gateway prints its addresses once all of them are open and its ready file is written.
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

  private static func ending(of process: Process) -> String {
    switch process.terminationReason {
    case .exit: "status \(process.terminationStatus)"
    case .uncaughtSignal: "signal \(process.terminationStatus)"
    @unknown default: "an unknown reason"
    }
  }
}
