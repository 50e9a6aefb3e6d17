/// What an outgoing connection is waiting for, and until when: a value that is asked when the timer fires.
struct ClientWatch {
  enum Subject: Equatable {
    case call(ClientStage)
    /// Between two calls.
    case idle
  }

  let subject: Subject
  /// How long it may last in all, or without a move.
  let limit: Duration
  private(set) var end: ContinuousClock.Instant

  init(_ subject: Subject, for limit: Duration, since start: ContinuousClock.Instant = .now) {
    self.subject = subject
    self.limit = limit
    end = start + limit
  }

  /// Something moved. For the stages of moving bytes that begins the time anew.
  mutating func moved() {
    switch subject {
    case .call(.request), .call(.body): end = .now + limit
    case .call(.connect), .call(.answer), .call(.total), .call(.sign), .idle: break
    }
  }
}
