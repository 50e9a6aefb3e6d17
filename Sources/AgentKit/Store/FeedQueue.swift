import A2A
import A2AWire
import Synchronization

/// One stream of a task: the store puts events in and never waits; one reader takes them out.
final class FeedQueue: Sendable {
  private struct Contents {
    var buffer: FeedBuffer
    var reader: CheckedContinuation<Void, Never>?
    var isCounted = true
  }

  private let contents: Mutex<Contents>
  private let onClose: @Sendable () -> Void
  private let endsWhenInterrupted: Bool

  /// - Parameter onClose: is called once, when nobody reads any more.
  init(limits: TaskLimits, endsWhenInterrupted: Bool, onClose: @escaping @Sendable () -> Void) {
    let buffer = FeedBuffer(
      maximumEvents: limits.streamEvents, maximumBytes: limits.streamBytes, endsWhenInterrupted: endsWhenInterrupted)
    contents = Mutex(Contents(buffer: buffer))
    self.endsWhenInterrupted = endsWhenInterrupted
    self.onClose = onClose
  }

  /// False when the stream takes no more.
  var isOpen: Bool { contents.withLock { $0.buffer.isOpen } }

  func put(_ event: TaskEvent, byteCount: Int) {
    let reader = contents.withLock { contents in
      contents.buffer.put(event, byteCount: byteCount)
      return contents.reader.take()
    }
    reader?.resume()
  }

  func close() {
    let (reader, isFirst) = contents.withLock { contents in
      contents.buffer.close()
      defer { contents.isCounted = false }
      return (contents.reader.take(), contents.isCounted)
    }
    reader?.resume()
    if isFirst { onClose() }
  }

  /// The stream for its reader.
  var feed: TaskFeed {
    TaskFeed(
      endsWhenInterrupted: endsWhenInterrupted,
      next: { () async throws(TaskFeedEnd) -> TaskEvent? in try await self.next() }, close: { self.close() })
  }

  private func next() async throws(TaskFeedEnd) -> TaskEvent? {
    while true {
      switch contents.withLock({ $0.buffer.next() }) {
      case .event(let event): return event
      case .end: return nil
      case .failed(let error): throw .failed(error)
      case .wait: await untilSomethingComes()
      }
    }
  }

  private func untilSomethingComes() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = contents.withLock { contents in
          precondition(contents.reader == nil, "A stream has one reader.")
          if contents.buffer.isWaiting {
            contents.reader = continuation
            return false
          }
          return true
        }
        if goesOn { continuation.resume() }
      }
    } onCancel: {
      close()
    }
  }
}
