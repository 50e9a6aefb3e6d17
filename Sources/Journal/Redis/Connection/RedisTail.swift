import Telemetry
import Wire

/// Hears of every batch that anybody stores, by waiting at the feed on a connection of its own, and tells the followers. What this
/// process has stored itself it knows already; the rest is fetched.
actor RedisTail: LoopActor {
  /// How long the server lets us wait before it says that there is nothing; then we look whether the journal is still the same.
  private static let wait: Duration = .seconds(5)
  private static let entriesAtOnce = 256
  /// Batches of our own that are kept until the feed tells of them; with more, they are fetched like others'.
  private static let expectedLimit = 4096
  private static let openingsLimit = 4096

  nonisolated let loop: Loop
  nonisolated let followers = RedisFollowers()
  private let dial: RedisDial
  private let facts: RedisFacts
  private let log: Log
  private weak var client: RedisClient?
  /// Nil until somebody follows.
  private var position: Int64?
  /// Counts journals: what was asked of one says nothing about the next.
  private var generation = 0
  private var link: RedisLink?
  private var work: Task<Void, Never>?
  private var isClosed = false
  private var expected: [String: Batch] = [:]
  private var openings: [TaskName: TaskOpening] = [:]

  private struct TaskName: Hashable {
    let id: String
    let first: Int64
  }

  init(_ dial: RedisDial, _ facts: RedisFacts, _ log: Log) {
    loop = dial.loop
    self.dial = dial
    self.facts = facts
    self.log = log
  }

  func follow(_ sink: @escaping RedisFollowers.Sink, through client: RedisClient) async throws(JournalError) -> UInt64 {
    self.client = client
    // Registered before it is asked where the journal ends: what is told meanwhile is kept.
    let id = followers.add(sink)
    do throws(JournalError) {
      let tail = try await RedisJournal.bounds(client).tail
      if position == nil {
        position = tail
        work = Task(executorPreference: loop.tasks) { [weak self] in await self?.run() }
      }
      followers.begin(id, after: tail)
    } catch {
      followers.remove(id)
      throw error
    }
    return id
  }

  /// Before it is sent: the feed may tell of it before the answer is here.
  func expect(_ batch: Batch, as name: String) {
    guard position != nil else { return }
    if expected.count >= Self.expectedLimit { expected.removeAll(keepingCapacity: true) }
    expected[name] = batch
  }

  /// It was not stored.
  func forget(_ name: String) {
    expected[name] = nil
  }

  /// The journal is another from here on.
  func renew(_ tail: Int64) {
    generation += 1
    if position != nil { position = tail }
    expected = [:]
    openings = [:]
    link?.assumeIsolated { $0.close() }
    link = nil
    followers.renew(tail)
  }

  func close() async {
    isClosed = true
    await link?.close()
    work?.cancel()
    await work?.value
  }

  // MARK: Listening

  private func run() async {
    var pause: Duration = .milliseconds(50)
    var isTold = false
    while !isClosed {
      let (before, journal) = (position, generation)
      do {
        try await listen()
      } catch {
        // Once for each time that it begins; and one that is another now has been told of.
        if !isClosed, !isTold, journal == generation {
          log.warning("the journal's feed is not heard", ["why": .string(Self.text(error))])
        }
        isTold = true
      }
      if isClosed { return }
      if before != position { isTold = false }
      pause = before == position ? min(pause * 2, .seconds(2)) : .milliseconds(50)
      try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
    }
  }

  private static func text(_ error: any Error) -> String {
    switch error as? RedisTrouble {
    case .away(let why): why
    case .refused(let error): error.description
    case nil: "\(error)"
    }
  }

  private func listen() async throws {
    let generation = generation
    let link = try await dial.link(waiting: Self.wait) { _ in }
    guard !isClosed, generation == self.generation else { return await link.close() }
    self.link = link
    do {
      // On the client's connection, which has made sure that the journal is still the same.
      try await look()
      while generation == self.generation, !isClosed {
        guard let position else { break }
        let reply = try await dial.ask(link, Self.command(dial.options, position))
        guard generation == self.generation else { break }
        let entries = reply.elements.first?.elements.last?.elements ?? []
        if entries.isEmpty { try await look() } else { try await tell(entries, generation) }
      }
    } catch {
      await link.close()
      throw error
    }
    await link.close()
  }

  private static func command(_ options: RedisJournalOptions, _ position: Int64) -> RedisArguments {
    var words = RedisArguments("XREAD", "COUNT")
    words.append(entriesAtOnce)
    words.append("BLOCK")
    words.append(Int(wait / .milliseconds(1)))
    words.append("STREAMS")
    words.append(options.keys + "feed")
    words.append("\(position)-0")
    return words
  }

  /// A journal of another epoch answers with an error, on which the client acts.
  private func look() async throws {
    guard let client else { return }
    _ = try await RedisJournal.bounds(client)
  }

  private func tell(_ replies: [RedisReply], _ generation: Int) async throws {
    var entries: [FeedEntry] = []
    for reply in replies {
      guard let entry = FeedEntry(reply) else {
        throw JournalError(.corrupt, "The feed of \(dial.server) holds an entry that cannot be read.")
      }
      entries.append(entry)
    }
    var committed: [Committed?] = []
    var missing: [Int] = []
    for (index, entry) in entries.enumerated() {
      committed.append(known(entry))
      if committed[index] == nil { missing.append(index) }
    }
    if !missing.isEmpty {
      for (index, found) in try await fetch(missing.map { ($0, entries[$0]) }) { committed[index] = found }
    }
    guard generation == self.generation, let last = entries.last else { return }
    facts.saw(NewestBatch(offset: last.last, name: last.batch))
    position = last.last
    followers.tell(committed.compactMap { $0 })
  }

  /// What was stored by ourselves.
  private func known(_ entry: FeedEntry) -> Committed? {
    guard let batch = expected.removeValue(forKey: entry.batch), batch.entries.count == Int(entry.count) else {
      return nil
    }
    let name = TaskName(id: entry.task, first: entry.first)
    guard let opening = batch.opening ?? openings[name] else { return nil }
    keep(opening, of: name)
    return Committed(
      task: entry.task, opening: opening, isFinal: entry.isFinal,
      records: batch.records(last: entry.last, seq: entry.seq, time: entry.time))
  }

  private func keep(_ opening: TaskOpening, of name: TaskName) {
    if openings.count >= Self.openingsLimit { openings.removeAll(keepingCapacity: true) }
    openings[name] = opening
  }

  // MARK: What others have stored

  /// Batches of others, by their place. One of a task that has gone meanwhile is left out.
  private func fetch(_ wanted: [(Int, FeedEntry)]) async throws(JournalError) -> [Int: Committed] {
    var found: [Int: Committed] = [:]
    var rest = wanted[...]
    while !rest.isEmpty {
      var records: Int64 = 0
      // Some at once, so that nobody else waits long for it.
      let some = rest.prefix { (_, entry) in
        defer { records += entry.count }
        return records < 1000
      }
      rest = rest.dropFirst(some.count)
      for (index, committed) in try await fetchSome(Array(some)) { found[index] = committed }
    }
    return found
  }

  private func fetchSome(_ wanted: [(Int, FeedEntry)]) async throws(JournalError) -> [(Int, Committed)] {
    guard let client else { return [] }
    var words = RedisArguments()
    words.append(wanted.count)
    for (_, entry) in wanted {
      words.append(entry.task)
      words.append(entry.first)
      words.append(entry.last - entry.count + 1)
      words.append(entry.last)
    }
    let replies = try await client.ask(.script(.fetch, words)).elements
    var found: [(Int, Committed)] = []
    for ((index, entry), reply) in zip(wanted, replies) {
      let parts = reply.elements
      guard parts.count == 2, let opening = RedisRecord.opening(parts[0].elements[...]) else { continue }
      var records: [Record] = []
      for one in parts[1].elements { records.append(try RedisRecord.record(one, of: entry.task)) }
      guard records.count == Int(entry.count) else { continue }
      keep(opening, of: TaskName(id: entry.task, first: entry.first))
      found.append(
        (index, Committed(task: entry.task, opening: opening, isFinal: entry.isFinal, records: records)))
    }
    return found
  }
}
