import Telemetry

/// What the writing thread is asked to do.
enum WriterJob: Sendable {
  typealias Reply<Value> = @Sendable (Result<Value, JournalError>) -> Void

  case append(Batch, Reply<Appended>)
  case remember([Memo], task: String, Reply<Bool>)
  case trim(Retention, now: Int64, Reply<(trimmed: Trimmed, isComplete: Bool)>)
  case follow(UInt64, @Sendable ([Committed]) -> Void, Reply<Void>)
  case unfollow(UInt64)

  func refuse(_ error: JournalError) {
    switch self {
    case .append(_, let reply): reply(.failure(error))
    case .remember(_, _, let reply): reply(.failure(error))
    case .trim(_, _, let reply): reply(.failure(error))
    case .follow(_, _, let reply): reply(.failure(error))
    case .unfollow: break
    }
  }
}

/// What goes into the next commit, and who waits for what becomes of it.
private enum Pending {
  case batch(Batch, WriterJob.Reply<Appended>)
  case memos([Memo], task: String, WriterJob.Reply<Bool>)
}

/// What has become of it.
private enum Settled {
  case batch(JournalWriter.Outcome, WriterJob.Reply<Appended>)
  case memos(Bool, WriterJob.Reply<Bool>)
}

/// The life of the writing thread: opens the file, then does what waits, as many batches as there are in one commit.
final class WriterLoop {
  /// So that a commit does not take for ever, and memory is bounded.
  private static let batchesAtOnce = 1024

  private let writer: JournalWriter
  /// Held for as long as this lives.
  private let lock: JournalLock
  private let shared: JournalFacts
  private let log: Log
  private var followers: [UInt64: @Sendable ([Committed]) -> Void] = [:]
  /// Set when nobody knows what is on disk.
  private var failure: JournalError?
  /// What the log was last told of, until a commit succeeds: a full disk refuses a thousand times a second.
  private var reported: JournalError?
  private var fileMeasured: ContinuousClock.Instant?

  static func run(
    _ options: SQLiteJournalOptions, log: Log, facts: JournalFacts, threads: JournalThreads<WriterJob>,
    opened: @Sendable (Result<String, JournalError>) -> Void
  ) {
    serve(options, log: log, facts: facts, threads: threads, opened: opened)
    // Only now is the file free for somebody else.
    threads.reportEnd()
  }

  private static func serve(
    _ options: SQLiteJournalOptions, log: Log, facts: JournalFacts, threads: JournalThreads<WriterJob>,
    opened: @Sendable (Result<String, JournalError>) -> Void
  ) {
    let loop: WriterLoop
    do throws(JournalError) {
      let lock = try JournalLock(options.path)
      let writer = try JournalOpening.open(options, lock: lock, log: log)
      loop = WriterLoop(writer, lock: lock, facts: facts, log: log)
    } catch {
      return opened(.failure(error))
    }
    loop.publish()
    opened(.success(loop.writer.epoch))
    while let jobs = threads.next(limit: batchesAtOnce) { loop.work(jobs) }
  }

  private init(_ writer: JournalWriter, lock: JournalLock, facts: JournalFacts, log: Log) {
    self.writer = writer
    self.lock = lock
    shared = facts
    self.log = log
  }

  private func work(_ jobs: [WriterJob]) {
    if let failure {
      for job in jobs { job.refuse(failure) }
      return
    }
    var pending: [Pending] = []
    pending.reserveCapacity(jobs.count)
    for job in jobs {
      switch job {
      case .append(let batch, let reply):
        pending.append(.batch(batch, reply))
      case .remember(let memos, let task, let reply):
        pending.append(.memos(memos, task: task, reply))
      case .trim, .follow, .unfollow:
        commit(&pending)
        perform(job)
      }
    }
    commit(&pending)
  }

