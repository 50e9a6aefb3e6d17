import A2A

/// What waits for one reader of a task, as a value: in order, bounded, and with an end.
struct FeedBuffer {
  enum Step: Equatable {
    case event(TaskEvent)
    case end
    case failed(A2AError)
    /// There is nothing yet.
    case wait
  }

  private enum Phase {
    case open
    /// Nothing is taken any more; what waits is still read.
    case ending(A2AError?)
    case closed
  }

  private let maximumEvents: Int
  private let maximumBytes: Int
  private let endsWhenInterrupted: Bool
  private var phase = Phase.open
  private var events: [TaskEvent] = []
  /// Where the first unread one lies.
  private var head = 0
  private var bytes = 0

  init(maximumEvents: Int, maximumBytes: Int, endsWhenInterrupted: Bool) {
    self.maximumEvents = maximumEvents
    self.maximumBytes = maximumBytes
    self.endsWhenInterrupted = endsWhenInterrupted
  }

  /// It takes what is put in.
  var isOpen: Bool {
    if case .open = phase { true } else { false }
  }

  /// Whoever asks for the next event has to wait for it.
  var isWaiting: Bool { isOpen && head == events.count }

  /// Puts an event in, unless the reader is too far behind: then its stream ends with the reason.
  mutating func put(_ event: TaskEvent, byteCount: Int) {
    guard isOpen else { return }
    let waiting = events.count - head
    // One event is always taken, however large: a reader that is not behind at all must not lose its stream.
    guard waiting == 0 || (waiting < maximumEvents && bytes + byteCount <= maximumBytes) else {
      phase = .ending(tooSlow(waiting))
      return
    }
    events.append(event)
    bytes += byteCount
    if endsBehind(event) { phase = .ending(nil) }
  }

  mutating func close() {
    phase = .closed
    events = []
    head = 0
    bytes = 0
  }

  mutating func next() -> Step {
    if case .closed = phase { return .end }
    guard head < events.count else {
      switch phase {
      case .open: return .wait
      case .ending(nil), .closed: return .end
      case .ending(let error?): return .failed(error)
      }
    }
    let event = events[head]
    head += 1
    bytes -= event.byteCount
    // The read part goes when it is the larger one, so that taking an event costs the same however many wait.
    if head * 2 > events.count {
      events.removeFirst(head)
      head = 0
    }
    return .event(event)
  }

  private func endsBehind(_ event: TaskEvent) -> Bool {
    if case .message = event { return true }
    guard let state = event.state else { return false }
    return state.isTerminal || (endsWhenInterrupted && state.isInterrupted)
  }

  private func tooSlow(_ waiting: Int) -> A2AError {
    var error = A2AError(
      .internalError,
      "This stream was not read fast enough: \(waiting) events were waiting. Subscribe to the task again, or get it.")
    error.reason = "STREAM_TOO_SLOW"
    return error
  }
}
