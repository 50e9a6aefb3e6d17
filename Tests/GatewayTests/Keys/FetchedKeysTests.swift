import Foundation
import Identity
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Keys behind a URL, over real sockets.
@Suite(.timeLimit(.minutes(5)))
struct FetchedKeysTests {
  private static let unknownKey = TokenFault.unknownKey.description
  private static let unavailable = TokenFault.keysUnavailable.description
  private static let outage = "issuer keys cannot be fetched"
  private static let recovery = "issuer keys can be fetched again"

  @Test func `keys are fetched at the start, once for all who come meanwhile`() async throws {
    let signer = try TokenSigner.generate(.es256)
    let gate = Gate()
    try await KeyIssuer.run(.held(gate, signer)) { issuer, keys, _ in
      let token = try signer.token()
      #expect(await eventually { gate.arrived == 1 })
      await withTaskGroup { group in
        for _ in 0..<20 { group.addTask { await issuer.judge(token, keys) } }
        gate.open()
        for await outcome in group { #expect(outcome == "alex") }
      }
      #expect(issuer.fetches == 1)
      #expect(issuer.lines("issuer keys fetched") == 1)
    }
  }

  @Test func `a new key is fetched once, when a token names it, and the old one is gone`() async throws {
    let (old, new) = (try TokenSigner.generate(.es256), try TokenSigner.generate(.edDSA))
    try await KeyIssuer.run(.keys([old])) { issuer, keys, _ in
      #expect(await issuer.judge(old, keys) == "alex")
      issuer.answer = .keys([new])
      // Just fetched: an issuer that changes its keys more often than that makes its tokens wait.
      #expect(await issuer.judge(new, keys) == Self.unknownKey)
      issuer.pass(31)
      let token = try new.token()
      await withTaskGroup { group in
        for _ in 0..<20 { group.addTask { await issuer.judge(token, keys) } }
        for await outcome in group { #expect(outcome == "alex") }
      }
      #expect(issuer.fetches == 2)
      #expect(await issuer.judge(old, keys) == Self.unknownKey)
      #expect(issuer.fetches == 2)
    }
  }

  @Test func `a token without a key's name may need newer keys as well`() async throws {
    let (old, new) = (try TokenSigner.generate(.es256), try TokenSigner.generate(.es256))
    try await KeyIssuer.run(.keys([old])) { issuer, keys, _ in
      #expect(await issuer.judge(old, keys) == "alex")
      let key = try KeyIssuer.keySet([new]).replacing("\"kid\"", with: "\"was-kid\"")
      issuer.answer = .text(key)
      issuer.pass(31)
      #expect(await issuer.judge(new, keys) == Self.unknownKey)
      #expect(issuer.fetches == 2)
    }
  }

  @Test func `a flood of unknown keys is one fetch, and then none for 30 seconds`() async throws {
    let signer = try TokenSigner.generate(.es256)
    let strangers = try (0..<50).map { _ in try TokenSigner.generate(.edDSA).token() }
    try await KeyIssuer.run(.keys([signer])) { issuer, keys, _ in
      #expect(await issuer.judge(signer, keys) == "alex")
      for round in 1...3 {
        issuer.pass(31)
        await withTaskGroup { group in
          for token in strangers { group.addTask { await issuer.judge(token, keys) } }
          for await outcome in group { #expect(outcome == Self.unknownKey) }
        }
        #expect(issuer.fetches == 1 + round)
      }
      #expect(await issuer.judge(signer, keys) == "alex")
    }
  }

  @Test func `what is wrong with a token for other reasons fetches nothing`() async throws {
    let signer = try TokenSigner.generate(.es256)
    try await KeyIssuer.run(.keys([signer])) { issuer, keys, _ in
      let good = try signer.token()
      #expect(await issuer.judge(good, keys) == "alex")
      issuer.pass(31)
      for token in ["", "a.b.c", good + "x", String(good.dropLast(4)) + "AAAA"] {
        #expect(await issuer.judge(token, keys) != "alex")
      }
      #expect(issuer.fetches == 1)
    }
  }

  @Test func `in an outage the last good keys stay good, and the log says so once`() async throws {
    let signer = try TokenSigner.generate(.es256)
    try await KeyIssuer.run(.keys([signer])) { issuer, keys, _ in
      let token = try signer.token()
      #expect(await issuer.judge(token, keys) == "alex")
      issuer.answer = .status(503)
      for _ in 0..<5 {
        let before = issuer.fetches
        // A fetch that is still under way takes the place of the next one.
        let isFetched = await eventually {
          issuer.pass(400)
          #expect(await issuer.judge(token, keys) == "alex")
          return issuer.fetches > before
        }
        #expect(isFetched)
      }
      #expect(await eventually { issuer.lines(Self.outage) == 1 })
      #expect(issuer.lines(Self.outage) == 1)
      let line = try #require(issuer.log.all.first { $0.contains(Self.outage) })
      #expect(line.contains("answered 503 and not 200") && line.contains("\"keysFrom\":\"2027-01-15T08:00:00Z\""))
      #expect(!issuer.log.all.contains { $0.contains("S3CR3T") })

      issuer.answer = .keys([signer])
      let isBack = await eventually {
        issuer.pass(400)
        #expect(await issuer.judge(token, keys) == "alex")
        return issuer.lines(Self.recovery) == 1
      }
      #expect(isBack && issuer.lines(Self.outage) == 1)
    }
  }

  @Test func `an issuer that is gone takes no key with it`() async throws {
    let (signer, stranger) = (try TokenSigner.generate(.rs256), try TokenSigner.generate(.es256))
    try await KeyIssuer.run(.keys([signer])) { issuer, keys, stop in
      #expect(await issuer.judge(signer, keys) == "alex")
      await stop()
      issuer.pass(1000)
      #expect(await issuer.judge(signer, keys) == "alex")
      #expect(await eventually { issuer.lines(Self.outage) == 1 })
      #expect(await issuer.judge(stranger, keys) == Self.unknownKey)
    }
  }

  @Test func `without any keys a token is not at fault, unless it is`() async throws {
    let signer = try TokenSigner.generate(.es256)
    try await KeyIssuer.run(.status(500)) { issuer, keys, _ in
      #expect(await issuer.judge(signer, keys) == Self.unavailable)
      #expect(await issuer.judge("nonsense", keys).hasPrefix("The token does not have the three parts"))
      #expect(issuer.fetches == 1)
      #expect(issuer.log.all.contains { $0.contains("\"keysFrom\":\"never\"") })
      issuer.answer = .keys([signer])
      #expect(await issuer.judge(signer, keys) == Self.unavailable)
      issuer.pass(31)
      #expect(await issuer.judge(signer, keys) == "alex")
      #expect(issuer.lines(Self.recovery) == 1)
    }
  }

  @Test(arguments: [
    ("", "is no JWK set"), ("<html>", "is no JWK set"), (#"{"keys":[]}"#, "has no key that can be used"),
    (#"{"keys":[{"kty":"EC","d":"AQAB"}]}"#, "gives away the private half"),
    (String(repeating: " ", count: 65_537), "more than the 65536 bytes"),
  ])
  func `an answer that is no key set is an outage`(text: String, why: String) async throws {
    let signer = try TokenSigner.generate(.es256)
    try await KeyIssuer.run(.text(text)) { issuer, keys, _ in
      #expect(await issuer.judge(signer, keys) == Self.unavailable)
      #expect(issuer.log.all.contains { $0.contains(Self.outage) && $0.contains(why) }, "\(issuer.log.all)")
    }
  }

  @Test func `a redirection is not followed`() async throws {
    let signer = try TokenSigner.generate(.es256)
    try await KeyIssuer.run(.redirect(signer)) { issuer, keys, _ in
      #expect(await issuer.judge(signer, keys) == Self.unavailable)
      #expect(issuer.log.all.contains { $0.contains("answered 307 and not 200. Redirections are not followed") })
    }
  }

  @Test(arguments: [(TestCertificates.Server.otherName, true), (.local, false)])
  func `a server whose certificate is not good is not believed`(
    shown: TestCertificates.Server, isTrusted: Bool
  ) async throws {
    let signer = try TokenSigner.generate(.es256)
    try await KeyIssuer.run(
      .keys([signer]), server: shown, authority: { isTrusted ? $0.serverAuthority : $0.clientAuthority }
    ) { issuer, keys, _ in
      #expect(await issuer.judge(signer, keys) == Self.unavailable)
      #expect(issuer.fetches == 0)
      #expect(issuer.log.all.contains { $0.contains(Self.outage) && $0.contains("is not good") })
    }
  }

  @Test func `reload reads the authorities again and fetches at once`() async throws {
    let (old, new) = (try TokenSigner.generate(.es256), try TokenSigner.generate(.es256))
    try await KeyIssuer.run(.keys([old])) { issuer, keys, _ in
      #expect(await issuer.judge(old, keys) == "alex")
      let file = URL(filePath: issuer.files.serverAuthority)
      let good = try Data(contentsOf: file)

      try Data("no certificate".utf8).write(to: file)
      await #expect(throws: WireError.self) { try await keys.reload() }
      #expect(await issuer.judge(old, keys) == "alex")
      #expect(issuer.fetches == 1)

      // Another authority: the issuer is not believed any more, the keys stay.
      try Data(try CertificateFiles.certificates().clientAuthority.certificatePEM.utf8).write(to: file)
      try await keys.reload()
      #expect(await eventually { issuer.lines(Self.outage) == 1 })
      #expect(await issuer.judge(old, keys) == "alex")

      try good.write(to: file)
      issuer.answer = .keys([new])
      try await keys.reload()
      #expect(await eventually { issuer.lines(Self.recovery) == 1 })
      #expect(await issuer.judge(new, keys) == "alex")
      #expect(issuer.fetches == 2)
    }
  }

  @Test func `a secret of one's own does not need the issuer`() async throws {
    let stranger = try TokenSigner.generate(.es256)
    try await KeyIssuer.run(.status(500), secret: String(repeating: "7", count: 32)) { issuer, keys, _ in
      // HS256 with that secret, made with another program.
      let token = """
        eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiYXVkIjoiYm94Iiwic3ViIjoiYWxleCIsImV4\
        cCI6MTkwMDAwMDAwMH0.RALxvBBTrjrdpuc0WmaZZNmMsjgx33qd_YG1Jc8dYX4
        """
      #expect(await issuer.judge(token, keys) == "alex")
      #expect(await issuer.judge(stranger, keys) == Self.unavailable)
    }
  }

  @Test func `closing gives up a fetch under way`() async throws {
    let signer = try TokenSigner.generate(.es256)
    let gate = Gate()
    try await KeyIssuer.run(.held(gate, signer)) { issuer, keys, _ in
      #expect(await eventually { gate.arrived == 1 })
      async let outcome = issuer.judge(signer, keys)
      await keys.close()
      #expect(await outcome == Self.unavailable)
      #expect(issuer.lines(Self.outage) == 0)
      gate.open()
    }
  }

  @Test(arguments: [
    ("http://localhost/keys", "not encrypted"), ("wss://localhost/keys", "https://"), ("keys.json", "scheme"),
    ("https://user@localhost/keys", "user name"),
  ])
  func `only an https URL is taken`(url: String, word: String) async throws {
    let files = try CertificateFiles.written()
    let loop = try await Loop.start(name: "keys")
    let source = IdentityConfiguration.TokenSource(
      rules: KeyIssuer.rules, keys: .url(url, authorityFile: files.serverAuthority, refreshSeconds: 300))
    let log = KeptLines()
    let error = await #expect(throws: KeySetError.self) {
      try await TokenKeys.make(source, clock: .system, log: Log(sink: log, clock: { 0 })) { loop }
    }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
    await loop.stop()
  }
}
