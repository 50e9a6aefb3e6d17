import Telemetry
import Testing

struct SpanDocumentTests {
  private let document = SpanDocument(service: "box", version: "1.2")
  private static let context = TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")

  private func span(
    _ kind: TraceSpan.Kind = .client, parent: String? = nil, start: Int64 = 1, end: Int64 = 2,
    attributes: LogFields = [:], error: String? = nil
  ) throws -> TraceSpan {
    TraceSpan(
      "Ask", kind, try #require(Self.context), parent: parent, start: start, end: end, attributes: attributes,
      error: error)
  }

  private func text(_ spans: TraceSpan...) -> String { String(decoding: document.encode(spans), as: UTF8.self) }

  @Test func `spans are written as OTLP has them in JSON`() throws {
    let attributes: LogFields = [
      "text": "a\"b", "count": 7, "share": 0.5, "flag": true, "took": .duration(.milliseconds(1500)),
      "key": .secret(Secret("hush")), "list": ["x", 1],
    ]
    let written = text(
      try span(
        parent: "00f067aa0ba902b8", start: 1_700_000_000_000_001, end: 1_700_000_000_000_003, attributes: attributes),
      try span(.server, error: "It is gone."))
    let head =
      #"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"box"}},"#
      + #"{"key":"service.version","value":{"stringValue":"1.2"}}]},"scopeSpans":[{"scope":{"name":"box"},"spans":["#
    let first =
      #"{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","parentSpanId":"00f067aa0ba902b8","#
      + #""name":"Ask","kind":3,"startTimeUnixNano":"1700000000000001000","endTimeUnixNano":"1700000000000003000","#
      + #""attributes":[{"key":"text","value":{"stringValue":"a\"b"}},{"key":"count","value":{"intValue":"7"}},"#
      + #"{"key":"share","value":{"doubleValue":0.5}},{"key":"flag","value":{"boolValue":true}},"#
      + #"{"key":"took","value":{"doubleValue":1.5}},{"key":"key","value":{"stringValue":"[redacted]"}},"#
      + #"{"key":"list","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":"1"}]}}}]}"#
    let second =
      #"{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","name":"Ask","kind":2,"#
      + #""startTimeUnixNano":"1000","endTimeUnixNano":"2000","attributes":[],"#
      + #""status":{"code":2,"message":"It is gone."}}"#
    #expect(written == head + first + "," + second + "]}]}]}")
  }

  @Test(arguments: hostileTexts)
  func `any text comes back from another parser as it was`(text: String) throws {
    let object = try jsonObject(document.encode([try span(attributes: ["value": .string(text)], error: text)]))
    let resource = (object["resourceSpans"] as? [[String: Any]])?.first
    let scope = (resource?["scopeSpans"] as? [[String: Any]])?.first
    let written = (scope?["spans"] as? [[String: Any]])?.first
    let message = (written?["status"] as? [String: Any])?["message"] as? String
    #expect(message?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
  }

  @Test func `nothing ends before it began`() throws {
    #expect(try span(start: 9, end: 3).end == 9)
  }
}
