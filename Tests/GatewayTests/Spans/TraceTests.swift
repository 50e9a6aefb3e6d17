import A2A
import HTTP
import JSON
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A trace goes through the gateway, and comes out as spans.
@Suite(.timeLimit(.minutes(2)))
struct TraceTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let caller = "00f067aa0ba902b7"

  private static func run(_ body: (TestGateway, SpanCollector) async throws -> Void) async throws {
    try await SpanCollector.run { collector, work in
      try await FrontStand.run {
        $0.work.spansURL = work.spansURL
        $0.work.spansAuthorityFile = work.spansAuthorityFile
      } _: { stand in
        try await body(stand.gateway, collector)
      }
    }
  }

  private static func post(
    _ gateway: TestGateway, _ path: String, _ body: String, trace: String? = nil
  ) async throws -> JSONValue {
    let lines =
      ["Authorization: Bearer \(try TestTokens.token(for: "oscar"))"] + (trace.map { ["traceparent: \($0)"] } ?? [])
    let answer = try #require(try await gateway.ask("POST", path, lines, body: body))
    #expect((200..<300).contains(answer.status), "\(answer.text)")
    return try JSONValue(parsing: answer.body)
  }

  private static func span(
    _ name: String, of trace: String? = nil, at collector: SpanCollector
  ) async throws -> SpanCollector.Received {
    func find() -> SpanCollector.Received? {
      collector.spans.first { $0.name == name && (trace == nil || $0.trace == trace) }
    }
    #expect(await eventually { find() != nil }, "\(collector.spans.map(\.name))")
    return try #require(find())
  }

  @Test func `the trace of a request goes on in its task and in the calls to its agent`() async throws {
    try await Self.run { gateway, collector in
      let task = try await Self.post(
        gateway, "/api/tasks", #"{"agent":"checker","text":"go"}"#, trace: "00-\(Self.trace)-\(Self.caller)-01")
      let run = try await Self.span("run checker", at: collector)
      let request = try await Self.span("POST /api/tasks", at: collector)
      let call = try await Self.span("SendStreamingMessage", at: collector)
      #expect([run, request, call].allSatisfy { $0.trace == Self.trace && $0.service == "signalbox" })
      #expect([request.parent, run.parent, call.parent] == [Self.caller, request.id, run.id])
      #expect(request.attribute("http.response.status_code") == "201")
      #expect(run.attribute("signalbox.task") == task["id"]?.string)
      #expect(run.attribute("signalbox.agent") == "checker")
      #expect(run.attribute("signalbox.state") == "completed")
      #expect([request, run, call].allSatisfy { $0.error == nil })
      // Every line about the task can be found by the trace as well.
      let lines = gateway.log.all.filter { $0.contains(task["id"]?.string ?? "-") && $0.contains("\"agent\":") }
      #expect(!lines.isEmpty && lines.allSatisfy { $0.contains(Self.trace) }, "\(lines)")
    }
  }

  @Test func `whoever wants no record gets none, and whoever names no trace gets one`() async throws {
    try await Self.run { gateway, collector in
      _ = try await Self.post(
        gateway, "/api/tasks", #"{"text":"go"}"#, trace: "00-\(Self.trace)-\(Self.caller)-00")
      // Not as the standard has it, so it is nobody's.
      _ = try await Self.post(gateway, "/api/tasks", #"{"text":"fail"}"#, trace: "00-\(Self.trace)-x-01")
      let run = try await Self.span("run checker", at: collector)
      let request = try await Self.span("POST /api/tasks", of: run.trace, at: collector)
      #expect(request.parent == nil)
      #expect(run.parent == request.id)
      #expect(run.attribute("signalbox.state") == "failed")
      #expect(run.attribute("signalbox.failure") == nil)
      #expect(run.error?.isEmpty == false)
      #expect(!collector.spans.contains { $0.trace == Self.trace })
    }
  }

  @Test func `a cancel is a step of its sender's trace, and ends that of the task`() async throws {
    try await Self.run { gateway, collector in
      let task = try #require(try await Self.post(gateway, "/api/tasks", #"{"text":"wait"}"#)["id"]?.string)
      _ = try await Self.span("SendStreamingMessage", at: collector)
      _ = try await Self.post(
        gateway, "/api/tasks/\(task):cancel", "{}", trace: "00-\(Self.trace)-\(Self.caller)-01")
      let cancel = try await Self.span("POST /api/tasks/{id}:cancel", of: Self.trace, at: collector)
      #expect(cancel.parent == Self.caller)
      let run = try await Self.span("run checker", at: collector)
      #expect(run.attribute("signalbox.state") == "canceled")
      #expect(try await Self.span("CancelTask", at: collector).parent == run.id)
    }
  }
}
