import Foundation

/// A process that is no child of the test's, so that the kernel does not tell the test of its end.
enum OtherProcess {
  /// Whether it is there and not merely waiting to be taken notice of.
  static func isRunning(_ processID: Int32) -> Bool {
    guard let text = FileManager.default.contents(atPath: "/proc/\(processID)/stat") else { return false }
    // The name in parentheses may hold anything, so the state is what follows the last of them.
    let state = String(decoding: text, as: UTF8.self).split(separator: ")").last?.split(separator: " ").first
    return state != "Z" && state != "X"
  }

  /// Looks until it has ended; the test's time limit bounds it.
  static func untilEnded(_ processID: Int32) async throws {
    while isRunning(processID) {
      try Task.checkCancellation()
      await Task.yield()
    }
  }
}
