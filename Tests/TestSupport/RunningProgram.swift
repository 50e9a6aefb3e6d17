package import Foundation

/// A process that a test has started, and ends at the latest with itself.
package final class RunningProgram: Sendable {
  package let output: LineReader
  package let errors: LineReader
  private let process: ChildProcess

  package var input: Pipe { process.input }
  package var processID: Int32 { process.processID }

  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  private init(_ process: ChildProcess) {
    self.process = process
    output = LineReader(process.output.fileHandleForReading)
    errors = LineReader(process.errors.fileHandleForReading)
  }

  package func signal(_ number: Int32) { process.signal(number) }

  /// Its status, or the negative number of the signal that ended it.
  package func exit() async throws -> Int32 { try await process.exit() }

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

  /// Tests that have programs at the same time. All tests of a run begin at once; with more programs than these none would be quick enough.
  private static let places = Places(40)
  @TaskLocal private static var hasPlace = false

  private static func run<Value>(
    _ program: String, _ arguments: [String], _ environment: [String: String], _ folder: String?,
    _ body: (RunningProgram) async throws -> Value
  ) async throws -> Value {
    let running = RunningProgram(
      try ChildProcess(program, arguments, environment: environment, folder: folder))
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
    signal(SIGKILL)
    _ = try? await exit()
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
