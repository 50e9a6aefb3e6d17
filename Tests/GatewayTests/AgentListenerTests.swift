import TestSupport
import Testing

@Suite struct AgentListenerTests {
  @Test func `an agent gets in by its certificate`() async throws {
    try await TestGateway.run { gateway in
      let answer = try await gateway.client(.agents, as: .good) { try $0.get("/healthz") }
      #expect(answer?.status == 200)
    }
  }

  @Test(arguments: [nil, .goodOperator, .revoked, .wrongCA, .noSAN] as [TestCertificates.Client?])
  func `nobody else gets in`(client: TestCertificates.Client?) async throws {
    try await TestGateway.run { gateway async throws in
      let answer = try? await gateway.client(.agents, as: client) { try $0.get("/healthz") }
      #expect(answer == nil)
      #expect(try await gateway.get("/healthz")?.status == 200)
    }
  }
}
