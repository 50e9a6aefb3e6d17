package import A2A

/// The events of one stream, for one reader, in order. The end is nil; closing one feed touches no other and no task.
package struct TaskFeed: Sendable {
  /// The feed ends behind an event that says the task waits for somebody, and not only behind a last one. 0.3 tells clients in the
  /// event itself that it is the last of its stream, so this has to be known beforehand.
  package let endsWhenInterrupted: Bool
  private let pull: @Sendable () async throws(TaskFeedEnd) -> TaskEvent?
  private let leave: @Sendable () -> Void

  /// - Parameters:
  ///   - next: waits for an event. It gives nil once the feed is closed, also to one who waits.
  ///   - close: is called when nobody reads on, once or more, from anywhere.
  package init(
    endsWhenInterrupted: Bool = false, next: @escaping @Sendable () async throws(TaskFeedEnd) -> TaskEvent?,
    close: @escaping @Sendable () -> Void
  ) {
    self.endsWhenInterrupted = endsWhenInterrupted
    pull = next
    leave = close
  }

  package func next() async throws(TaskFeedEnd) -> TaskEvent? { try await pull() }

  package func close() { leave() }

  /// Nothing comes behind this event.
  func isLast(_ event: TaskEvent) -> Bool {
    switch event {
    case .message: true
    // A snapshot of a task that waits may be what a stream begins with.
    case .task(let task): task.status.state.isTerminal
    case .status(let update): isLast(update.status.state)
    case .artifact: false
    }
  }

  private func isLast(_ state: TaskState) -> Bool {
    state.isTerminal || (endsWhenInterrupted && state.isInterrupted)
  }
}

/// Why a feed ends before its time.
package enum TaskFeedEnd: Error, Sendable, Equatable {
  /// The reader is told, in an event of type `error`.
  case failed(A2AError)
  /// The connection breaks off.
  case cut
}
