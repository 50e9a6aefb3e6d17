import Identity
package import Journal
import Telemetry
import Wire

/// The Redis server that keeps the journal for several gateways, and the files by which it and we know each other.
package struct RedisConfiguration: Sendable {
  package var server: RedisServer
  package var prefix = "signalbox"
  package var user: String?
  package var passwordFile: String?
  /// The authorities that may vouch for the server's certificate.
  package var authorityFile: String?
  package var certificateFile: String?
  package var keyFile: String?

  package init(server: RedisServer) {
    self.server = server
  }

  /// Reads the files. Blocks; throws with the one that is wrong.
  func options(
    clock: @escaping @Sendable () -> Int64, newEpoch: @escaping @Sendable () -> String
  ) throws -> RedisJournalOptions {
    var options = RedisJournalOptions(server: server, clock: clock, newEpoch: newEpoch)
    options.prefix = prefix
    options.user = user
    if let passwordFile {
      options.password = Secret(bytes: try SecretFile.read(passwordFile, attempt: "read the password of Redis"))
    }
    guard server.isEncrypted, let authorityFile else { return options }
    var identity: TLSIdentity?
    if let certificateFile, let keyFile {
      identity = try TLSIdentity.load(chainFile: certificateFile, keyFile: keyFile)
    }
    options.tls = ClientTLS(trust: try ServerTrust.load(authorityFile: authorityFile), identity: identity)
    return options
  }
}
