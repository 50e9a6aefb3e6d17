package import Foundation
import Synchronization

/// A process that a test has started, and ends at the latest with itself.
package final class RunningProgram: Sendable {
  package let output: LineReader
  package let errors: LineReader
  package let input: Pipe
  private let process = Process()
  private let exits: AsyncStream<Int32>

  package var processID: Int32 { process.processIdentifier }

  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// One at a time: a pipe that another thread opens while a process is being started would be open in that process, too,
  /// and never end.
  private static let starting = Mutex(())

  private static func start(
    program: String, _ arguments: [String], environment: [String: String], folder: String?
  ) throws -> RunningProgram {
    try oneAtATime { try RunningProgram(program, arguments, environment: environment, folder: folder) }
  }

  /// For whoever starts processes with pipes otherwise.
  static func oneAtATime<Value>(_ body: () throws -> Value) rethrows -> Value {
    try starting.withLock { _ in try body() }
  }

  private init(_ program: String, _ arguments: [String], environment: [String: String], folder: String?) throws {
    let (output, errors) = (Pipe(), Pipe())
    input = Pipe()
    let (exits, continuation) = AsyncStream<Int32>.makeStream()
    self.exits = exits
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"].merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    self.output = LineReader(output.fileHandleForReading)
    self.errors = LineReader(errors.fileHandleForReading)
    process.terminationHandler = { process in
      continuation.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
      continuation.finish()
    }
    try process.run()
  }

  package func signal(_ number: Int32) {
    kill(process.processIdentifier, number)
  }

  /// Its status, or the negative number of the signal that ended it.
  package func exit() async throws -> Int32 {
    for await status in exits { return status }
    throw CancellationError()
  }

  /// Waits for its end, and for all it wrote.
  package func result() async throws -> Result {
    let status = try await exit()
    for await _ in output.lines {}
    for await _ in errors.lines {}
    return Result(status: status, output: output.text, errors: errors.text)
  }

  // MARK: Starting

  /// The program under test, built beside the tests.
  package static let signalbox: String = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/signalbox"
  }()

  /// Runs a program while `body` does. Whatever happens, it does not outlive this call.
  package static func with<Value>(
    program: String = signalbox, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil,
    _ body: (RunningProgram) async throws -> Value
  ) async throws -> Value {
    // Who has a program already may have more: it would wait for itself otherwise.
    guard !hasPlace else { return try await run(program, arguments, environment, folder, body) }
    await places.take()
    do {
      let value = try await $hasPlace.withValue(true) {
        try await run(program, arguments, environment, folder, body)
      }
      await places.give()
      return value
    } catch {
      await places.give()
      throw error
    }
  }

  /// Tests that have programs at the same time. All tests of a run begin at once; when it starts a process, Foundation lists this one's
  /// descriptors, and reads beyond the end of the list where that fills its buffer of 32 KiB, with some 1,350 of them.
  private static let places = Places(40)
  @TaskLocal private static var hasPlace = false

  private static func run<Value>(
    _ program: String, _ arguments: [String], _ environment: [String: String], _ folder: String?,
    _ body: (RunningProgram) async throws -> Value
  ) async throws -> Value {
    let running = try start(program: program, arguments, environment: environment, folder: folder)
    do {
      let value = try await body(running)
      await running.end()
      return value
    } catch {
      await running.end()
      throw error
    }
  }

  /// Returns when it is over, so that what it held is free again.
  private func end() async {
    guard process.isRunning else { return }
    signal(SIGKILL)
    for await _ in exits {}
  }

  /// Runs a program to its end.
  package static func run(
    program: String = signalbox, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
  ) async throws -> Result {
    try await with(program: program, arguments, environment: environment, folder: folder) { try await $0.result() }
  }

  /// The answer that curl gets.
  package static func curl(_ arguments: [String]) async throws -> Result {
    try await run(program: "/usr/bin/curl", ["--silent", "--show-error", "--max-time", "20"] + arguments)
  }
}
