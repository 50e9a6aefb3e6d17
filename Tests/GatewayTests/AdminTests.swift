import HTTP
import JSON
import TestSupport
import Testing

/// What operators see, and nobody else.
@Suite struct AdminTests {
  @Test func `metrics are text that Prometheus can read`() async throws {
    try await TestGateway.run { gateway in
      _ = try await gateway.get("/healthz")
      let answer = try #require(
        try await gateway.client(.admin, as: .goodOperator) { try $0.get("/metrics") })
      #expect(answer.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(answer.text.hasSuffix("\n"))
      var types: [String: String] = [:]
      var values: [String: Double] = [:]
      for line in answer.text.split(separator: "\n") {
        if let comment = line.wholeMatch(of: /# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
          if comment.1 == "TYPE" { types[String(comment.2)] = String(comment.3) }
          continue
        }
        let sample = try #require(
          line.wholeMatch(
            of:
              /([a-zA-Z_:][a-zA-Z0-9_:]*)((?:\{[a-zA-Z_][a-zA-Z0-9_]*="[^"]*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="[^"]*")*\})?) (\S+)/
          ),
          "\(line)")
        // A sample comes after the type of its family, and once.
        let histogram = ["_bucket", "_sum", "_count"].lazy.compactMap { suffix in
          sample.1.hasSuffix(suffix) ? types[String(sample.1.dropLast(suffix.count))] : nil
        }.first
        let type = types[String(sample.1)]
        #expect(type == "counter" || type == "gauge" || histogram == "histogram", "\(line)")
        let series = String(sample.1 + sample.2)
        #expect(values[series] == nil, "\(line)")
        let value = try #require(Double(sample.3), "\(line)")
        values[series] = value
      }
      #expect(values["signalbox_connections_open"] ?? 0 >= 1)
      #expect(values[#"signalbox_http_requests_total{status="2xx"}"#] == 1)
    }
  }

  @Test(arguments: [nil, .good, .revoked, .selfSigned, .expired] as [TestCertificates.Client?])
  func `nobody else gets in`(client: TestCertificates.Client?) async throws {
    try await TestGateway.run { gateway in
      let answer = try? await gateway.client(.admin, as: client) { try $0.get("/status") }
      #expect(answer == nil)
    }
  }

  @Test(arguments: ["/status", "/metrics"]) func `other listeners do not have it`(path: String) async throws {
    try await TestGateway.run { gateway async throws in
      #expect(try await gateway.get(path)?.status == 404)
      #expect(try await gateway.client(.agents, as: .good) { try $0.get(path) }?.status == 404)
    }
  }
}
