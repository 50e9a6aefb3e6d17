package import Foundation
import Synchronization

/// Reads a pipe to its end, line by line, as lines come.
package final class LineReader: Sendable {
  package let lines: AsyncStream<String>
  private let state = Mutex(State())

  private struct State {
    var partial: [UInt8] = []
    var all: [String] = []
  }

  package init(_ handle: FileHandle) {
    let (stream, continuation) = AsyncStream<String>.makeStream()
    lines = stream
    // A thread, because a handle's readability handler now and then misses the end of a pipe when many come and go.
    Thread.detachNewThread { [self] in
      var data: Data
      repeat {
        data = handle.availableData
        for line in take(data) { continuation.yield(line) }
      } while !data.isEmpty
      continuation.finish()
    }
  }

  /// Everything so far.
  package var text: String {
    state.withLock { ($0.all + [String(decoding: $0.partial, as: UTF8.self)]).joined(separator: "\n") }
  }

  /// Waits for the first line that is not yet taken and contains `text`; nil when the pipe ends before, or the test's
  /// time is up.
  package func line(containing text: String) async -> String? {
    for await line in lines where line.contains(text) { return line }
    return nil
  }

  private func take(_ data: Data) -> [String] {
    state.withLock { state in
      state.partial += data
      var lines: [String] = []
      while let end = state.partial.firstIndex(of: UInt8(ascii: "\n")) {
        lines.append(String(decoding: state.partial[..<end], as: UTF8.self))
        state.partial.removeFirst(end + 1)
      }
      if data.isEmpty, !state.partial.isEmpty {
        lines.append(String(decoding: state.partial, as: UTF8.self))
        state.partial = []
      }
      state.all += lines
      return lines
    }
  }
}
