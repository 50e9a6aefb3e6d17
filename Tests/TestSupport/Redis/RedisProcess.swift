import Foundation
import Glibc
import Synchronization

/// A redis-server of its own on this machine, in a folder of its own, which ends at the latest with the test's process.
package final class RedisProcess: Sendable {
  package let port: Int
  package let folder: TemporaryFolder
  private let arguments: [String]
  private let running = Mutex<ChildProcess?>(nil)

  /// - Parameter arguments: beside port and folder, as on its command line. By default it keeps a log of writes and syncs each.
  package init(_ arguments: [String] = RedisProcess.careful, port: Int? = nil) throws {
    self.port = try port ?? FreePort.find()
    self.arguments = arguments
    folder = try TemporaryFolder()
  }

  package static let careful = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
  /// Keeps nothing, and is quick.
  package static let forgetful = ["--appendonly", "no", "--save", ""]

  /// Starts it, and returns when it answers.
  package func start() async throws {
    running.withLock { [process = try launch()] in $0 = process }
    guard await eventually(within: .seconds(20), { await self.answers() }) else { throw NotThere(log: log) }
  }

  private func launch() throws -> ChildProcess {
    // The shell ends the server when its input ends, and that ends with whoever holds the other end: us.
    let line = #"redis-server "$@" > /dev/null 2>&1 & server=$!; read -r _; kill -9 $server; wait $server"#
    return try ChildProcess(
      "/bin/bash",
      [
        "-c", line, "redis", "--port", "\(port)", "--bind", "127.0.0.1", "--dir", folder.path,
        "--logfile", folder.path("redis.log"), "--daemonize", "no", "--enable-debug-command", "yes",
      ] + arguments)
  }

  private struct NotThere: Error {
    let log: String
  }

  package var log: String { (try? String(contentsOfFile: folder.path("redis.log"), encoding: .utf8)) ?? "" }

  /// Ends it as a power failure of the process would.
  package func kill() async {
    let process = running.withLock { process in
      defer { process = nil }
      return process
    }
    guard let process else { return }
    try? process.input.fileHandleForWriting.close()
    _ = try? await process.exit()
    _ = await eventually(within: .seconds(20)) { await !self.answers() }
  }

  private func answers() async -> Bool {
    (try? await command("PING")) == "PONG"
  }

  /// What redis-cli prints for a command.
  @discardableResult
  package func command(_ words: String...) async throws -> String {
    try await command(words)
  }

  @discardableResult
  package func command(_ words: [String]) async throws -> String {
    let result = try await RunningProgram.run(
      program: "/usr/bin/redis-cli", ["-h", "127.0.0.1", "-p", "\(port)"] + words)
    return result.output.trimmingCharacters(in: .newlines)
  }

  deinit {
    running.withLock { try? $0?.input.fileHandleForWriting.close() }
  }

  /// One for all tests that are content with any; each has a prefix of its own.
  package static func shared() async throws -> RedisProcess { try await sharedOne.value }

  private static let sharedOne = Task {
    let server = try RedisProcess(RedisProcess.forgetful)
    try await server.start()
    return server
  }
}
