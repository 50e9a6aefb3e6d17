package import Telemetry
package import Wire

/// Where a journal on Redis is, and how it is spoken to.
package struct RedisJournalOptions: Sendable {
  package var server: RedisServer
  /// What the server must show, and what is shown to it. Needed where the connection is encrypted.
  package var tls: ClientTLS?
  /// The user of the server's access list; nil is the default one.
  package var user: String?
  package var password: Secret?
  /// What all keys of the journal begin with, in braces.
  package var prefix = "signalbox"
  /// How long a call waits for a server that is away before it is told so. Default 5 s, which is less than clients wait.
  package var patience: Duration = .seconds(5)
  /// How long the server may owe an answer without a byte of it before the connection is given up. Default 4 s.
  package var silence: Duration = .seconds(4)
  /// Milliseconds since 1970.
  package var clock: @Sendable () -> Int64
  package var newEpoch: @Sendable () -> String
  /// What the settings begin with that say all this: sentences about what is wrong name them.
  package var settings = "journal.redis"

  package init(
    server: RedisServer, clock: @escaping @Sendable () -> Int64, newEpoch: @escaping @Sendable () -> String
  ) {
    self.server = server
    self.clock = clock
    self.newEpoch = newEpoch
  }

  var target: ByteTarget {
    ByteTarget(host: server.host, port: server.port, tls: server.isEncrypted ? tls : nil)
  }

  /// All keys have this before them. In a cluster, what is in braces decides about the place, so they are all at one.
  var keys: String { "{\(prefix)}:" }
  /// What the journal knows of itself.
  var journalKey: String { keys + "journal" }
}
