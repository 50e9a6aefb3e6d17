import Gateway
import HTTP
import JSON
import TestSupport
import Testing
import Wire

@Suite struct AboutTests {
  @Test func `it says what is running`() async throws {
    try await TestGateway.run { gateway in
      let answer = try #require(try await gateway.get("/api/about", as: .goodOperator))
      #expect(answer.status == 200)
      #expect(answer.fields["content-type"] == "application/json")
      #expect(answer.fields["cache-control"] == "no-store")
      let about = try JSONValue(parsing: answer.body)
      #expect(
        about.members.map(\.key) == [
          "name", "version", "started", "uptimeSeconds", "tls", "listeners", "agents", "loops", "build",
        ])
      #expect(about["name"]?.string == "signalbox")
      #expect(about["version"]?.string == "1.2.3-test")
      let started = try #require(about["started"]?.string)
      #expect(started.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/) != nil, "\(started)")
      #expect((0...3600).contains(about["uptimeSeconds"]?.int ?? -1))
      #expect(about["tls"]?["version"]?.string == "TLSv1.3")
      #expect(about["tls"]?["cipher"]?.string?.hasPrefix("TLS_") == true)
      #expect(about["agents"]?.kind == .array)
      #expect(about["agents"]?.count == 0)
      #expect(about["loops"]?.int == 2)
      #expect(about["build"]?.members.map(\.key) == ["swift", "libwebsockets", "openssl", "zlib"])
      #expect(about["build"]?["openssl"]?.string?.hasPrefix("3.") == true)
    }
  }

  @Test func `it lists the listeners with their real ports`() async throws {
    try await TestGateway.run { gateway in
      let answer = try #require(try await gateway.get("/api/about", as: .goodOperator))
      let listeners = try JSONValue(parsing: answer.body)["listeners"]
      let lines = listeners?.elements.map { item in
        ["name", "url", "clientCertificates"].map { item[$0]?.string ?? "" }.joined(separator: " ")
      }
      #expect(
        lines == [
          "public https://localhost:\(gateway.addresses.publicAddress.port) optional",
          "agents https://localhost:\(gateway.addresses.agentAddress?.port ?? 0) required",
          "admin https://localhost:\(gateway.addresses.adminAddress?.port ?? 0) required",
        ])
    }
  }

  @Test func `a listener that is not opened is not listed`() async throws {
    try await TestGateway.run {
      $0.agentListener = nil
      $0.adminListener = nil
    } _: { gateway in
      #expect(gateway.addresses.agentAddress == nil)
      #expect(gateway.addresses.adminAddress == nil)
      let answer = try #require(try await gateway.get("/api/about", as: .goodOperator))
      #expect(try JSONValue(parsing: answer.body)["listeners"]?.count == 1)
    }
  }
}
