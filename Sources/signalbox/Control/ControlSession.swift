import JSON

/// What a command knows of its WebSocket: what it has asked, what is still owed, and what it does when the connection is gone. A value:
/// connections, clocks and chance are outside.
struct ControlSession: Sendable {
  /// What a message of the gateway means for whoever asked.
  enum Output: Sendable {
    /// Connected, for the first time or again.
    case welcome(ControlWelcome)
    /// Something about the connection, a sentence or two.
    case notice(String)
    case ack(ControlRequest, JSONValue)
    case nack(ControlRequest, ControlRefusal)
    case verdict(ControlVerdict)
    case record(StreamRecord)
    /// How the tasks stand; what led there is not shown.
    case standing([TaskSummary])
    /// What waits for an answer: the whole list, on each connection once.
    case inbox([OpenQuestion], hasMore: Bool)
    /// A question as it stands now.
    case question(OpenQuestion)
    case closed(ClosedQuestion)
    /// What lets us in is not good for much longer, in a sentence: a newer token may be shown.
    case expiring(String)
  }

  enum Action: Sendable {
    case send(String)
    case show(Output)
    /// Wait so long, then connect again.
    case connect(after: Duration)
    /// Wait so long, then ask this once more.
    case askAgain(ControlRequest, after: Duration)
    case fail(CommandFailure)
  }

  /// One request, until nothing more is to be heard of it.
  private struct Pending: Sendable {
    /// How it stands on the connection that there is.
    enum Place: Sendable {
      case waiting
      case sent
      case answered
    }

    let request: ControlRequest
    /// The gateway has it; its verdict, or what it tells from now on, is still to come.
    var isTaken = false
    var place = Place.waiting
  }

  /// So many are unanswered at a time: a gateway that is asked a thousand things at once would take it for a flood.
  static let window = 16

  /// How long to try to come back.
  let patience: Duration
  private var isOpen = false
  private var pending: [Pending] = []
  /// Where the stream goes on: behind what was shown last.
  private(set) var cursor: String?
  private var check = OrderCheck(.all, fromTheBeginning: false)
  /// The list of questions while it comes.
  private var inbox: InboxList?

  private(set) var hasConnected = false
  private var opened: ContinuousClock.Instant?
  private var outage: ContinuousClock.Instant?
  private var attempts = 0
  private var bye: String?
  private var pause = ReconnectPause()

  init(patience: Duration) {
    self.patience = patience
  }

  // MARK: Asking

  /// Sends it now, or as soon as there is a connection; again with the same id on each later one, until it is answered.
  mutating func ask(_ request: ControlRequest) -> [Action] {
    pending.append(Pending(request: request))
    return sendNext()
  }

  /// What there is room for.
  private mutating func sendNext() -> [Action] {
    guard isOpen else { return [] }
    var actions: [Action] = []
    var count = pending.count { $0.place == .sent }
    for index in pending.indices where count < Self.window && pending[index].place == .waiting {
      pending[index].place = .sent
      count += 1
      actions.append(.send(text(of: pending[index].request)))
    }
    return actions
  }

  /// Where records were seen, a subscription goes on behind them.
  private func text(of request: ControlRequest) -> String {
    guard case .subscribe = request.act, let cursor else { return request.text }
    return ControlRequest(id: request.id, act: .subscribe(after: cursor)).text
  }

  // MARK: While there is a connection

  /// Throws when what came cannot be used.
  mutating func receive(_ text: String, at now: ContinuousClock.Instant) throws(CommandFailure) -> [Action] {
    guard let json = try? JSONValue(parsing: text) else { throw Self.mismatch }
    guard json.kind == .array else { return try receive(one: json, at: now) }
    var actions: [Action] = []
    for element in json.elements { actions += try receive(one: element, at: now) }
    return actions
  }

