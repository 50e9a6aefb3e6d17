import Gateway
import Journal

extension SettingsTable {
  static let records: [Setting] = journal + redis + streams + streamIngest

  private static let journal: [Setting] = {
    let defaults = JournalConfiguration()
    let days = (defaults.retention.age ?? 0) / 86_400_000
    return [
      Setting(
        "journal.engine", .choice(["sqlite", "redis"]), .text("sqlite"),
        "What keeps it: sqlite, a file of this gateway's own; redis, a server that several gateways may share."),
      Setting(
        "journal.file", .optionalPath, .absent,
        "The file with all that has happened. Without it, journal.sqlite in the state folder."),
      Setting(
        "journal.durability", .choice([Durability.full, .normal].map(\.rawValue)), .text(defaults.durability.rawValue),
        "What an answer that something is stored outlives. full: a power failure. normal: the end of the program, but "
          + "after a power failure the last moments may be missing; several times as fast."),
      Setting(
        "journal.keepDays", .integer(0...36_500), .integer(Int(days)),
        "How long a task is kept after its last record, once it has ended; 0 for ever. Running ones stay."),
      Setting(
        "journal.keepTasks", .integer(0...100_000_000), .integer(defaults.retention.tasks ?? 0),
        "How many ended tasks are kept, the latest; 0 is without limit."),
      Setting(
        "journal.sizeLimitBytes", .integer(0...1 << 50), .integer(defaults.sizeLimit ?? 0),
        "How large the file may grow; then nothing is stored until there is room again, as with a full disk. 0: as large "
          + "as the disk lets it."),
      Setting(
        "journal.checkAtStart", .boolean, .boolean(defaults.checksIntegrity),
        "Looks through the whole file for damage before it is used, which takes longer the larger it is."),
    ]
  }()

  private static let redis =
    [
      Setting(
        "journal.redis.url", .optionalText, .absent,
        "The server: rediss://HOST:PORT, or redis://HOST:PORT for one on this machine. Needed with engine redis."),
      Setting(
        "journal.redis.prefix", .text, .text("signalbox"),
        "What its keys begin with, in braces. Gateways with the same server and prefix share a journal."),
    ] + server("journal.redis")

  /// How a Redis server and the gateway know each other.
  private static func server(_ key: String) -> [Setting] {
    [
      Setting(
        "\(key).user", .optionalText, .absent,
        "The user of the server's access list. Without it, the default one."),
      Setting(
        "\(key).password", .optionalPath, .absent,
        "The file with the password, readable by its owner alone. Without it, none is given."),
      Setting(
        "\(key).authority", .optionalPath, .absent,
        "The authorities that may vouch for the server's certificate, PEM. Needed with rediss."),
      Setting(
        "\(key).certificate", .optionalPath, .absent,
        "The certificate that is shown to the server, PEM. Without it, none."),
      Setting("\(key).key", .optionalPath, .absent, "The private key of that certificate, PEM."),
    ]
  }

  private static let streamIngest =
    [
      Setting(
        "ingest.redis.url", .optionalText, .absent,
        "A Redis server with a stream from which events are taken: rediss://HOST:PORT, or redis://HOST:PORT for one on this "
          + "machine. Without it, none."),
      Setting("ingest.redis.stream", .text, .text("signalbox:events"), "The key of the stream."),
      Setting(
        "ingest.redis.group", .text, .text("signalbox"),
        "The consumer group. Gateways that share a journal share it; those with journals of their own need one each."),
      Setting(
        "ingest.redis.principal", .optionalText, .absent,
        "In whose name the events are published: a name of the policy. Needed with ingest.redis.url."),
    ] + server("ingest.redis")

  private static let streams: [Setting] = {
    let defaults = StreamConfiguration()
    return [
      Setting(
        "streams.heartbeatSeconds", .integer(1...300), .integer(Int(defaults.heartbeat.components.seconds)),
        "Silence on a stream after which a comment is sent, so that nobody between takes it for dead."),
      Setting(
        "streams.retryMilliseconds", .integer(100...60_000), .integer(defaults.retryMilliseconds),
        "After how long a client that was cut off comes back; each is told a little more or less."),
      Setting(
        "streams.leavePerSecond", .integer(0...1_000_000), .integer(defaults.leavePerSecond),
        "How many streams a second are sent away when the gateway ends, so that whoever takes them in has time for their "
          + "handshakes; 0 sends all away at once."),
      Setting(
        "streams.leaveWithinSeconds", .integer(0...3600), .integer(Int(defaults.leaveWithin.components.seconds)),
        "The longest time that sending streams away may take; those who are left then hear when to come back."),
      Setting(
        "streams.admitPerSecond", .integer(0...1_000_000), .integer(defaults.admitPerSecond),
        "How many streams are opened in a second, those who resume before those who are new; 0 opens all at once."),
      Setting(
        "streams.admitWithinSeconds", .integer(1...45), .integer(Int(defaults.admitWithin.components.seconds)),
        "The longest time that a stream waits for its turn to be opened; those who are left then hear when to come back."
      ),
      Setting(
        "streams.backlogBytes", .integer(16_384...16_777_216), .integer(defaults.backlog),
        "Bytes that may wait for one reader; above it, the stream is ended and the client resumes from its cursor."),
    ]
  }()
}
