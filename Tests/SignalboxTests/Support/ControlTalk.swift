import TestSupport

@testable import signalbox

/// A session with the other end played by a test.
struct ControlTalk {
  var session = ControlSession(patience: .seconds(60))
  private(set) var sent: [String] = []
  private(set) var shown: [String] = []
  private(set) var outputs: [ControlSession.Output] = []
  private(set) var failure: CommandFailure?
  private(set) var pause: Duration?
  /// What is to be asked once more, and when.
  private(set) var later: [String: Duration] = [:]
  private var random = SeededRandom(seed: 8)
  let start = ContinuousClock.now

  mutating func ask(_ id: String, _ act: ControlRequest.Act) {
    perform(session.ask(ControlRequest(id: id, act: act)))
  }

  mutating func hear(_ texts: String..., after: Duration = .zero) throws {
    for text in texts { perform(try session.receive(text, at: start + after)) }
  }

  mutating func lose(_ loss: ControlLoss, after: Duration = .zero) {
    perform(session.lose(loss, at: start + after, using: &random))
  }

  /// What has happened since the last call, forgotten with it.
  mutating func takeSent() -> [String] {
    defer { sent = [] }
    return sent
  }

  mutating func takeShown() -> [String] {
    defer { shown = [] }
    return shown
  }

  private mutating func perform(_ actions: [ControlSession.Action]) {
    for action in actions {
      switch action {
      case .send(let text): sent.append(text)
      case .connect(let wait): pause = wait
      case .askAgain(let request, let wait): later[request.id] = wait
      case .fail(let failure): self.failure = failure
      case .show(let output):
        outputs.append(output)
        shown.append(Self.text(output))
      }
    }
  }

  private static func text(_ output: ControlSession.Output) -> String {
    switch output {
    case .welcome(let welcome): "welcome \(welcome.principal)"
    case .notice(let sentence): sentence
    case .ack(let request, _): "ack \(request.id)"
    case .nack(let request, let refusal): "nack \(request.id) \(refusal.code)"
    case .verdict(let verdict): "\(verdict.id) \(verdict.word)"
    case .record(let record): "\(record.task) \(record.seq)"
    case .standing(let tasks): tasks.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
    case .inbox(let questions, let hasMore):
      (questions.map { "\($0.task) \($0.id)" } + (hasMore ? ["more"] : [])).joined(separator: ", ")
    case .question(let question): "\(question.task) \(question.id) \(question.claimedBy ?? "waits")"
    case .closed(let question): "\(question.task) \(question.id) \(question.how)"
    case .expiring(let sentence): sentence
    }
  }
}
