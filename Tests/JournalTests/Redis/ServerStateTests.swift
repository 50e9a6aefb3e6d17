import Journal
import Telemetry
import TestSupport
import Testing

/// Servers that are full, slow, unfit or not there.
@Suite struct ServerStateTests {
  @Test func `a full memory refuses, and is told apart; reading and removing go on, and with room it stores again`()
    async throws
  {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    try await journal.store(.opening("a"))
    try await journal.store(.end("a"))
    try await stage.server.command("CONFIG", "SET", "maxmemory", "1mb")
    let error = await #expect(throws: JournalError.self) { try await journal.append(.opening("b")) }
    #expect(error?.code == .full)
    #expect(error?.doubt == nil)
    #expect(try await journal.all(of: "a").count == 2)
    #expect(try await journal.bounds() == Bounds(tail: 2, trimmed: 0))
    #expect(try await journal.trim(Retention(tasks: 0), now: 0) == Trimmed(tasks: 1, records: 2))
    try await stage.server.command("CONFIG", "SET", "maxmemory", "0")
    #expect(try await journal.store(.opening("b")).map(\.offset) == [3])
    await journal.close()
    await stage.end()
  }

  @Test func `a slow server is waited for, and one that says nothing is left for another connection`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open { $0.silence = .milliseconds(600) }
    try await journal.store(.opening("a"))
    try await stage.pause(300)
    try await journal.store(.events("a", ["waited"]))
    #expect(!stage.log.lines.contains { $0.contains("does not answer") })
    try await stage.pause(1500)
    try await journal.store(.events("a", ["waited longer"]))
    #expect(stage.log.lines.contains { $0.contains("does not answer") })
    #expect(try await journal.all(of: "a").map(\.text) == ["opened", "waited", "waited longer"])
    await journal.close()
    await stage.end()
  }

  @Test func `a server that goes and comes back is used again, and meanwhile calls are told to try again`() async throws
  {
    let stage = try await RedisStage()
    let journal = try await stage.open { $0.patience = .milliseconds(300) }
    try await journal.store(.opening("a"))
    await stage.server.kill()
    let error = await #expect(throws: JournalError.self) { try await journal.task("a") }
    #expect(error?.code == .unreachable)
    #expect(error?.description.contains("127.0.0.1:\(stage.server.port)") == true)
    try await stage.server.start()
    #expect(await eventually { (try? await journal.task("a")) != nil })
    try await journal.store(.events("a", ["x"]))
    await journal.close()
    await stage.end()
  }

  struct Unfit: Sendable {
    let name: String
    var setting: [String] = []
    var change: @Sendable (inout RedisJournalOptions) -> Void = { _ in }
    let code: JournalError.Code
    let says: String

    static let all = [
      Unfit(
        name: "it throws keys away", setting: ["CONFIG", "SET", "maxmemory-policy", "allkeys-lru"], code: .unreadable,
        says: "Set maxmemory-policy to noeviction"),
      Unfit(
        name: "no password", setting: ["CONFIG", "SET", "requirepass", "secret"], code: .unreadable,
        says: "does not let us in"),
      Unfit(
        name: "wrong password", setting: ["CONFIG", "SET", "requirepass", "secret"],
        change: { $0.password = Secret("another") }, code: .unreadable,
        says: "is disabled. Check journal.redis.user and journal.redis.password."),
      Unfit(
        name: "a password where there is none", setting: ["PING"], change: { $0.password = Secret("another") },
        code: .unreadable, says: "does not let us in: ERR AUTH"),
      Unfit(
        name: "another program's keys", setting: ["SET", "{test}:journal", "x"], code: .corrupt,
        says: "Choose another journal.redis.prefix"),
      Unfit(
        name: "a later version", setting: ["HSET", "{test}:journal", "epoch", "e", "version", "2"], code: .tooNew,
        says: "later version"),
      Unfit(
        name: "a user without rights",
        setting: ["ACL", "SETUSER", "weak", "on", ">secret", "~*", "+@read", "+info"],
        change: {
          $0.user = "weak"
          $0.password = Secret("secret")
        }, code: .unreadable, says: "docs/journal.md has the line"),
    ]
  }

  @Test(arguments: Unfit.all.indices)
  func `a server that is not fit is refused with a sentence`(_ index: Int) async throws {
    let unfit = Unfit.all[index]
    let stage = try await RedisStage(RedisProcess.forgetful)
    try await stage.server.command(unfit.setting)
    let error = await #expect(throws: JournalError.self, "\(unfit.name)") {
      try await stage.open { unfit.change(&$0) }
    }
    #expect(error?.code == unfit.code, "\(unfit.name)")
    #expect(error?.description.contains(unfit.says) == true, "\(unfit.name): \(error?.description ?? "")")
    #expect(error?.description.contains("127.0.0.1:\(stage.server.port)") == true, "\(unfit.name)")
    await stage.end()
  }

  @Test func `a server that is not there, or is no Redis, is waited for and then named`() async throws {
    let port = try FreePort.find()
    var options = RedisJournalOptions(
      server: RedisServer(host: "127.0.0.1", port: port, isEncrypted: false), clock: { 0 }, newEpoch: { "e" })
    options.patience = .milliseconds(200)
    var error: JournalError?
    do throws(JournalError) {
      _ = try await RedisJournal.open(options, log: KeptLog().log, metrics: MetricsRegistry())
    } catch let refusal {
      error = refusal
    }
    #expect(error?.code == .unreachable)
    #expect(error?.description.contains("127.0.0.1:\(port)") == true)
  }

  @Test(arguments: [
    (["--appendonly", "yes", "--appendfsync", "always"], Durability.full),
    (["--appendonly", "yes", "--appendfsync", "everysec"], .normal),
    (["--appendonly", "no", "--save", ""], .volatile),
  ])
  func `what outlives the server's end is said as it is`(_ arguments: [String], _ durability: Durability) async throws {
    let stage = try await RedisStage(arguments)
    let journal = try await stage.open()
    #expect(journal.durability == durability)
    #expect(stage.log.lines.contains { $0.contains("Set appendonly to yes") } == (durability == .volatile))
    await journal.close()
    await stage.end()
  }

  @Test func `with TLS, a client certificate and a user of its own; what CONFIG does not tell is unknown`() async throws
  {
    let certificates = try TestCertificates.shared()
    let folder = try TemporaryFolder()
    _ = try certificates.write(to: folder)
    let port = try FreePort.find()
    let stage = try await RedisStage(
      RedisProcess.careful + [
        "--tls-port", "\(port)", "--tls-cert-file", folder.path("server-local.pem"), "--tls-key-file",
        folder.path("server-local.key"), "--tls-ca-cert-file", folder.path("client-ca.pem"), "--tls-auth-clients",
        "yes",
      ])
    try await stage.server.command(["ACL", "SETUSER", "box", "on", ">secret"] + RedisStage.rights)
    func options(_ options: inout RedisJournalOptions, _ client: String?) throws {
      options.server = RedisServer(host: "127.0.0.1", port: port, isEncrypted: true)
      options.user = "box"
      options.password = Secret("secret")
      options.tls = try folder.clientTLS(client)
    }
    var error: JournalError?
    do throws(JournalError) {
      _ = try await stage.open {
        try? options(&$0, nil)
        $0.patience = .milliseconds(200)
      }
    } catch let refusal {
      error = refusal
    }
    #expect(error?.description.contains("refused our certificate") == true, "\(error?.description ?? "it was let in")")
    let journal = try await stage.open { try? options(&$0, "good") }
    #expect(journal.durability == .unknown)
    let heard = Heard()
    let following = try await journal.follow { heard.add($0) }
    try await journal.store(.opening("a").remembering(Memo("m", text: "1")))
    try await journal.store(.end("a"))
    #expect(try await journal.all(of: "a").count == 2)
    #expect(await eventually { heard.records.count == 2 })
    #expect(try await journal.trim(Retention(tasks: 0), now: 0) == Trimmed(tasks: 1, records: 2))
    withExtendedLifetime(following) {}
    await journal.close()
    await stage.end()
  }

  @Test(
    arguments: [
      ("redis://localhost", "redis://localhost:6379"), ("rediss://r.example:7000/", "rediss://r.example:7000"),
      ("redis://[::1]:1", "redis://[::1]:1"), ("http://a", nil), ("redis://", nil), ("redis://u:p@a", nil),
      ("redis://a:0", nil), ("redis://a:x", nil), ("redis://a/1", nil), ("redis://a?b", nil), ("rediss://[::1", nil),
    ] as [(String, String?)])
  func `an address is a URL with host and port alone`(_ text: String, _ expected: String?) {
    #expect(RedisServer(text)?.description == expected)
  }
}
