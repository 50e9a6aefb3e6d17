import Telemetry
import Wire

/// Keeps a connection to the server, and asks everything over it, one thing behind the other without waiting. What was on its way when
/// a connection is lost is asked again on the next, in the same order; a batch then says so, and the script looks whether it is there.
actor RedisClient: LoopActor {
  nonisolated let loop: Loop
  private let dial: RedisDial
  private let facts: RedisFacts
  private let log: Log
  /// Told, on the loop's thread and before anything is asked of it, of a journal that is another than before.
  private let renewed: @Sendable (_ tail: Int64) -> Void
  private var stage = Stage.away
  private var requests = RedisRequests()
  private var scripts: [RedisScript: String] = [:]
  /// Batches of which nobody knows whether they are stored, with what the sender had seen before.
  private var doubts: [String: Int64] = [:]
  private var lastTrouble = "it was not reached yet"
  private var linkNumber = 0
  private var keeper: Task<Void, Never>?
  private var ticker: Task<Void, Never>?
  /// Takes no more.
  private var isClosing = false
  private var whenQuiet: [CheckedContinuation<Void, Never>] = []

  private enum Stage {
    case away
    case open(RedisLink)
    case closed
  }

  private static let firstPause: Duration = .milliseconds(50)
  private static let longestPause: Duration = .seconds(2)
  private static let doubtLimit = 10_000

  init(
    _ dial: RedisDial, _ facts: RedisFacts, _ log: Log, renewed: @escaping @Sendable (_ tail: Int64) -> Void
  ) {
    loop = dial.loop
    self.dial = dial
    self.facts = facts
    self.log = log
    self.renewed = renewed
  }

  /// What all keys begin with.
  nonisolated var keys: String { dial.options.keys }

  // MARK: Asking

  func ask(_ command: RedisRequest.Command) async throws(JournalError) -> RedisReply {
    try await answer(to: command, bound: nil).get()
  }

  /// The answer to a batch. Where nobody knows whether it was stored, the error says under which name it may be sent again.
  /// - Parameter first: is called, on the loop's thread, before anything is sent.
  func append(
    _ arguments: RedisArguments, name: String, first: @Sendable () -> Void
  ) async throws(JournalError) -> RedisReply {
    first()
    return try await answer(to: .append(arguments, name: name), bound: doubts.removeValue(forKey: name)).get()
  }

  private func answer(to command: RedisRequest.Command, bound: Int64?) async -> Result<RedisReply, JournalError> {
    await withCheckedContinuation { continuation in
      if isClosing { return continuation.resume(returning: .failure(.isClosed)) }
      let deadline = ContinuousClock.now + dial.options.patience
      requests.append(RedisRequest(command, until: deadline, bound: bound, continuation))
      transmit()
      tick()
    }
  }

  /// How many wait for an answer.
  var depth: Int { requests.count }

  private func transmit() {
    guard case .open(let link) = stage else { return }
    let number = linkNumber
    while let request = requests.send() {
      let words = words(of: request)
      link.assumeIsolated {
        $0.send(words) { [weak self] reply in self?.assumeIsolated { $0.didAnswer(reply, from: number) } }
      }
    }
  }

  private func words(of request: RedisRequest) -> RedisArguments {
    switch request.command {
    case .plain(let words):
      return words
    case .script(let script, let arguments):
      return call(script, arguments)
    case .append(let arguments, _):
      var bound = RedisArguments()
      bound.append(request.bound.map { String($0) } ?? "")
      bound.append(contentsOf: arguments)
      if request.bound == nil { request.bound = facts.newest.offset }
      return call(.append, bound)
    }
  }

  private func call(_ script: RedisScript, _ arguments: RedisArguments) -> RedisArguments {
    var words = RedisArguments("EVALSHA", scripts[script] ?? "", "1", dial.options.journalKey, facts.epoch)
    words.append(contentsOf: arguments)
    return words
  }

  private func didAnswer(_ reply: RedisReply, from number: Int) {
    guard number == linkNumber, let request = requests.first else { return }
    if case .error(let text) = reply {
      switch dial.fault(text) {
      case .stale:
        return lose(.away("\(dial.server) is not as it was: \(text)"))
      case .error(let error):
        requests.removeFirst()
        request.answer(.failure(error))
        // The next connection may lead to the primary.
        if error.code == .readOnly { lose(.away(error.description)) }
      }
    } else {
      requests.removeFirst()
      note(reply, to: request)
      request.answer(.success(reply))
    }
    quietIfSo()
  }

  /// Here, and not by whoever asked: the journal may be another by the time that the answer is there.
  private func note(_ reply: RedisReply, to request: RedisRequest) {
    guard case .append(_, let name) = request.command, case .array(let parts) = reply, parts.count > 1,
      parts[0].string == "stored", let offset = parts[1].number
    else { return }
    facts.saw(NewestBatch(offset: offset, name: name))
  }

  // MARK: Time

  private func tick() {
    guard ticker == nil else { return }
    ticker = Task(executorPreference: loop.tasks) { [weak self] in
      while (try? await Task.sleep(for: .milliseconds(100))) != nil {
        guard await self?.expire() == true else { return }
      }
    }
  }

  /// False when nobody waits.
  private func expire() -> Bool {
    let now = ContinuousClock.now
    for request in requests.waiting {
      // They have come in this order, and have the same patience.
      guard request.deadline <= now else { break }
      if !request.isAnswered { giveUp(request) }
    }
    if requests.sent == 0 { requests.comeBack() }
    quietIfSo()
    guard requests.isEmpty else { return true }
    ticker = nil
    return false
  }

  private func giveUp(_ request: RedisRequest) {
    var doubt: String?
    if case .append(_, let name) = request.command, let bound = request.bound {
      if doubts.count >= Self.doubtLimit { doubts.removeAll() }
      doubts[name] = bound
      doubt = name
    }
    let state = if case .open = stage { "\(dial.server) does not answer in time" } else { lastTrouble }
    let outcome = doubt == nil ? "Nothing was stored" : "Whether it was stored is not known"
    request.answer(.failure(JournalError(.unreachable, "\(outcome): \(state). Try again.", doubt: doubt)))
  }

  // MARK: The connection

  /// Connects for the first time. What only needs time is waited for as long as calls are.
  func start() async throws(JournalError) {
    let end = ContinuousClock.now + dial.options.patience
    var pause = Self.firstPause
    while true {
      do throws(RedisTrouble) {
        return try await connect()
      } catch {
        switch error {
        case .refused(let error): throw error
        case .away(let why):
          guard .now < end else { throw JournalError(.unreachable, "\(why). Start the server, or name another.") }
        }
      }
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, Self.longestPause)
    }
  }

  private func connect() async throws(RedisTrouble) {
    linkNumber += 1
    let number = linkNumber
    let link = try await dial.link { [weak self] trouble in
      self?.assumeIsolated { if $0.linkNumber == number { $0.lose(trouble) } }
    }
    do throws(RedisTrouble) {
      let server = try await dial.facts(link)
      scripts = try await dial.load(link)
      try await attach(link)
      note(server.durability)
    } catch {
      await link.close()
      throw error
    }
    guard case .away = stage, number == linkNumber else { return await link.close() }
    stage = .open(link)
    transmit()
  }

  /// Is it the journal that was there? If not, everybody is told before anything is asked of it.
  private func attach(_ link: RedisLink) async throws(RedisTrouble) {
    let (epoch, newest) = (facts.epoch, facts.newest)
    var words = RedisArguments("EVALSHA", scripts[.attach] ?? "", "1", dial.options.journalKey, dial.options.newEpoch())
    words.append(epoch)
    words.append(newest.offset)
    words.append(newest.name)
    let reply = try await dial.ask(link, words).elements
    guard reply.count == 4, let found = reply[0].string, let tail = reply[1].number, let word = reply[3].string else {
      throw .away("\(dial.server) does not say which journal it has")
    }
    guard found != epoch else { return }
    facts.begin(found, at: NewestBatch(offset: tail))
    guard !epoch.isEmpty else { return }
    // What was sent before cannot be behind what is there now.
    for request in requests.waiting { request.bound = request.bound.map { min($0, tail) } }
    for (name, bound) in doubts { doubts[name] = min(bound, tail) }
    log.error(
      "the journal is not the one that was here: it has a new epoch, and streams begin anew",
      [
        "server": .string(dial.server), "epoch": .string(found), "tail": .int(Int(tail)),
        "known": .int(Int(newest.offset)),
        "meaning": word == "other" ? "Another gateway has noticed it." : "The server has lost what it had stored.",
      ])
    renewed(tail)
  }

  private func note(_ durability: Durability) {
    let before = facts.durability
    facts.durability = durability
    guard durability != before, let warning = ServerFacts.warning(about: durability) else { return }
    log.error(
      "the journal is not safe",
      [
        "server": .string(dial.server), "durability": .string(durability.rawValue), "meaning": .string(warning),
      ])
  }

  private func lose(_ trouble: RedisTrouble) {
    guard case .open(let link) = stage else { return }
    stage = .away
    linkNumber += 1
    switch trouble {
    case .away(let why): lastTrouble = why
    case .refused(let error): lastTrouble = error.description
    }
    log.warning("the journal's server was lost", ["server": .string(dial.server), "why": .string(lastTrouble)])
    link.assumeIsolated { $0.close() }
    requests.comeBack()
    keeper = Task(executorPreference: loop.tasks) { [weak self] in await self?.reconnect() }
  }

  private func reconnect() async {
    var pause = Self.firstPause
    while case .away = stage, !Task.isCancelled {
      do throws(RedisTrouble) {
        try await connect()
        log.info("the journal's server is there again", ["server": .string(dial.server)])
        return
      } catch {
        let why =
          switch error {
          case .away(let why): why
          case .refused(let error): error.description
          }
        if why != lastTrouble { log.warning("the journal's server is not there", ["why": .string(why)]) }
        lastTrouble = why
      }
      // Not all gateways at the same moment.
      try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
      pause = min(pause * 2, Self.longestPause)
    }
  }

  // MARK: The end

  /// Waits for what was asked, and takes no more.
  func close() async {
    guard !isClosing else { return }
    isClosing = true
    if requests.waiting.contains(where: { !$0.isAnswered }) {
      await withCheckedContinuation { quiet in whenQuiet.append(quiet) }
    }
    let last = stage
    stage = .closed
    keeper?.cancel()
    ticker?.cancel()
    ticker = nil
    for request in requests.waiting { request.answer(.failure(.isClosed)) }
    requests.removeAll()
    if case .open(let link) = last { await link.close() }
  }

  private func quietIfSo() {
    guard !whenQuiet.isEmpty, requests.waiting.allSatisfy(\.isAnswered) else { return }
    let waiting = whenQuiet
    whenQuiet = []
    for continuation in waiting { continuation.resume() }
  }
}
