import HTTP
import Identity
import Journal
import Telemetry
import Wire

/// Takes events from a Redis stream into the journal, as long as this gateway has the lease for it, and waits for it otherwise. Whatever goes
/// wrong, there is one way on: give the lease back, wait, take it again, and begin with what is not settled.
actor StreamDesk {
  nonisolated let configuration: StreamIngestConfiguration
  nonisolated let facts: StreamFacts
  private let options: RedisJournalOptions
  private let identities: Identities
  private let journal: any Journal
  private let writer: StreamWriter
  private let loop: Loop
  private let clock: GatewayClock
  private let log: Log
  private let me: String
  private var refusals: RefusedEntries
  private var worker: Task<Void, Never>?
  private var server: StreamServer?
  private var lastTrouble: String?
  private var pause = firstPause

  private static let firstPause: Duration = .milliseconds(200)
  private static let longestPause: Duration = .seconds(5)

  /// Reads the files. Throws with the one that is wrong.
  static func start(
    _ configuration: StreamIngestConfiguration, facts: StreamFacts, records: RecordServices, identities: Identities,
    clock: GatewayClock, log: Log
  ) async throws -> StreamDesk {
    var options = try await BlockingPool.shared.run {
      try configuration.redis.options(clock: clock.milliseconds) { "" }
    }
    options.settings = "ingest.redis"
    return StreamDesk(
      configuration, options, facts, records, identities, try await Loop.start(name: "ingest"), clock, log)
  }

  private init(
    _ configuration: StreamIngestConfiguration, _ options: RedisJournalOptions, _ facts: StreamFacts,
    _ records: RecordServices, _ identities: Identities, _ loop: Loop, _ clock: GatewayClock, _ log: Log
  ) {
    (self.configuration, self.options, self.facts, self.identities) = (configuration, options, facts, identities)
    (self.loop, self.clock) = (loop, clock)
    self.log = log.with("stream", .string(configuration.stream))
    journal = records.journal
    writer = StreamWriter(tasks: records.tasks, gate: PublishGate(tasks: records.tasks), clock: clock)
    me = "signalbox-\(TaskID.make().prefix(12))"
    refusals = RefusedEntries(log: self.log)
  }

  /// Returns at once.
  func begin() {
    worker = Task { await run() }
  }

  /// Finishes what is under way, and gives the lease back.
  func stop() async {
    worker?.cancel()
    await server?.stopWaiting()
    await worker?.value
    facts.phase = .ended
    refusals.flush()
    await loop.stop()
  }

  // MARK: Its life

  private func run() async {
    while !Task.isCancelled {
      do {
        try await attempt()
      } catch {
        if Task.isCancelled { break }
        tell(error)
      }
      // Not all gateways at the same moment.
      try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
      pause = min(pause * 2, Self.longestPause)
    }
  }

  private func attempt() async throws {
    _ = try asker()
    // Whose journal is away does not keep the lease from those whose journal is not.
    _ = try await journal.bounds()
    let server = try await StreamServer.connect(configuration, options, as: me, on: loop)
    self.server = server
    let result: Result<Void, any Error>
    do {
      while true {
        try Task.checkCancellation()
        try await turn(on: server)
      }
    } catch {
      result = .failure(error)
    }
    try? await server.release()
    await server.close()
    self.server = nil
    facts.phase = .waiting
    try result.get()
  }

  /// Waits for the lease a little, or reads as long as it has it.
  private func turn(on server: StreamServer) async throws {
    let hold = try await server.hold(for: journal.epoch)
    facts.take(hold)
    guard hold.isMine else {
      facts.phase = .standby
      recovered()
      return try await Task.sleep(for: .milliseconds(min(max(hold.left, 20), 1000)))
    }
    if let before = hold.journalBefore {
      log.warning(
        "events before these went into another journal",
        [
          "journal": .string(journal.epoch), "before": .string(before),
          "meaning": "Gateways with journals of their own need a group each, ingest.redis.group.",
        ])
    }
    facts.phase = .reading
    // Who begins anew again and again, because something is wrong, has said so.
    if lastTrouble == nil {
      log.info("reading the stream", ["group": .string(configuration.group), "as": .string(me)])
    }
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await self.keep(server) }
        group.addTask { try await self.work(on: server) }
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch StreamServer.Trouble.other {
      // It was too late with renewing it, or the server has lost it. What is stored and not settled is stored again, which changes nothing.
      log.warning("the lease of the stream was lost")
    }
  }

  private func keep(_ server: StreamServer) async throws {
    while true {
      try await Task.sleep(for: configuration.lease / 3)
      let hold = try await server.hold(for: journal.epoch)
      facts.take(hold)
      refusals.flush()
      guard hold.isMine, !hold.isFresh else { throw StreamServer.Trouble.other }
    }
  }

  private func work(on server: StreamServer) async throws {
    var place = "0-0"
    repeat {
      let found = try await server.claim(from: place)
      try await take(found, on: server)
      place = found.place
    } while place != "0-0"
    while true {
      try Task.checkCancellation()
      let found = try await server.read()
      try await take(found, on: server)
      if found.entries.isEmpty {
        recovered()
        try await server.wait(behind: found.place)
      }
    }
  }

  // MARK: Entries

  private func take(_ found: StreamServer.Entries, on server: StreamServer) async throws {
    if found.missed > 0 {
      facts.missed(found.missed)
      let words =
        "The stream was trimmed before it was read: \(found.missed) entries are missing. Let it be longer, or see why reading "
        + "was behind."
      facts.fail(words, at: clock.milliseconds())
      log.error("entries are missing", ["count": .int(Int(clamping: found.missed)), "meaning": .string(words)])
    }
    guard !found.entries.isEmpty else { return }
    let places = Dictionary(found.entries.enumerated().map { ($1.id, $0) }) { first, _ in first }
    for segment in StreamPage(found.entries.map(StreamEntry.init)).segments {
      try Task.checkCancellation()
      let settled = try await writer.write(segment, by: try asker())
      var (done, refused): ([String], [(id: String, refusal: Refusal)]) = ([], [])
      for one in settled {
        if case .refused(let refusal) = one.outcome { refused.append((one.id, refusal)) } else { done.append(one.id) }
      }
      // As they came, so that they can be added again in their order.
      refused.sort { places[$0.id, default: 0] < places[$1.id, default: 0] }
      try await server.settle(done, refused: refused)
      facts.count(settled)
      refusals.add(refused)
      recovered()
    }
  }

  /// Anew each time: the policy may have changed.
  private func asker() throws -> Asker {
    switch identities.policy.principal(named: configuration.principal) {
    case .known(let principal):
      return Asker(principal: principal, credential: .configured(name: configuration.principal))
    case .refused(let reason): throw StreamTrouble("ingest.redis.principal is nobody who may do anything: \(reason)")
    }
  }

  // MARK: Trouble

  private func tell(_ error: any Error) {
    let words: String
    switch error {
    case let error as StreamServer.Trouble:
      switch error {
      case .lost(let why): words = "The server of the stream is away: \(why)."
      case .closed(let why): words = "The stream is not to be had. \(why)"
      case .refused(let text): words = StreamTrouble(text, at: configuration).description
      case .other: return
      }
    case let error as JournalError:
      words = "The journal takes nothing at the moment, so nothing is taken from the stream: \(error.description)"
    default: words = "\(error)"
    }
    facts.phase = .waiting
    facts.fail(words, at: clock.milliseconds())
    // Once for each kind: it is tried again and again.
    if words != lastTrouble { log.warning("the stream is not read", ["why": .string(words)]) }
    lastTrouble = words
  }

  private func recovered() {
    pause = Self.firstPause
    if lastTrouble != nil { log.info("the stream goes on") }
    lastTrouble = nil
  }
}
