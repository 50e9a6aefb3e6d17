import Identity
import Journal
import Telemetry
import Wire

/// What is at work for records while a gateway runs: the journal that keeps them, and the hub that passes them on.
struct RecordServices: Sendable {
  let journal: any Journal
  let hub: Hub
  let place: Place
  let rounds: RetentionRounds
  /// Whoever opens a stream passes here.
  let admission: Admission

  /// Where the journal is.
  enum Place {
    /// And how large it may grow.
    case file(String, sizeLimit: Int?)
    case redis(String)
  }

  /// Opens the journal. Throws with what is wrong; nothing is left open then.
  static func start(
    _ configuration: GatewayConfiguration, clock: GatewayClock, log: Log, metrics: MetricsRegistry
  ) async throws -> RecordServices {
    let (journal, place) = try await open(configuration, clock: clock, log: log, metrics: metrics)
    do {
      let hub = try await Hub.start(journal, metrics: metrics, clock: clock)
      return RecordServices(
        journal: journal, hub: hub, place: place,
        rounds: RetentionRounds(configuration.journal.retention, journal: journal, clock: clock, log: log),
        admission: Admission(
          configuration.admission, clock: configuration.streams.admissionClock, metrics: AdmissionMetrics(metrics)))
    } catch {
      await journal.close()
      throw error
    }
  }

  private static func open(
    _ configuration: GatewayConfiguration, clock: GatewayClock, log: Log, metrics: MetricsRegistry
  ) async throws -> (any Journal, Place) {
    if let redis = configuration.journal.redis {
      let options = try await BlockingPool.shared.run {
        try redis.options(clock: clock.milliseconds, newEpoch: newEpoch)
      }
      let journal = try await RedisJournal.open(options, log: log, metrics: metrics)
      return (journal, .redis(redis.server.description))
    }
    let file = configuration.journal.file ?? configuration.identity.stateFolder + "/journal.sqlite"
    var options = SQLiteJournalOptions(path: file, clock: clock.milliseconds, newEpoch: newEpoch)
    options.durability = configuration.journal.durability
    options.checksIntegrity = configuration.journal.checksIntegrity
    options.sizeLimit = configuration.journal.sizeLimit
    let journal = try await SQLiteJournal.open(options, log: log, metrics: metrics)
    return (journal, .file(file, sizeLimit: options.sizeLimit))
  }

  @Sendable private static func newEpoch() -> String {
    let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz")
    return String(SecureRandom.bytes(8).map { letters[Int($0) % letters.count] })
  }

  /// What gateways of one journal know together beside it. Nil where it is this gateway's own.
  var ledger: (any SharedLedger)? { (journal as? RedisJournal).map { JournalLedger(ledger: $0.ledger) } }

  /// Where they tell each other what they have counted. Nil where this gateway is by itself.
  var counts: RedisCounts? { (journal as? RedisJournal)?.counts }

  /// Which tasks of all of them have places at their agents. Nil where this gateway is by itself.
  var line: RedisLine? { (journal as? RedisJournal)?.line }

  var tasks: TaskAccess { TaskAccess(journal: journal) }

  /// What is under way is stored; then no more is taken.
  func stop() async {
    await rounds.stop()
    await hub.stop()
    await journal.close()
  }
}
