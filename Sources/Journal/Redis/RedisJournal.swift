import Synchronization
package import Telemetry
import Wire

/// The journal on a Redis server, which several gateways may share: each task a stream, and one light stream of all batches, at which every
/// gateway waits for what the others store.
package final class RedisJournal: Journal {
  private let client: RedisClient
  private let tail: RedisTail
  private let facts: RedisFacts
  private let loop: Loop
  private let options: RedisJournalOptions
  /// Batches are called by it and a number.
  private let name = BatchNames()
  private let reads: RedisReads
  private let inbox: RedisInbox
  /// What the gateways of this journal know together beside it.
  package let ledger: RedisLedger

  /// Connects, and finds the journal or makes it. Throws with a sentence when the server cannot be reached or is not fit for it.
  package static func open(
    _ options: RedisJournalOptions, log: Log, metrics: MetricsRegistry
  ) async throws(JournalError) -> RedisJournal {
    let loop: Loop
    do {
      loop = try await Loop.start(name: "journal")
    } catch {
      throw JournalError(.failed, "\(error)")
    }
    let dial = RedisDial(options: options, loop: loop)
    let depth = Depth()
    let facts = RedisFacts(JournalMetrics(metrics, waiting: { Double(depth.count.load(ordering: .relaxed)) }))
    let tail = RedisTail(dial, facts, log)
    let client = RedisClient(dial, facts, log) { [weak tail] offset in tail?.assumeIsolated { $0.renew(offset) } }
    do throws(JournalError) {
      try await client.start()
    } catch {
      await client.close()
      await loop.stop()
      throw error
    }
    return RedisJournal(client, tail, facts, options, depth, RedisLedger(client, dial, log))
  }

  /// How many batches wait for their answer.
  private final class Depth: Sendable {
    let count = Atomic<Int>(0)
  }

  private let depth: Depth

  private init(
    _ client: RedisClient, _ tail: RedisTail, _ facts: RedisFacts, _ options: RedisJournalOptions, _ depth: Depth,
    _ ledger: RedisLedger
  ) {
    self.ledger = ledger
    self.client = client
    self.tail = tail
    self.facts = facts
    self.options = options
    self.depth = depth
    loop = client.loop
    reads = RedisReads(client: client)
    inbox = RedisInbox(RedisDial(options: options, loop: client.loop))
  }

  /// What each of them has counted of late.
  package var counts: RedisCounts { RedisCounts(client: client) }

  /// Which tasks of all of them have places at their agents.
  package var line: RedisLine { RedisLine(client: client) }

  package var epoch: String { facts.epoch }
  package var durability: Durability { facts.durability }

  // MARK: Writing

  package func append(_ batch: Batch) async throws(JournalError) -> Appended {
    precondition(!batch.entries.isEmpty, "A batch without entries says nothing.")
    let start = ContinuousClock.now
    let name = batch.name ?? name.next()
    let words = batch.words(named: name, at: options.clock())
    depth.count.add(1, ordering: .relaxed)
    defer { depth.count.subtract(1, ordering: .relaxed) }
    let reply: RedisReply
    do throws(JournalError) {
      reply = try await client.append(words, name: name) { [tail] in
        tail.assumeIsolated { $0.expect(batch, as: name) }
      }
    } catch {
      facts.metrics.failures.add()
      if error.doubt == nil { await tail.forget(name) }
      throw error
    }
    let appended = try Appended(reply.elements, of: batch, at: options.server)
    guard case .stored(let records) = appended else {
      await tail.forget(name)
      return appended
    }
    facts.metrics.commitTime.observe(.now - start)
    facts.metrics.commitBatches.observe(1)
    facts.metrics.records.add(UInt64(records.count))
    facts.metrics.bytes.add(UInt64(records.reduce(0) { $0 + $1.payload.count }))
    return appended
  }

  package func remember(_ memos: [Memo], of task: String) async throws(JournalError) -> Bool {
    try await remember(memos, of: task, under: nil) == .kept
  }

  package func remember(
    _ memos: [Memo], of task: String, under fence: Fence?
  ) async throws(JournalError) -> Remembered {
    var words = RedisArguments(task)
    words.append(optional: fence?.lease)
    words.append(memos)
    return switch try await client.ask(.script(.remember, words)).number {
    case 1: .kept
    case 2: .fenced
    default: .noSuchTask
    }
  }

  package func trim(_ retention: Retention, now: Int64) async throws(JournalError) -> Trimmed {
    var total = Trimmed()
    var words = RedisArguments()
    words.append(retention.tasks.map { String($0) } ?? "")
    words.append(retention.age.map { String(now - $0) } ?? "")
    while true {
      let reply = try await client.ask(.script(.trim, words)).elements
      guard reply.count == 4, let tasks = reply[0].number, let records = reply[1].number else {
        throw JournalError(.corrupt, "\(options.server) does not say what it has removed.")
      }
      total.tasks += Int(tasks)
      total.records += Int(records)
      facts.metrics.trimmedTasks.add(UInt64(tasks))
      if reply[3].number == 0 { return total }
    }
  }

  // MARK: Following

  package func follow(_ sink: @escaping @Sendable ([Committed]) -> Void) async throws(JournalError) -> Following {
    let id = try await tail.follow(sink, through: client)
    return Following { [followers = tail.followers] in followers.remove(id) }
  }

  package func whenRenewed(_ body: @escaping @Sendable (_ tail: Int64) -> Void) {
    tail.followers.whenRenewed(body)
  }

  package var leases: (any RunLeases)? { RedisLeases(client: client, inbox: inbox) }

  package func close() async {
    await inbox.close()
    await tail.close()
    await ledger.close()
    await client.close()
    await loop.stop()
  }

  // MARK: Reading

  package func records(
    _ selection: Selection, after offset: Int64, limit: ReadLimit
  ) async throws(JournalError) -> Page {
    switch selection {
    case .tasks(let ids): try await reads.page(of: ids, after: offset, limit: limit)
    case .visible(let alternatives): try await reads.page(visible: alternatives, after: offset, limit: limit)
    }
  }

  package func seq(of task: String, at offset: Int64) async throws(JournalError) -> Int64 {
    var words = RedisArguments("XREVRANGE", options.keys + "r:" + task)
    words.append(offset)
    for word in ["-", "COUNT", "1"] { words.append(word) }
    let entries = try await client.ask(.plain(words)).elements
    guard let entry = entries.first else { return 0 }
    return try RedisRecord.record(entry, of: task).seq
  }

  package func record(_ seq: Int64, of task: String) async throws(JournalError) -> Record? {
    var words = RedisArguments(task)
    words.append(seq)
    let reply = try await client.ask(.script(.record, words))
    return reply == .null ? nil : try RedisRecord.record(reply, of: task)
  }

  package func task(_ id: String) async throws(JournalError) -> StoredTask? {
    let reply = try await client.ask(.script(.task, RedisArguments(id)))
    return reply == .null ? nil : try RedisRecord.task(reply)
  }

  package func tasks(_ query: TaskQuery) async throws(JournalError) -> [StoredTask] { try await reads.tasks(query) }
  package func count(_ query: TaskQuery) async throws(JournalError) -> Int { try await reads.count(query) }

  package func standing(_ selection: Selection, limit: Int) async throws(JournalError) -> Standing {
    try await reads.standing(selection, limit: limit)
  }

  package func memos(of task: String, under prefix: String) async throws(JournalError) -> [Memo] {
    try await reads.memos(of: task, under: prefix)
  }

  package func memos(under prefix: String, ofRunning: Bool) async throws(JournalError) -> [TaskMemo] {
    try await reads.memos(under: prefix, ofRunning: ofRunning)
  }

  package func bounds() async throws(JournalError) -> Bounds {
    try await Self.bounds(client)
  }

  static func bounds(_ client: RedisClient) async throws(JournalError) -> Bounds {
    let reply = try await client.ask(.script(.bounds, RedisArguments())).elements
    guard reply.count == 2, let tail = reply[0].number, let trimmed = reply[1].number else {
      throw JournalError(.corrupt, "The journal does not say where it ends.")
    }
    return Bounds(tail: tail, trimmed: trimmed)
  }
}
