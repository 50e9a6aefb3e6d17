/// Everything the demo waits for, as one stream in its order. One reader only.
struct DemoEvents: Sendable {
  let stream: AsyncStream<DemoLife.Event>
  private let continuation: AsyncStream<DemoLife.Event>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  func report(_ event: DemoLife.Event) {
    continuation.yield(event)
  }

  func report(_ event: DemoLife.Event, after delay: Duration) {
    Task { [continuation] in
      try await Task.sleep(for: delay)
      continuation.yield(event)
    }
  }
}
