import Gateway
import Journal
import Testing

@testable import signalbox

/// What the settings make of the journal, the streams and the end.
struct RecordSettingsTests {
  private func read(_ flags: [(String, String)]) -> (settings: Settings, problems: [String]) {
    var sources = ConfigurationSources()
    sources.flags = flags.map { .init(name: "--set", key: $0.0, text: $0.1) }
    let (settings, problems) = sources.settings()
    return (settings, (problems + ConfigurationRules.problems(in: settings)).map(\.description))
  }

  private func gateway(_ flags: [(String, String)] = []) throws -> GatewayConfiguration {
    let (settings, problems) = read(flags)
    #expect(problems.isEmpty)
    return try settings.gateway(webFolder: "/web", cores: 1)
  }

  @Test func `without settings, everything is as the library has it, and the end takes its time`() throws {
    let gateway = try gateway()
    let library = JournalConfiguration()
    #expect(gateway.journal.file == nil)
    #expect(gateway.journal.durability == .full)
    #expect(gateway.journal.retention == library.retention)
    #expect(gateway.journal.sizeLimit == nil)
    #expect(gateway.journal.checksIntegrity)
    let streams = StreamConfiguration()
    #expect(gateway.streams.heartbeat == streams.heartbeat)
    #expect(gateway.streams.retryMilliseconds == streams.retryMilliseconds)
    #expect(gateway.streams.backlog == streams.backlog)
    #expect(gateway.drain == .seconds(5))
  }

  @Test func `every setting reaches its place`() throws {
    let gateway = try gateway([
      ("journal.file", "/j/journal"), ("journal.durability", "normal"), ("journal.keepDays", "3"),
      ("journal.keepTasks", "14"), ("journal.sizeLimitBytes", "1500000"), ("journal.checkAtStart", "false"),
      ("streams.heartbeatSeconds", "6"), ("streams.retryMilliseconds", "700"), ("streams.backlogBytes", "18000"),
      ("drainSeconds", "9"), ("shutdownGraceSeconds", "10"),
    ])
    #expect(gateway.journal.file == "/j/journal")
    #expect(gateway.journal.durability == .normal)
    #expect(gateway.journal.retention == Retention(age: 3 * 86_400_000, tasks: 14))
    #expect(gateway.journal.sizeLimit == 1_500_000)
    #expect(!gateway.journal.checksIntegrity)
    #expect(gateway.streams.heartbeat == .seconds(6))
    #expect(gateway.streams.retryMilliseconds == 700)
    #expect(gateway.streams.backlog == 18_000)
    #expect([gateway.drain, gateway.shutdownGrace] == [.seconds(9), .seconds(10)])
  }

  @Test func `a journal on Redis has its server, and the files by which both know each other`() throws {
    let journal = try gateway([
      ("journal.engine", "redis"), ("journal.redis.url", "rediss://redis.example"), ("journal.redis.prefix", "p"),
      ("journal.redis.user", "u"), ("journal.redis.password", "/p"), ("journal.redis.authority", "/a"),
      ("journal.redis.certificate", "/c"), ("journal.redis.key", "/k"),
    ]).journal
    #expect(journal.redis?.server.description == "rediss://redis.example:6379")
    #expect([journal.redis?.prefix, journal.redis?.user] == ["p", "u"])
    #expect([journal.redis?.passwordFile, journal.redis?.authorityFile] == ["/p", "/a"])
    #expect([journal.redis?.certificateFile, journal.redis?.keyFile] == ["/c", "/k"])
    // What is said of it counts for nothing as long as it is not chosen.
    #expect(try gateway([("journal.redis.url", "rediss://redis.example")]).journal.redis == nil)
  }

