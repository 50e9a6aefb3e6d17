import Identity
import Journal
import Synchronization
import Telemetry

/// Each minute, takes out of the journal what has been kept long enough. Any thread.
final class RetentionRounds: Sendable {
  private static let pause: Int64 = 60

  private let kept: Kept
  private let task: Task<Void, Never>

  /// What the task and its owner both see.
  private final class Kept: Sendable {
    let retention: Mutex<Retention>

    init(_ retention: Retention) {
      self.retention = Mutex(retention)
    }
  }

  init(_ retention: Retention, journal: any Journal, clock: GatewayClock, log: Log) {
    let kept = Kept(retention)
    self.kept = kept
    task = Task {
      var sweep = RetentionSweep(retention)
      var hasFailed = false
      repeat {
        sweep.retention = kept.retention.withLock { $0 }
        do throws(JournalError) {
          let round = try await sweep.run(on: journal, now: clock.milliseconds(), steady: clock.steady())
          Self.tell(round, log)
          hasFailed = false
        } catch {
          // Once for each time that it begins: what is wrong with the file is said by others, and more often.
          if !hasFailed { log.error("old tasks not removed", ["error": .string(error.description)]) }
          hasFailed = true
        }
      } while (try? await clock.sleepUntil(clock.now().adding(seconds: Self.pause))) != nil
    }
  }

  /// How long is kept from the next round on.
  var retention: Retention {
    get { kept.retention.withLock { $0 } }
    set { kept.retention.withLock { $0 = newValue } }
  }

  /// Returns when none is under way any more.
  func stop() async {
    task.cancel()
    await task.value
  }

  private static func tell(_ round: RetentionSweep.Round, _ log: Log) {
    if let jump = round.jump {
      log.warning(
        "the clock was set, so no task goes for its age until it has run evenly for an hour",
        ["milliseconds": .int(Int(clamping: jump))])
    }
    if round.trimmed.tasks > 0 {
      log.info("old tasks removed", ["tasks": .int(round.trimmed.tasks), "records": .int(round.trimmed.records)])
    }
  }
}
