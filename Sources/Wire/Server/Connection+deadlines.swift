import HTTP
import Telemetry

// Every stage has an end.
extension Connection {
  /// What this connection is waiting for now.
  var stageNow: Watch.Stage? {
    // A peer that does not take what is queued is the one to blame, whatever else is going on.
    if isBlocked { return .answer }
    switch phase {
    case .waiting(let isFirst): return isFirst ? .handshake : .idle
    case .receivingHead: return .head
    case .exchanging(let exchange):
      // As long as we would take more of the body, it is the client's turn.
      if exchange.body.isComing, !exchange.body.owesContinue, exchange.body.waitingBytes < context.outputLimit {
        return .body
      }
      if case .streaming = exchange.answer { return nil }
      return .handler
    // A WebSocket has a vigil of its own.
    case .webSocket: return nil
    case .finishing: return .answer
    case .lingering: return .goodbye
    case .closed: return nil
    }
  }

  /// Begins to watch a stage. One that is being watched goes on with the time it has left.
  func watchOver(_ stage: Watch.Stage?) {
    guard stage != watch?.stage else { return }
    watch = stage.map { makeWatch($0, now: .now) }
    if stage == .answer { lastDelivered = deliveredBytes }
    setTimer(now: .now)
  }

  private func makeWatch(_ stage: Watch.Stage, now: ContinuousClock.Instant) -> Watch {
    let deadlines = context.deadlines
    var exchange: Exchange?
    if case .exchanging(let current) = phase { exchange = current }
    switch stage {
    case .handshake: return Watch(stage, until: now + deadlines.handshake, now: now)
    case .idle: return Watch(stage, until: now + deadlines.idle, now: now)
    case .head: return Watch(stage, until: now + deadlines.head, now: now)
    case .body: return Watch(stage, until: exchange?.bodyEnd, rate: deadlines.minimumRate, now: now)
    case .handler: return Watch(stage, until: exchange?.answerEnd, now: now)
    case .answer:
      // A stream has no length to be done with; its pace is bounded like any other's.
      if isEndless(exchange) {
        return Watch(stage, until: nil, rate: deadlines.minimumRate, now: now)
      }
      return Watch(stage, until: now + deadlines.answer, rate: deadlines.minimumRate, now: now)
    case .goodbye: return Watch(stage, until: now + deadlines.linger, now: now)
    }
  }

  private func isEndless(_ exchange: Exchange?) -> Bool {
    if case .webSocket = phase { return true }
    if case .streaming(_, lacking: nil) = exchange?.answer { return true }
    return false
  }

  private func setTimer(now: ContinuousClock.Instant) {
    guard let next = watch?.next else { return timer?.cancel() ?? () }
    timer?.set(after: next - now)
  }

  func timeIsUp() {
    let now = ContinuousClock.now
    if watch?.stage == .answer {
      let delivered = deliveredBytes
      watch?.moved(delivered - lastDelivered, in: .answer)
      lastDelivered = delivered
    }
    guard watch?.isOver(at: now) == true, let stage = watch?.stage else { return setTimer(now: now) }
    watch = nil
    if stage != .idle, stage != .goodbye {
      countEviction()
      context.telemetry.log.info(
        "deadline passed",
        ["peer": .string(address.host), "stage": .string("\(stage)"), "listener": .string(context.name)])
    }
    switch (stage, phase) {
    case (.idle, _):
      sayGoodbye()
    case (.head, _):
      refuse(Refusal(.requestTimeout, "The request's head took too long to come. Send it in one go."))
    case (.body, .exchanging(let exchange)):
      abort(
        exchange, with: Refusal(.requestTimeout, "The request's body came too slowly. Send it faster, or less of it."))
    case (.handler, .exchanging(let exchange)):
      abort(
        exchange,
        with: Refusal(
          .serviceUnavailable, "The answer took too long to make. Try again later.", code: "answer-too-slow"))
    case (.answer, .exchanging(let exchange)), (.answer, .webSocket(let exchange)):
      record(exchange, outcome: "slow-reader")
      socket?.reset()
    case (.goodbye, _), (.handshake, _):
      socket?.kill()
    default:
      socket?.reset()
    }
  }
}
