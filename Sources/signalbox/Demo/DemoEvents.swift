/// Everything the demo waits for, as one stream in its order. One reader only.
struct DemoEvents: Sendable {
  enum Event: Sendable, Equatable {
    case signal
    case gateway(GatewayProcess.Event)
    /// The time for that state is over.
    case tooLate(DemoCommand.State)
  }

  let stream: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  func report(_ event: Event) {
    continuation.yield(event)
  }

  func report(_ event: Event, after delay: Duration) {
    Task { [continuation] in
      try await Task.sleep(for: delay)
      continuation.yield(event)
    }
  }
}
