/// How far a command is that somebody has given with a key: requested, delivered, and what came of it, each with the seconds since the key.
struct CommandProgress: Sendable, Equatable {
  let id: String
  let word: String
  let task: String
  let pressed: ContinuousClock.Instant
  private(set) var taken: Duration?
  private(set) var delivered: Duration?
  private(set) var ending: Ending?

  enum Ending: Sendable, Equatable {
    case verdict(word: String, why: String?, after: Duration)
    /// The gateway does not take it.
    case refused(String)
  }

  init(_ request: ControlRequest, pressed: ContinuousClock.Instant) {
    id = request.id
    word = request.word
    task = request.task ?? ""
    self.pressed = pressed
  }

  mutating func take(at now: ContinuousClock.Instant) {
    if taken == nil { taken = now - pressed }
  }

  mutating func deliver(at now: ContinuousClock.Instant) {
    if delivered == nil { delivered = now - pressed }
  }

  mutating func end(_ verdict: ControlVerdict, at now: ContinuousClock.Instant) {
    guard ending == nil else { return }
    ending = .verdict(word: verdict.word, why: verdict.why, after: now - pressed)
  }

  mutating func refuse(_ sentence: String) {
    if ending == nil { ending = .refused(sentence) }
  }

  /// "cancel t-1: requested 0.0 s → delivered 0.1 s → stopped 0.4 s"
  var text: String {
    let head = "\(word) \(TerminalText.line(task, limit: 16)): "
    if case .refused(let sentence) = ending { return head + "not taken. " + sentence }
    var steps = [taken.map { "requested \(Seconds.text($0)) s" } ?? "asking"]
    if let delivered { steps.append("delivered \(Seconds.text(delivered)) s") }
    if case .verdict(let word, let why, let after) = ending {
      let reason = why.map { " (\(TerminalText.line($0, limit: 160)))" } ?? ""
      steps.append("\(TerminalText.line(word, limit: 40)) \(Seconds.text(after)) s\(reason)")
    }
    return head + steps.joined(separator: " → ")
  }
}
