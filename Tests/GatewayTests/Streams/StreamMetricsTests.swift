import Gateway
import TestSupport
import Testing

/// What streams tell operators.
@Suite struct StreamMetricsTests {
  @Test func `streams, records, bytes and resumes are counted`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      #expect(try await stand.metric("signalbox_streams_open") == 0)
      let one = try await stand.watch("/t1")
      let other = try await stand.watch("/t1")
      for reader in [one, other] { #expect(await reader.read(records: 1)) }
      try await stand.say("t1", 4)
      for reader in [one, other] { #expect(await reader.read(records: 5)) }
      #expect(try await stand.metric("signalbox_streams_open") == 2)
      #expect(try await stand.metric("signalbox_stream_events_total") == 10)
      #expect(try #require(try await stand.metric("signalbox_stream_bytes_total")) > 1000)
      #expect(try await stand.metric(#"signalbox_stream_resumes_total{status="continued"}"#) == 2)
      #expect(try await stand.metric("signalbox_hub_queue_batches") == 0)
      try await stand.say("t1", final: true)
      for reader in [one, other] { #expect(await reader.finish() == "finished") }
      #expect(try await stand.ask("/t1", ["Last-Event-ID: \(one.checker.lastID)"]).status == 204)
      #expect(try await stand.metric(#"signalbox_stream_resumes_total{status="finished"}"#) == 1)
      let isOver = try await eventually { try await stand.metric("signalbox_streams_open") == 0 }
      #expect(isOver)
    }
  }
}

extension RecordStand {
  /// A sample of `/metrics`.
  func metric(_ name: String) async throws -> Double? {
    let answer = try await gateway.ask(
      "GET", "/metrics", door: .admin, showing: try CertificateFiles.certificates()[.goodOperator])
    let line = answer?.text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
    return (line?.split(separator: " ").last).flatMap { Double($0) }
  }
}
