import HTTP
import TestSupport
import Testing

@Suite struct ProbeTests {
  @Test(arguments: [("/healthz", "ok\n"), ("/readyz", "ready\n")])
  func `the probes answer`(path: String, text: String) async throws {
    try await TestGateway.run { gateway in
      let answer = try await gateway.get(path)
      #expect(answer?.status == 200)
      #expect(answer?.text == text)
    }
  }

  @Test func `the probes are on every listener`() async throws {
    try await TestGateway.run { gateway async throws in
      #expect(try await gateway.client(.agents, as: .good) { try $0.get("/readyz") }?.status == 200)
      #expect(
        try await gateway.client(.admin, as: .goodOperator) { try $0.get("/healthz") }?.status
          == 200)
    }
  }
}
