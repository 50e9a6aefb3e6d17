import Foundation
import Identity
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Keys from files.
struct LocalKeysTests {
  private let folder: TemporaryFolder
  private let log = KeptLines()
  private let now = UnixTime(seconds: 1_800_000_000)

  init() throws {
    folder = try TemporaryFolder()
  }

  private func make(_ keys: IdentityConfiguration.Keys, secretFile: String? = nil) async throws -> any KeySource {
    let source = IdentityConfiguration.TokenSource(rules: KeyIssuer.rules, keys: keys, secretFile: secretFile)
    return try await TokenKeys.make(source, clock: .system, log: Log(sink: log, clock: { 0 })) {
      Issue.record("Files need no loop.")
      return try await Loop.start(name: "none")
    }
  }

  @Test func `keys are read at the start and at each reload, and a bad file changes nothing`() async throws {
    let (old, new) = (try TokenSigner.generate(.es256), try TokenSigner.generate(.edDSA))
    let file = try folder.write(old.keySetText, to: "keys.json")
    let keys = try await make(.file(file))
    let (oldToken, newToken) = (try old.token(), try new.token())
    _ = try await keys.verify(oldToken, now: now)
    await #expect(throws: TokenFault.unknownKey) { try await keys.verify(newToken, now: now) }

    try Data("{}".utf8).write(to: URL(filePath: file))
    await #expect(throws: KeySetError.self) { try await keys.reload() }
    _ = try await keys.verify(oldToken, now: now)
    try FileManager.default.removeItem(atPath: file)
    await #expect(throws: WireError.self) { try await keys.reload() }
    _ = try await keys.verify(oldToken, now: now)

    try Data(new.keySetText.utf8).write(to: URL(filePath: file))
    try await keys.reload()
    _ = try await keys.verify(newToken, now: now)
    await #expect(throws: TokenFault.unknownKey) { try await keys.verify(oldToken, now: now) }
    await keys.close()
  }

  @Test func `keys that are left out are told`() async throws {
    let text = try KeyIssuer.keySet([TokenSigner.generate(.es256)]).dropLast(2) + #",{"kty":"oct","k":"S3CR3T"}]}"#
    _ = try await make(.file(try folder.write(String(text), to: "keys.json")))
    let line = try #require(log.all.first { $0.contains("issuer keys read") })
    #expect(line.contains("key 2 is of a kind (kty) that is not used here") && !line.contains("S3CR3T"))
  }

  @Test func `a file that cannot be used stops the start`() async throws {
    await #expect(throws: WireError.self) { try await make(.file(folder.path("none.json"))) }
    let big = try folder.write(String(repeating: " ", count: 65_537), to: "big.json")
    await #expect(throws: WireError.self) { try await make(.file(big)) }
    let empty = try folder.write(#"{"keys":[]}"#, to: "empty.json")
    await #expect(throws: KeySetError.self) { try await make(.file(empty)) }
    let open = try folder.write(String(repeating: "s", count: 40), to: "open", mode: 0o644)
    await #expect(throws: FileError.self) { try await make(.none, secretFile: open) }
    await #expect(throws: KeySetError.self) { try await make(.none) }
  }

  @Test func `a secret alone will do`() async throws {
    let keys = try await make(
      .none, secretFile: try folder.write(String(repeating: "s", count: 40), to: "secret", mode: 0o600))
    await #expect(throws: TokenFault.unknownKey) {
      try await keys.verify(try TokenSigner.generate(.es256).token(), now: now)
    }
  }
}