  @Test(
    arguments: [
      ([], "journal.redis.url"), ([("journal.redis.url", "https://a")], "journal.redis.url"),
      ([("journal.redis.url", "redis://u:p@a")], "journal.redis.url"),
      ([("journal.redis.url", "rediss://a")], "journal.redis.authority"),
      ([("journal.redis.url", "redis://a"), ("journal.redis.key", "/k")], "journal.redis.certificate"),
      ([("journal.redis.url", "redis://a"), ("journal.redis.certificate", "/c")], "journal.redis.key"),
      ([("journal.redis.url", "redis://a"), ("journal.redis.user", "u")], "journal.redis.password"),
      ([("journal.redis.url", "redis://a"), ("journal.redis.prefix", "{p}")], "journal.redis.prefix"),
    ] as [([(String, String)], String)])
  func `what a journal on Redis lacks is named`(_ flags: [(String, String)], _ key: String) {
    let problems = read([("journal.engine", "redis")] + flags).problems
    #expect(problems.count == 1 && problems[0].hasPrefix(key + " "), "\(problems)")
  }

  @Test func `a stream that events are taken from has its server, and a name to publish in`() throws {
    let settings = [
      ("ingest.redis.url", "rediss://redis.example:1"), ("ingest.redis.principal", "engine"),
      ("ingest.redis.stream", "s"), ("ingest.redis.group", "g"), ("ingest.redis.user", "u"),
      ("ingest.redis.password", "/p"), ("ingest.redis.authority", "/a"), ("ingest.redis.certificate", "/c"),
      ("ingest.redis.key", "/k"),
    ]
    let ingest = try #require(try gateway(settings).streamIngest)
    #expect(ingest.redis.server.description == "rediss://redis.example:1")
    #expect([ingest.principal, ingest.stream, ingest.group, ingest.redis.user] == ["engine", "s", "g", "u"])
    #expect([ingest.redis.passwordFile, ingest.redis.authorityFile] == ["/p", "/a"])
    #expect([ingest.redis.certificateFile, ingest.redis.keyFile] == ["/c", "/k"])
    let plain = try #require(try gateway(Array(settings.prefix(2)) + [settings[6]]).streamIngest)
    #expect([plain.stream, plain.group] == ["signalbox:events", "signalbox"])
    #expect(try gateway([]).streamIngest == nil)
  }

  @Test(
    arguments: [
      ([("ingest.redis.url", "redis://a")], "ingest.redis.principal"),
      ([("ingest.redis.url", "redis://a"), ("ingest.redis.principal", "a b")], "ingest.redis.principal"),
      ([("ingest.redis.principal", "p")], "ingest.redis.url"),
      ([("ingest.redis.url", "http://a"), ("ingest.redis.principal", "p")], "ingest.redis.url"),
      ([("ingest.redis.url", "rediss://a"), ("ingest.redis.principal", "p")], "ingest.redis.authority"),
    ] as [([(String, String)], String)])
  func `what a stream lacks is named`(_ flags: [(String, String)], _ key: String) {
    let problems = read(flags).problems
    #expect(problems.count == 1 && problems[0].hasPrefix(key + " "), "\(problems)")
  }

  @Test func `nought keeps everything`() throws {
    let journal = try gateway([("journal.keepDays", "0"), ("journal.keepTasks", "0")]).journal
    #expect(journal.retention == Retention(age: nil, tasks: nil))
  }

  @Test func `a limit that is full at once is a mistake`() {
    #expect(
      read([("journal.sizeLimitBytes", "4096")]).problems == [
        "journal.sizeLimitBytes is 4096 (flag --set). So little is full at once. Allow 1048576 or more, or 0 for as much "
          + "as the disk has."
      ])
    #expect(read([("journal.sizeLimitBytes", "1048576")]).problems.isEmpty)
    #expect(read([("journal.durability", "off")]).problems.map { $0.hasSuffix("one of full, normal.") } == [true])
  }

  @Test func `where the journal is to be, there must be a folder in which this user may write`() throws {
    let scratch = try Scratch()
    let file = try scratch.write("file", "")
    func reasons(_ path: String) -> [String] {
      ConfigurationFiles.problems(in: read([("journal.file", path)]).settings).filter { $0.key == "journal.file" }
        .map(\.message)
    }
    #expect(reasons("\(scratch.path)/new.sqlite").isEmpty)
    #expect(reasons(file).isEmpty)
    #expect(reasons(scratch.path).first?.hasSuffix("\(scratch.path) is a folder, and a file is needed.") == true)
    #expect(
      reasons("\(scratch.path)/no/new.sqlite").first?.hasSuffix(
        "The folder \(scratch.path)/no does not exist. Make it, or name a file elsewhere.") == true)
  }
}
