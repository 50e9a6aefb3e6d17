package import Foundation
import Glibc
import Synchronization

/// A process that this one has started, with nothing open but what it is given.
///
/// Not Foundation's `Process`: with some 1,350 open descriptors, which tests that run at once come to have, that reads beyond the end of its
/// list of them and ends the tests with it.
package final class ChildProcess: Sendable {
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  package let processID: Int32
  /// The other ends of what it reads, and of what it writes.
  package let input: Pipe
  package let output: Pipe
  package let errors: Pipe

  private enum State {
    case running([@Sendable (Int32) -> Void])
    case over(Int32)
  }

  private let state = Mutex<State>(.running([]))

  /// - Parameters:
  ///   - arguments: behind the program's own name.
  ///   - folder: in which it is at the start. Nil: in this one's.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
  ) throws {
    (input, output, errors) = (Pipe(), Pipe(), Pipe())
    let variables = ["PATH": "/usr/local/bin:/usr/bin:/bin"].merging(environment) { $1 }
    // There is no way to say it to `posix_spawn` that Swift would see.
    let words = folder.map { ["/usr/bin/env", "--chdir=\($0)", program] } ?? [program]
    processID = try Self.spawn(
      words + arguments, variables.map { "\($0)=\($1)" },
      [
        input.fileHandleForReading.fileDescriptor, output.fileHandleForWriting.fileDescriptor,
        errors.fileHandleForWriting.fileDescriptor,
      ])
    // Otherwise nobody would ever read to the end of what it writes.
    try input.fileHandleForReading.close()
    try output.fileHandleForWriting.close()
    try errors.fileHandleForWriting.close()
    Thread.detachNewThread { [self] in waitForEnd() }
  }

  package var isRunning: Bool {
    state.withLock { if case .running = $0 { true } else { false } }
  }

  /// Nothing once it is over: its number may be another's by then.
  package func signal(_ number: Int32) {
    state.withLock { if case .running = $0 { _ = kill(processID, number) } }
  }

  /// Its status, or the negative number of the signal that ended it.
  package func exit() async throws -> Int32 {
    let (ends, continuation) = AsyncStream<Int32>.makeStream()
    whenOver { status in
      continuation.yield(status)
      continuation.finish()
    }
    for await status in ends { return status }
    throw CancellationError()
  }

  private func whenOver(_ body: @escaping @Sendable (Int32) -> Void) {
    let status: Int32? = state.withLock { state in
      switch state {
      case .running(let others):
        state = .running(others + [body])
        return nil
      case .over(let status): return status
      }
    }
    if let status { body(status) }
  }

  private func waitForEnd() {
    // It stays a process that has ended until nobody can send it a signal any more.
    var info = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(processID), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    state.withLock { state in
      var word: Int32 = 0
      while unsafe waitpid(processID, &word, 0) < 0, errno == EINTR {}
      let signal = word & 0x7F
      let status = signal == 0 ? (word >> 8) & 0xFF : -signal
      if case .running(let others) = state { for other in others { other(status) } }
      state = .over(status)
    }
  }

  // MARK: Starting

  private static func spawn(_ words: [String], _ variables: [String], _ descriptors: [Int32]) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for (number, descriptor) in descriptors.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    // A pipe that another test opens in this moment would be open in the child, too, and never end.
    for descriptor in 3..<(try highestDescriptor() + 256) {
      unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    // Whatever this thread has blocked, and this process ignores, is none of the child's business.
    var (none, all) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var (arguments, environment) = unsafe (copies(words), copies(variables))
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe environment.indices { unsafe free(environment[index]) }
    }
    var child: pid_t = 0
    let error = unsafe posix_spawn(&child, words[0], &actions, &attributes, &arguments, &environment)
    guard error == 0 else {
      throw Failure(description: "\(words[0]) could not be started: \(unsafe String(cString: strerror(error)))")
    }
    return child
  }

  /// As C wants a list of words: with nothing behind the last.
  private static func copies(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var copies: [UnsafeMutablePointer<CChar>?] = unsafe []
    for word in words { unsafe copies.append(strdup(word)) }
    unsafe copies.append(nil)
    return unsafe copies
  }

  private static func highestDescriptor() throws -> Int32 {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }.max() ?? 3
  }
}
