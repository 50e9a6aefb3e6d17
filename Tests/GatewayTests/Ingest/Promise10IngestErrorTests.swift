import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Promise 10 for those who publish: fail fast, with the cause.
@Suite struct Promise10IngestErrorTests {
  private static let openings = #"""
    {                                     | bad-body             | not a JSON object
    []                                    | bad-body             | not a JSON object
    {}                                    | bad-task             | "agent"
    {"agent":7}                           | bad-body             | "agent"
    {"agent":""}                          | bad-task             | "agent"
    {"agent":"a b"}                       | bad-task             | "a b"
    {"agent":"a","colour":"red"}          | bad-body             | not known
    {"agent":"a","id":""}                 | bad-task             | "id"
    {"agent":"a","id":"-a"}               | bad-task             | "-a"
    {"agent":"a","id":"a,b"}              | bad-task             | "a,b"
    {"agent":"a","id":"a/b"}              | bad-task             | "a/b"
    {"agent":"a","id":"\u00e9"}           | bad-task             | "\xc3\xa9"
    {"agent":"a","title":"a\u0007b"}      | bad-task             | "a\x07b"
    {"agent":"a","owner":""}              | bad-task             | "owner"
    {"agent":"a","owner":"\u00e9"}        | bad-task             | "owner"
    {"agent":"a","tenant":"a b"}          | bad-task             | "tenant"
    {"agent":"a","key":""}                | bad-task             | "key"
    {"agent":"a","key":"a\nb"}            | bad-task             | "a\x0ab"
    """#

  @Test func `a task that cannot be opened is refused with what is wrong`() async throws {
    try await IngestScene.run { scene async throws in
      for line in Self.openings.split(separator: "\n") {
        let cells = line.split(separator: "|").map { $0.trimming(" ") }
        let answer = try await scene.post("/ingest/tasks", cells[0])
        #expect(answer.status == 400 && answer.code == cells[1], "\(line): \(answer.text)")
        try check(answer, names: cells[2])
      }
      let long = String(repeating: "a", count: 129)
      for body in [
        #"{"agent":"\#(long)"}"#, #"{"agent":"a","id":"\#(long)"}"#, #"{"agent":"a","key":"\#(long)\#(long)"}"#,
        #"{"agent":"a","title":"\#(long)\#(long)\#(long)\#(long)"}"#,
      ] {
        #expect(try await scene.post("/ingest/tasks", body).code == "bad-task")
      }
      let form = try await scene.post("/ingest/tasks", #"{"agent":"a"}"#, type: "text/plain")
      #expect(form.status == 415)
      #expect(try await scene.journal.bounds().tail == 0, "Nothing was stored.")
    }
  }

  private static let events = #"""
    7                  | bad-event       | no JSON object
    {"a":}             | bad-event       | byte 6
    {"a":1,"a":2}      | bad-event       | byte 8
    {"a":"\ud800"}     | bad-event       | byte 7
    {} {}              | bad-event       | byte 4
    """#

  private static let fields = """
    Producer-Id: p                                                          | belong together
    Producer-Id: p,Producer-Epoch: 1                                        | belong together
    Producer-Epoch: 1,Producer-Seq: 1                                       | belong together
    Producer-Id: p,Producer-Epoch: 1,Producer-Seq: 1,Producer-Seq: 1        | belong together
    Producer-Id: p q,Producer-Epoch: 1,Producer-Seq: 1                      | "p q"
    Producer-Id: p,Producer-Epoch: -1,Producer-Seq: 1                       | Producer-Epoch
    Producer-Id: p,Producer-Epoch: +1,Producer-Seq: 1                       | "+1"
    Producer-Id: p,Producer-Epoch: 1,Producer-Seq: 0                        | Producer-Seq
    Producer-Id: p,Producer-Epoch: 1,Producer-Seq: 1x                       | "1x"
    Producer-Id: p,Producer-Epoch: 1,Producer-Seq: 9007199254740992         | 9007199254740991
    Producer-Id: p,Producer-Epoch: 99999999999999999999,Producer-Seq: 1     | Producer-Epoch
    """

  private static let queries = """
    ?state=           | bad-state | input-required
    ?state=submitted  | bad-state | "submitted"
    ?state=COMPLETED  | bad-state | "COMPLETED"
    ?state=a&state=b  | bad-query | more than once
    ?stat=completed   | bad-query | "stat"
    """

  @Test func `events that cannot be taken are refused with what is wrong`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      for line in Self.events.split(separator: "\n") {
        let cells = line.split(separator: "|").map { $0.trimming(" ") }
        let answer = try await scene.publish(cells[0], to: id)
        #expect(answer.status == 400 && answer.code == cells[1], "\(line): \(answer.text)")
        try check(answer, names: cells[2])
      }
      for line in Self.queries.split(separator: "\n") {
        let cells = line.split(separator: "|").map { $0.trimming(" ") }
        let answer = try await scene.publish("{}", to: id, query: cells[0])
        #expect(answer.status == 400 && answer.code == cells[1], "\(line): \(answer.text)")
        try check(answer, names: cells[2])
      }
      for line in Self.fields.split(separator: "\n") {
        let cells = line.split(separator: "|").map { $0.trimming(" ") }
        let lines = cells[0].split(separator: ",").joined(separator: "\r\n")
        let answer = try await scene.post("/ingest/tasks/\(id)/events", "{}", lines)
        #expect(answer.status == 400 && answer.code == "bad-producer", "\(line): \(answer.text)")
        try check(answer, names: cells[1])
      }
      for type in [nil, "text/plain", "application/x-www-form-urlencoded"] {
        let answer = try await scene.post("/ingest/tasks/\(id)/events", "{}", type: type)
        #expect(answer.status == 415)
        try check(answer, names: "application/x-ndjson")
      }
      #expect(try await scene.task(id).lastSeq == 1, "Nothing was stored.")
    }
  }

  @Test func `people's listener takes no events`() async throws {
    try await IngestScene.run { scene async throws in
      let answer = try await scene.gateway.ask("POST", "/ingest/tasks", body: "{}")
      #expect(answer?.status == 404)
    }
  }

  /// A problem document, whose sentence is printable ASCII and says this.
  private func check(_ answer: Answer, names cause: String) throws {
    #expect(answer.fields["content-type"] == "application/problem+json")
    let detail = try #require(try answer.member("detail")?.string)
    #expect(detail.contains(cause), "\(detail)")
    #expect(detail.hasSuffix(".") && detail.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(detail)")
  }
}

extension Substring {
  fileprivate func trimming(_ character: Character) -> String {
    var text = self
    while text.first == character { text.removeFirst() }
    while text.last == character { text.removeLast() }
    return String(text)
  }
}