  private mutating func receive(
    one json: JSONValue, at now: ContinuousClock.Instant
  ) throws(CommandFailure) -> [Action] {
    switch json["type"]?.string {
    case "welcome": return welcomed(ControlWelcome(json), at: now)
    case "ack": return try acknowledged(json)
    case "nack": return try denied(json)
    case "event": return try recorded(json)
    case "snapshot": return standing(json)
    case "reset": return [.show(.notice(Self.lostPlace))] + standing(json)
    case "verdict":
      guard let verdict = ControlVerdict(json) else { throw Self.mismatch }
      return settled(verdict)
    case "question": return try asked(json)
    case "question-closed":
      guard let closed = ClosedQuestion(json) else { throw Self.mismatch }
      return [.show(.closed(closed))]
    case "end": return try ended(json)
    case "expiring":
      let until = json["at"]?.string.map { " until \(TerminalText.line($0, limit: 40))" } ?? " for a short while"
      return [.show(.expiring("The certificate or token is good\(until); then the gateway ends the connection."))]
    case "bye":
      bye = json["reason"]?.string ?? "unknown"
      return []
    case nil: throw Self.mismatch
    // What later versions say moves nothing, so it can be left out.
    default: return []
    }
  }

  private static let mismatch = CommandFailure.failure(
    "The gateway sent a message that is none of signalbox.v1; this program and that gateway do not match.")

  private mutating func welcomed(_ welcome: ControlWelcome, at now: ContinuousClock.Instant) -> [Action] {
    let isBack = hasConnected
    hasConnected = true
    isOpen = true
    opened = now
    var actions: [Action] = [.show(.welcome(welcome))]
    if isBack { actions.append(.show(.notice("Connected again."))) }
    for index in pending.indices { pending[index].place = .waiting }
    return actions + sendNext()
  }

  private mutating func acknowledged(_ json: JSONValue) throws(CommandFailure) -> [Action] {
    guard let id = json["id"]?.string, let index = pending.firstIndex(where: { $0.request.id == id }) else { return [] }
    let request = pending[index].request
    pending[index].place = .answered
    if request.isStanding {
      pending[index].isTaken = true
      return try subscribed(request, json) + sendNext()
    }
    // What was taken before the connection was lost has been told already.
    let wasTaken = pending[index].isTaken
    pending[index].isTaken = true
    var actions: [Action] = wasTaken ? [] : [.show(.ack(request, json))]
    let verdict = json["verdict"].flatMap {
      ControlVerdict($0, id: id, task: request.task, command: request.word)
    }
    if let verdict {
      actions += settled(verdict)
    } else if !request.hasVerdict {
      pending.remove(at: index)
    }
    return actions + sendNext()
  }

  private mutating func subscribed(_ request: ControlRequest, _ json: JSONValue) throws(CommandFailure) -> [Action] {
    if case .questions = request.act {
      guard let list = InboxList(json) else { throw Self.mismatch }
      inbox = list
      return [.show(.ack(request, json))] + listed()
    }
    if let from = json["from"]?.string ?? json["to"]?.string, cursor == nil { cursor = from }
    return [.show(.ack(request, json))]
  }

  private mutating func asked(_ json: JSONValue) throws(CommandFailure) -> [Action] {
    guard let value = json["question"], let question = OpenQuestion(value, task: json["task"]?.string) else {
      throw Self.mismatch
    }
    guard inbox != nil else { return [.show(.question(question))] }
    inbox?.questions.append(question)
    return listed()
  }

  /// The list, when all of it is there.
  private mutating func listed() -> [Action] {
    guard let list = inbox, list.isWhole else { return [] }
    inbox = nil
    return [.show(.inbox(list.questions, hasMore: list.hasMore))]
  }

  private static let lostPlace =
    "The gateway cannot go on where it was: what happened meanwhile is not shown. How the tasks stand now comes first."

  private mutating func standing(_ json: JSONValue) -> [Action] {
    if let cursor = json["cursor"]?.string { self.cursor = cursor }
    check.reset()
    return [.show(.standing(json["tasks"]?.elements.compactMap(TaskSummary.init) ?? []))]
  }

  /// Nothing more comes of a subscription.
  private mutating func ended(_ json: JSONValue) throws(CommandFailure) -> [Action] {
    guard let id = json["subscription"]?.string, let index = pending.firstIndex(where: { $0.request.id == id }) else {
      return []
    }
    let notice: String
    switch json["reason"]?.string {
    case "failed": notice = "Something failed in the gateway, and its log tells what. It is asked once more."
    case "slow": notice = "More happened than was read. It is asked once more how things stand."
    case let reason:
      let word = TerminalText.line(reason ?? "unknown", limit: 60)
      throw .failure("The gateway shows no more of that (\(word)): the policy may have changed.")
    }
    pending[index].place = .waiting
    return [.show(.notice(notice))] + sendNext()
  }

