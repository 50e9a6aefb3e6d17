import Journal
import Telemetry
import TestSupport
import Wire

/// A Redis of its own, and journals on it.
struct RedisStage: Sendable {
  let server: RedisProcess
  let log = KeptLog()

  init(_ arguments: [String] = RedisProcess.careful) async throws {
    server = try RedisProcess(arguments)
    try await server.start()
  }

  func open(_ change: (inout RedisJournalOptions) -> Void = { _ in }) async throws(JournalError) -> RedisJournal {
    var options = RedisJournalOptions.test(server)
    change(&options)
    return try await RedisJournal.open(options, log: log.log, metrics: MetricsRegistry())
  }

  /// Cuts the journals' connections.
  func cut() async throws {
    try await server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
  }

  /// The server takes what is sent, and does none of it, for so long from now on.
  func pause(_ milliseconds: Int) async throws {
    try await server.command("CLIENT", "PAUSE", "\(milliseconds)", "ALL")
  }

  func end() async {
    await server.kill()
  }
}

extension RedisStage {
  /// What a user of the server's access list needs, and no more: the line of docs/journal.md, for the prefix of tests.
  static let rights = [
    "~{test}:*", "resetchannels", "-@all", "+@read", "+@write", "+evalsha", "+script|load", "+info", "+client|setname",
  ]
}

extension TemporaryFolder {
  /// What a client shows of the test's certificates that lie here.
  func clientTLS(_ client: String?) throws -> ClientTLS {
    ClientTLS(
      trust: try ServerTrust.load(authorityFile: path("server-ca.pem")),
      identity: try client.map {
        try TLSIdentity.load(chainFile: path("client-\($0).pem"), keyFile: path("client-\($0).key"))
      })
  }
}
