import JSON

/// Commands that were given together, until each has what is waited for. A value: it is told what the gateway says, and tells what to print.
struct CommandRound: Sendable {
  private enum Standing: Sendable, Equatable {
    case asked
    /// In the journal; what comes of it is waited for.
    case taken
    case settled(ExitCode)
  }

  /// What is printed, and where.
  enum Line: Sendable, Equatable {
    case output(String)
    case error(String)
  }

  private let waits: Bool
  private let printsJSON: Bool
  private var order: [String] = []
  private var requests: [String: ControlRequest] = [:]
  private var standings: [String: Standing] = [:]

  init(waits: Bool, printsJSON: Bool) {
    self.waits = waits
    self.printsJSON = printsJSON
  }

  mutating func add(_ request: ControlRequest) {
    order.append(request.id)
    requests[request.id] = request
    standings[request.id] = .asked
  }

  /// Whether it is one of these, and nobody knows yet whether the gateway has it.
  func waits(for request: ControlRequest) -> Bool { standings[request.id] == .asked }

  var isDone: Bool { standings.values.allSatisfy { if case .settled = $0 { true } else { false } } }

  /// Of several the gravest: what was not taken, what nobody knows, what was ignored, refused, or too late.
  var code: ExitCode {
    let codes = standings.values.map { standing in
      if case .settled(let code) = standing { code } else { ExitCode.unknownOutcome }
    }
    return Self.gravest(codes)
  }

  static func gravest(_ codes: [ExitCode]) -> ExitCode {
    let order: [ExitCode] = [.notTaken, .unknownOutcome, .ignored, .agentRefused, .tooLate]
    return order.first(where: codes.contains) ?? .ok
  }

  mutating func take(_ output: ControlSession.Output) -> [Line] {
    switch output {
    case .ack(let request, let json) where standings[request.id] == .asked:
      let isOver = !waits || !request.hasVerdict
      standings[request.id] = isOver ? .settled(.ok) : .taken
      if printsJSON { return [.output(JSONLine.text(json))] }
      let repeated = json["repeated"]?.bool == true ? " (it had been given before)" : ""
      return isOver ? [.output("\(Self.name(request))  \(Self.taken(request))\(repeated)")] : []
    case .nack(let request, let refusal) where requests[request.id] != nil:
      standings[request.id] = .settled(.notTaken)
      if printsJSON { return [.output(refusal.line)] }
      return [.error("\(Self.name(request)): \(refusal.sentence)")]
    case .verdict(let verdict) where standings[verdict.id] == .taken:
      standings[verdict.id] = .settled(verdict.code)
      if printsJSON { return [.output(verdict.line)] }
      let time = verdict.afterMilliseconds.map { " after \(Seconds.text(milliseconds: $0)) s" } ?? ""
      let word = TerminalText.line(verdict.word, limit: 40)
      let why = verdict.why.map { ": \(TerminalText.line($0, limit: 300))" } ?? ""
      return [.output("\(TerminalText.escaped(verdict.task))  \(word)\(time)\(why)")]
    case .notice(let sentence):
      return [.error(sentence)]
    default:
      return []
    }
  }

  /// Waited long enough, or for ever in vain: what is still open, and how to go on with it.
  mutating func giveUp() -> [Line] {
    var lines: [Line] = []
    for id in order {
      guard let request = requests[id] else { continue }
      switch standings[id] {
      case .asked:
        lines.append(
          .error(
            "\(Self.name(request)): nobody knows whether the gateway has the \(request.word). Give it again with --id "
              + "\(Shell.quoted(id)), and it is done once."))
      case .taken:
        lines.append(
          .error(
            "\(Self.name(request)): the \(request.word) stands, and what comes of it is not known yet. Ask again with "
              + "--wait --id \(Shell.quoted(id))."))
      case .settled, nil: continue
      }
      standings[id] = .settled(.unknownOutcome)
    }
    return lines
  }

  private static func name(_ request: ControlRequest) -> String { TerminalText.escaped(request.task ?? "all") }

  private static func taken(_ request: ControlRequest) -> String {
    switch request.act {
    case .cancel: "cancel requested"
    case .answer: "answered"
    case .pause: "pause requested"
    case .resume: "resume requested"
    default: "done"
    }
  }
}
