// Every stage has an end.
extension ClientConnection {
  /// What the call is waiting for now.
  func stageNow(of exchange: ClientExchange) -> ClientWatch? {
    if exchange.isAnswered { return nil }
    let deadlines = exchange.deadlines
    if isBlocked { return ClientWatch(.call(.request), for: deadlines.idle) }
    if exchange.head == nil {
      // While the caller makes the body, it is not the server's turn.
      return exchange.sentAt.map { ClientWatch(.call(.answer), for: deadlines.answer, since: $0) }
    }
    // Nor is it while the caller does not read.
    guard exchange.waitingBytes < configuration.bufferLimit else { return nil }
    return ClientWatch(.call(.body), for: deadlines.idle)
  }

  /// Begins to watch. What is being watched already goes on with the time it has left.
  func watchOver(_ next: ClientWatch?) {
    if let next, next.subject == watch?.subject { return }
    watch = next
    setTimer()
  }

  private var totalEnd: ContinuousClock.Instant? {
    guard case .taken = phase, let exchange, !exchange.isAnswered else { return nil }
    return exchange.totalEnd
  }

  private func setTimer() {
    let ends = [watch?.end, totalEnd].compactMap { $0 }
    guard let end = ends.min() else { return timer?.cancel() ?? () }
    timer?.set(after: end - .now)
  }

  func timeIsUp() {
    let now = ContinuousClock.now
    if let totalEnd, now >= totalEnd, let total = exchange?.deadlines.total {
      return close(ClientError(.timedOut(.total, after: total), server))
    }
    guard let watch, now >= watch.end else { return setTimer() }
    switch watch.subject {
    case .call(let stage): close(ClientError(.timedOut(stage, after: watch.limit), server))
    case .idle: close(ClientError(.closed("nobody has called for a while"), server))
    }
  }
}
