import A2A
import Identity
import Journal
import Synchronization
import Telemetry

/// Each five seconds, reads the numbers that are drawn. Nothing of it happens with a request. Any thread.
final class OperationsRounds: Sendable {
  /// What a document needs that is not read again for it.
  struct Recent: Sendable {
    var history = OperationsHistory()
    /// Of the last minute.
    var commits = TimesWindow(length: minute)
    /// Of the last ten, by agent.
    var handOvers: [String: TimesWindow] = [:]
    fileprivate var rounds = 0

    fileprivate static let minute = Int(60_000 / OperationsHistory.interval)
  }

  private let kept: Kept
  private let task: Task<Void, Never>

  /// What the task and its owner both see.
  private final class Kept: Sendable {
    let recent = Mutex(Recent())
  }

  init(_ metrics: MetricsRegistry, journal: any Journal, clock: GatewayClock) {
    let kept = Kept()
    self.kept = kept
    task = Task {
      let figures = MetricFigures(metrics: metrics)
      repeat {
        let questions = try? await Self.openQuestions(journal)
        let reading = OperationsReading(figures, steady: clock.steady(), questions: questions)
        let handOvers = figures.times(OperationsNames.handOver, by: "agent")
        kept.recent.withLock { $0.add(reading, handOvers) }
      } while (try? await clock.sleepUntil(Self.next(clock))) != nil
    }
  }

  var recent: Recent { kept.recent.withLock { $0 } }

  /// How many questions wait: a task has one, and stands in one of these states as long as it is open.
  static func openQuestions(_ journal: any Journal) async throws(JournalError) -> Int {
    var query = TaskQuery(visible: [TaskQuery.Visibility()])
    query.states = Set(TaskState.allCases.filter(\.isInterrupted).map(\.word))
    query.isFinal = false
    return try await journal.count(query)
  }

  /// Returns when no round is under way any more.
  func stop() async {
    task.cancel()
    await task.value
  }

  private static func next(_ clock: GatewayClock) -> UnixTime {
    let seconds = (OperationsHistory.pause(at: clock.steady()) + 999) / 1000
    return clock.now().adding(seconds: seconds)
  }
}

extension OperationsRounds.Recent {
  fileprivate mutating func add(_ reading: OperationsReading, _ handOvers: [String: Distribution]) {
    history.add(reading)
    if let commits = reading.times[.commitP95] { self.commits.add(commits) }
    if rounds % Self.minute == 0 {
      for (agent, times) in handOvers { self.handOvers[agent, default: TimesWindow(length: 10)].add(times) }
    }
    rounds += 1
  }
}

/// Metrics that are read in more than one place.
enum OperationsNames {
  static let commit = "signalbox_journal_commit_seconds"
  static let handOver = "signalbox_task_hand_over_seconds"
}
