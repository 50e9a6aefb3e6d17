import Gateway
import HTTP
import TestSupport
import Testing
import Wire

/// What conformance suites are pointed at: off unless asked for.
@Suite struct DiagnosticsTests {
  private func echo(_ gateway: TestGateway, _ body: [UInt8], saying length: Int? = nil) async throws -> Answer? {
    try await gateway.client(.people) { client in
      try client.send(
        "POST /diagnostics/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: x/y\r\n"
          + "Content-Length: \(length ?? body.count)\r\n\r\n")
      try client.send(body)
      return client.answer()
    }
  }

  @Test func `nothing is echoed unless it was asked for`() async throws {
    try await TestGateway.run { gateway async throws in
      #expect(try await echo(gateway, [])?.status == 404)
    }
  }

  @Test func `what is sent comes back up to sixteen megabytes`() async throws {
    try await TestGateway.run {
      $0.diagnostics = true
    } _: { gateway in
      let small = try await echo(gateway, Array("hello".utf8))
      #expect(small?.text == "hello")
      #expect(small?.fields["content-type"] == "x/y")
      var random = SeededRandom(seed: 16)
      let block = random.bytes(1 << 16)
      let whole = Array(repeatElement(block, count: 256).joined())
      #expect(try await echo(gateway, whole)?.body == whole)
      #expect(try await echo(gateway, [], saying: (16 << 20) + 1)?.status == 413)
    }
  }

  @Test func `an address that others reach has no echo`() async throws {
    try await TestGateway.run {
      $0.diagnostics = true
      $0.publicListener.address = try SocketAddress(host: "0.0.0.0", port: 0)
    } _: { gateway async throws in
      #expect(try await echo(gateway, [])?.status == 404)
    }
  }
}
