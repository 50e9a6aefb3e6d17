import Identity
import Synchronization
import Telemetry
import Wire

/// The keys of an issuer from files: a JWK set, a secret, or both.
final class LocalKeys: KeySource {
  private let verifier: TokenVerifier
  private let keyFile: String?
  private let secretFile: String?
  private let log: Log
  private let keysNow: Mutex<KeySet>

  init(rules: TokenRules, keyFile: String?, secretFile: String?, log: Log) async throws {
    verifier = TokenVerifier(rules: rules)
    self.keyFile = keyFile
    self.secretFile = secretFile
    self.log = log
    keysNow = Mutex(try await Self.read(keyFile, secretFile, log))
  }

  func verify(_ token: String, now: UnixTime) async throws(TokenFault) -> VerifiedToken {
    try verifier.verify(token, keys: keysNow.withLock { $0 }, now: now)
  }

  func reload() async throws {
    let keys = try await Self.read(keyFile, secretFile, log)
    keysNow.withLock { $0 = keys }
  }

  func close() async {}

  private static func read(_ keyFile: String?, _ secretFile: String?, _ log: Log) async throws -> KeySet {
    let keys = try await BlockingPool.shared.run {
      let keys = try keyFile.map {
        try KeySet(jwks: try FileContents.read($0, limit: KeySet.sizeLimit), source: $0)
      }
      return (keys ?? .empty).with(try secretFile.map { try TokenSecret.load($0) })
    }
    if let keyFile {
      log.info("issuer keys read", ["file": .string(keyFile), "leftOut": .list(keys.leftOut.map { .string($0) })])
    }
    return keys
  }
}