  private mutating func denied(_ json: JSONValue) throws(CommandFailure) -> [Action] {
    let refusal = ControlRefusal(json)
    guard let id = json["id"]?.string, let index = pending.firstIndex(where: { $0.request.id == id }) else {
      // Of no request: something that we have sent could not even be read.
      if json["id"]?.string == nil { throw .failure(refusal.sentence) }
      return []
    }
    let request = pending.remove(at: index).request
    // Too many streams are being opened, and each of those who are told so is told another moment.
    if request.isStanding, refusal.code == "try-later", let pause = refusal.pause {
      return [.show(.notice(refusal.sentence)), .askAgain(request, after: pause)] + sendNext()
    }
    return [.show(.nack(request, refusal))] + sendNext()
  }

  private mutating func recorded(_ json: JSONValue) throws(CommandFailure) -> [Action] {
    guard let bytes = json["record"]?.bytes, let record = StreamRecord(Array(bytes)) else { throw Self.mismatch }
    if let fault = check.fault(record) { throw .failure(fault) }
    if let cursor = json["cursor"]?.string { self.cursor = cursor }
    return [.show(.record(record))]
  }

  private mutating func settled(_ verdict: ControlVerdict) -> [Action] {
    pending.removeAll { $0.request.id == verdict.id && ($0.request.task ?? verdict.task) == verdict.task }
    return [.show(.verdict(verdict))]
  }

  // MARK: When it is gone

  mutating func lose(
    _ loss: ControlLoss, at now: ContinuousClock.Instant, using random: inout some RandomNumberGenerator
  ) -> [Action] {
    let bye = self.bye
    self.bye = nil
    isOpen = false
    if let lost = pending.first(where: { $0.place == .sent && !$0.request.isRepeatable })?.request {
      return [.fail(Self.unknown(lost, because: loss.sentence(saying: bye)))]
    }
    switch loss {
    case .broken(let sentence):
      return [.fail(.failure(sentence))]
    case .refused(let refusal):
      guard refusal.isPassing, hasConnected else { return [.fail(.failure(refusal.sentence))] }
      return again(because: refusal.sentence, notBefore: refusal.retryAfter, at: now, &random)
    case .transport(let sentence):
      guard hasConnected else { return [.fail(.failure(sentence))] }
      return again(because: sentence, at: now, &random)
    case .closed(let code, let reason):
      let closing = ControlClosing(code: code, reason: bye ?? reason)
      switch closing.meaning {
      case .final(let sentence): return [.fail(.failure(sentence))]
      case .passing(let sentence): return again(because: sentence, at: now, &random)
      case .lostPlace(let sentence):
        cursor = nil
        return again(because: sentence, at: now, &random)
      }
    }
  }

  /// It may have been done, or not.
  static func unknown(_ request: ControlRequest, because reason: String) -> CommandFailure {
    CommandFailure(
      .unknownOutcome,
      [
        "\(reason) Nobody knows what was cancelled; give it again with --id \(Shell.quoted(request.id)), and each task is "
          + "asked once."
      ])
  }

  /// A connection that lasts as long as the longest pause was one; one that ends sooner is one more try.
  private mutating func again(
    because reason: String, notBefore seconds: Int? = nil, at now: ContinuousClock.Instant,
    _ random: inout some RandomNumberGenerator
  ) -> [Action] {
    if let opened, now - opened >= ReconnectPause.longest {
      outage = nil
      attempts = 0
    }
    opened = nil
    let began = outage ?? now
    outage = began
    guard now - began < patience else {
      return [.fail(.failure("\(reason) Given up after \(Seconds.text(now - began)) s."))]
    }
    let asked = Duration.seconds(min(seconds ?? 0, 86_400))
    let wait = min(asked + pause.next(attempt: attempts, using: &random), patience - (now - began))
    attempts += 1
    return [
      .show(.notice("\(reason) The connection is lost; trying again in \(Seconds.text(wait)) s.")),
      .connect(after: wait),
    ]
  }
}
