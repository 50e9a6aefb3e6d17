import FoundationEssentials
import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing

/// A policy put in place while the gateway runs.
@Suite struct PolicyReloadTests {
  private func put(_ policy: String, in gateway: TestGateway) throws {
    try Data(policy.utf8).write(to: URL(filePath: gateway.policyFile))
  }

  private func status(_ gateway: TestGateway, _ person: TestPeople, _ path: String = "/status") async throws -> Int? {
    try await gateway.ask("GET", path, door: .admin, showing: try person.certificate())?.status
  }

  private func changes(_ gateway: TestGateway) async throws -> [JSONValue] {
    let root = try CertificateFiles.certificates()[.goodOperator]
    let answer = try #require(
      try await gateway.ask("GET", "/audit?limit=1000", door: .admin, showing: root))
    let records = try JSONValue(parsing: answer.body)["records"]
    return Array(records?.elements.filter { $0["event"]?.string == "policy-change" } ?? [])
  }

  @Test func `it decides at once, for open connections and sessions too`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.olaf)
      #expect(try await status(gateway, .olaf) == 403)
      let promoted = TestPeople.policy.replacing(#""roles": ["operator"]"#, with: #""roles": ["admin"]"#)
      try put(promoted, in: gateway)
      #expect(try await status(gateway, .olaf) == 403, "A file that lies there is not in force.")
      try await gateway.gateway.reload()
      #expect(try await status(gateway, .olaf) == 200)
      try put(TestPeople.policy.replacing(#""name": "olaf""#, with: #""disabled": true, "name": "olaf""#), in: gateway)
      try await gateway.gateway.reload()
      #expect(try await status(gateway, .olaf) == 403)
      #expect(try await gateway.ask("GET", "/api/session", [session.cookie])?.status == 403)
    }
  }

  @Test(
    arguments: [
      "{", #"{"principals": []}"#, #"{"principals": [{"name": "a", "roles": ["king"], "link": true}]}"#, "missing",
    ])
  func `one that is no good is refused with the reasons, and the old one stays`(policy: String) async throws {
    try await TestGateway.run { gateway async throws in
      if policy == "missing" {
        try FileManager.default.removeItem(atPath: gateway.policyFile)
      } else {
        try put(policy, in: gateway)
      }
      let error = await #expect(throws: (any Error).self) { try await gateway.gateway.reload() }
      #expect("\(error.map { "\($0)" } ?? "")".contains(gateway.policyFile), "\(String(describing: error))")
      #expect(try await status(gateway, .ada) == 200)
      let records = try await changes(gateway)
      #expect(records.map { $0["result"]?.string } == ["failed"])
    }
  }

  @Test func `it is all or nothing with the certificates`() async throws {
    try await TestGateway.run { gateway async throws in
      let fingerprint = try await gateway.client(.people) { $0.serverFingerprint }
      // The certificate is new and good, the policy is not.
      for (from, to) in [
        (gateway.files.certificate(server: .rotated), gateway.files.certificate(server: .local)),
        (gateway.files.key(server: .rotated), gateway.files.key(server: .local)),
      ] {
        try FileManager.default.removeItem(atPath: to)
        try FileManager.default.copyItem(atPath: from, toPath: to)
      }
      try put("{", in: gateway)
      await #expect(throws: PolicyError.self) { try await gateway.gateway.reload() }
      #expect(try await gateway.client(.people) { $0.serverFingerprint } == fingerprint)
      // Now the policy is good and changed, and a certificate is none.
      try put(TestPeople.policy.replacing(#""roles": ["operator"]"#, with: #""roles": ["admin"]"#), in: gateway)
      try Data().write(to: URL(filePath: gateway.files.certificate(server: .local)))
      await #expect(throws: (any Error).self) { try await gateway.gateway.reload() }
      #expect(try await status(gateway, .olaf) == 403)
    }
  }

  @Test func `a change is on record with both digests, and a reload of the same is none`() async throws {
    try await TestGateway.run { gateway async throws in
      try await gateway.gateway.reload()
      #expect(try await changes(gateway).isEmpty)
      let changed = TestPeople.policy + "\n"
      try put(changed, in: gateway)
      try await gateway.gateway.reload()
      let record = try #require(try await changes(gateway).first)
      #expect(record["result"]?.string == "ok")
      for text in [TestPeople.policy, changed] {
        let digest = Digest.sha256(Array(text.utf8)).map { byte in
          String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        #expect(record["detail"]?.string?.contains(digest) == true)
      }
    }
  }

  @Test func `a start without a good policy is refused and names the file`() async throws {
    await #expect(throws: PolicyError.self) {
      try await TestGateway.run {
        try Data("{}".utf8).write(to: URL(filePath: $0.identity.policyFile ?? ""))
      } _: { _ in
      }
    }
  }
}
