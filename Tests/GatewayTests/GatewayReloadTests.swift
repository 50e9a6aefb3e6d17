import FoundationEssentials
import Gateway
import TestSupport
import Testing
import Wire

/// Certificates put in place while the gateway runs.
@Suite struct GatewayReloadTests {
  private func fingerprint(_ gateway: TestGateway) async throws -> String? {
    try await gateway.client(.people) { $0.serverFingerprint }
  }

  private func replace(_ path: String, by source: String) throws {
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: source, toPath: path)
  }

  private static func write(_ credential: TestCredential, to path: String) throws {
    try Data(credential.certificatePEM.utf8).write(to: URL(filePath: path))
  }

  private func rotate(_ files: TestCertificateFiles) throws {
    try replace(files.certificate(server: .local), by: files.certificate(server: .rotated))
    try replace(files.key(server: .local), by: files.key(server: .rotated))
  }

  @Test func `a new certificate is shown and open connections go on`() async throws {
    try await TestGateway.run { gateway in
      let before = try await fingerprint(gateway)
      let isOpen = Signal()
      let isReloaded = Signal()
      async let statuses = gateway.client(.people) { client in
        let first = try client.get("/healthz")?.status
        isOpen.send()
        #expect(isReloaded.block())
        return [first, try client.get("/healthz")?.status]
      }
      #expect(await isOpen.wait())
      try rotate(gateway.files)
      try await gateway.gateway.reload()
      isReloaded.send()
      #expect(try await statuses == [200, 200])
      let after = try await fingerprint(gateway)
      #expect(after != nil)
      #expect(after != before)
      #expect(gateway.log.all.contains { $0.contains("certificates reloaded") })
    }
  }

  @Test func `a new authority takes effect`() async throws {
    try await TestGateway.run {
      guard case .required(var trust) = $0.agentListener?.clients else { return }
      trust.authorityFile = $0.publicListener.certificateFile + ".authority"
      trust.revocationFile = nil
      $0.agentListener?.clients = .required(trust)
      // At first the authority of the servers, which has signed no agent.
      try Self.write(try CertificateFiles.certificates().serverAuthority, to: trust.authorityFile)
    } _: { gateway async throws in
      func agent() async -> Int? {
        try? await gateway.client(.agents, as: .good) { try $0.get("/healthz") }?.status
      }
      #expect(await agent() == nil)
      let file = gateway.files.certificate(server: .local) + ".authority"
      try Self.write(try CertificateFiles.certificates().clientAuthority, to: file)
      try await gateway.gateway.reload()
      #expect(await agent() == 200)
    }
  }

  @Test(arguments: ["key", "certificate", "missing"])
  func `one bad file changes nothing and is named`(fault: String) async throws {
    try await TestGateway.run { gateway in
      let before = try await fingerprint(gateway)
      let files = gateway.files
      let bad = fault == "key" ? files.key(server: .local) : files.certificate(server: .local)
      switch fault {
      case "key": try replace(bad, by: files.key(server: .rotated))
      case "certificate": try replace(bad, by: files.key(server: .rotated))
      default: try FileManager.default.removeItem(atPath: bad)
      }
      let error = await #expect(throws: WireError.self) { try await gateway.gateway.reload() }
      #expect(error?.message.contains(bad) == true)
      #expect(try await fingerprint(gateway) == before)
      #expect(try await gateway.get("/readyz")?.status == 200)
    }
  }

  @Test func `a fault of one listener leaves the others as they were too`() async throws {
    try await TestGateway.run { gateway in
      let before = try await fingerprint(gateway)
      // The public listener's files are good and new; the list that the agents' listener needs is none.
      try rotate(gateway.files)
      try replace(gateway.files.revocationList, by: gateway.files.serverAuthority)
      let error = await #expect(throws: WireError.self) { try await gateway.gateway.reload() }
      #expect(error?.message.contains(gateway.files.revocationList) == true)
      #expect(try await fingerprint(gateway) == before)
    }
  }
}
