import Identity
import Journal
import Telemetry

/// What is at work for records while a gateway runs: the journal that keeps them, and the hub that passes them on.
struct RecordServices: Sendable {
  let journal: any Journal
  let hub: Hub
  /// Where the journal is, and how large it may grow.
  let file: String
  let sizeLimit: Int?
  let rounds: RetentionRounds

  /// Opens the journal. Throws with the file that is wrong; nothing is left open then.
  static func start(
    _ configuration: GatewayConfiguration, clock: GatewayClock, log: Log, metrics: MetricsRegistry
  ) async throws -> RecordServices {
    let file = configuration.journal.file ?? configuration.identity.stateFolder + "/journal.sqlite"
    var options = SQLiteJournalOptions(
      path: file, clock: clock.milliseconds,
      newEpoch: newEpoch)
    options.durability = configuration.journal.durability
    options.checksIntegrity = configuration.journal.checksIntegrity
    options.sizeLimit = configuration.journal.sizeLimit
    let journal = try await SQLiteJournal.open(options, log: log, metrics: metrics)
    do {
      let hub = try await Hub.start(journal, metrics: metrics, clock: clock)
      return RecordServices(
        journal: journal, hub: hub, file: file, sizeLimit: options.sizeLimit,
        rounds: RetentionRounds(configuration.journal.retention, journal: journal, clock: clock, log: log))
    } catch {
      await journal.close()
      throw error
    }
  }

  private static func newEpoch() -> String {
    let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz")
    return String(SecureRandom.bytes(8).map { letters[Int($0) % letters.count] })
  }

  var tasks: TaskAccess { TaskAccess(journal: journal) }

  /// What is under way is stored; then no more is taken.
  func stop() async {
    await rounds.stop()
    await hub.stop()
    await journal.close()
  }
}