  private func perform(_ job: WriterJob) {
    switch job {
    case .append, .remember: preconditionFailure("What is stored is committed in groups.")
    case .trim(let retention, let now, let reply):
      let result = Result { () throws(JournalError) in try writer.trim(retention, now: now) }
      switch result {
      case .success(let done): shared.metrics.trimmedTasks.add(UInt64(done.trimmed.tasks))
      case .failure(let error): doubt(error)
      }
      publish()
      reply(result)
    case .follow(let id, let sink, let reply):
      followers[id] = sink
      reply(.success(()))
    case .unfollow(let id):
      followers[id] = nil
    }
  }

  /// All of it, or, when the file refuses, nothing.
  private func commit(_ pending: inout [Pending]) {
    guard !pending.isEmpty else { return }
    defer { pending = [] }
    let start = ContinuousClock.now
    let tail = writer.tail
    do throws(JournalError) {
      let settled = try writer.database.transaction { () throws(JournalError) in
        var settled: [Settled] = []
        settled.reserveCapacity(pending.count)
        for one in pending { settled.append(try store(one)) }
        return settled
      }
      if writer.tail > tail { lock.leave(JournalWitness(epoch: writer.epoch, tail: writer.tail)) }
      publish()
      // Whoever asked is told first, and in the order of asking.
      var outcomes: [JournalWriter.Outcome] = []
      outcomes.reserveCapacity(settled.count)
      for one in settled {
        switch one {
        case .batch(let outcome, let reply):
          reply(.success(outcome.appended))
          outcomes.append(outcome)
        case .memos(let isKnown, let reply):
          reply(.success(isKnown))
        }
      }
      tell(outcomes)
      count(outcomes, since: start)
    } catch {
      writer.tail = tail
      writer.forget()
      fail(pending, error)
    }
  }

  private func store(_ one: Pending) throws(JournalError) -> Settled {
    switch one {
    case .batch(let batch, let reply): .batch(try writer.store(batch), reply)
    case .memos(let memos, let task, let reply): .memos(try writer.remember(memos, of: task), reply)
    }
  }

  private func tell(_ outcomes: [JournalWriter.Outcome]) {
    let committed = outcomes.compactMap(\.committed)
    guard !committed.isEmpty else { return }
    for follower in followers.values { follower(committed) }
  }

  /// Before anybody hears of it, so that whoever hears of a record finds it within the bounds.
  private func publish() {
    shared.bounds = Bounds(tail: writer.tail, trimmed: writer.trimmed)
  }

  private func count(_ outcomes: [JournalWriter.Outcome], since start: ContinuousClock.Instant) {
    let now = ContinuousClock.now
    if reported != nil {
      log.info("the journal stores again")
      reported = nil
    }
    var records = 0
    var bytes = 0
    for outcome in outcomes {
      guard let committed = outcome.committed else { continue }
      records += committed.records.count
      bytes += committed.records.reduce(0) { $0 + $1.payload.count }
    }
    shared.metrics.commitTime.observe(now - start)
    if !outcomes.isEmpty { shared.metrics.commitBatches.observe(UInt64(outcomes.count)) }
    shared.metrics.records.add(UInt64(records))
    shared.metrics.bytes.add(UInt64(bytes))
    if fileMeasured.map({ now - $0 >= .seconds(1) }) ?? true {
      fileMeasured = now
      shared.metrics.fileBytes.set(JournalFile.size(writer.database.path))
    }
  }

  private func fail(_ pending: [Pending], _ error: JournalError) {
    if reported != error {
      reported = error
      log.error("the journal does not store", ["reason": .string(error.description)])
    }
    shared.metrics.failures.add()
    doubt(error)
    for one in pending {
      switch one {
      case .batch(_, let reply): reply(.failure(error))
      case .memos(_, _, let reply): reply(.failure(error))
      }
    }
  }

  /// A disk that could not be synchronized may have dropped what it had been given, and say so only once.
  private func doubt(_ error: JournalError) {
    if error.code == .failed || error.code == .corrupt { failure = error }
  }
}
