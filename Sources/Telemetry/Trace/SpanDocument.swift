/// Spans as OTLP writes them in JSON: an `ExportTraceServiceRequest` of one resource.
///
/// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding: identifiers in hexadecimal, 64-bit numbers as texts, enumerations as
/// numbers.
package struct SpanDocument: Sendable {
  private let head: [UInt8]

  /// - Parameters:
  ///   - service: `service.name`.
  ///   - version: `service.version`.
  package init(service: String, version: String) {
    var bytes: [UInt8] = []
    bytes.append(raw: #"{"resourceSpans":[{"resource":{"attributes":"#)
    bytes.append(attributes: ["service.name": .string(service), "service.version": .string(version)])
    bytes.append(raw: #"},"scopeSpans":[{"scope":{"name":"#)
    bytes.append(jsonString: service)
    bytes.append(raw: #"},"spans":["#)
    head = bytes
  }

  package func encode(_ spans: some Sequence<TraceSpan>) -> [UInt8] {
    var bytes = head
    var isFirst = true
    for span in spans {
      if !isFirst { bytes.append(raw: ",") }
      isFirst = false
      bytes.append(span)
    }
    bytes.append(raw: "]}]}]}")
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(raw text: StaticString) {
    self += Array("\(text)".utf8)
  }

  fileprivate mutating func append(_ span: TraceSpan) {
    append(raw: #"{"traceId":"#)
    append(jsonString: span.context.traceID)
    append(raw: #","spanId":"#)
    append(jsonString: span.context.spanID)
    if let parent = span.parent {
      append(raw: #","parentSpanId":"#)
      append(jsonString: parent)
    }
    append(raw: #","name":"#)
    append(jsonString: span.name)
    append(raw: #","kind":"#)
    append(decimal: span.kind.rawValue)
    append(raw: #","startTimeUnixNano":"#)
    append(jsonString: "\(span.start)000")
    append(raw: #","endTimeUnixNano":"#)
    append(jsonString: "\(span.end)000")
    append(raw: #","attributes":"#)
    append(attributes: span.attributes)
    if let error = span.error {
      append(raw: #","status":{"code":2,"message":"#)
      append(jsonString: error)
      append(raw: "}")
    }
    append(raw: "}")
  }

  fileprivate mutating func append(attributes: LogFields) {
    append(raw: "[")
    for (index, (key, value)) in attributes.all.enumerated() {
      append(raw: index > 0 ? #",{"key":"# : #"{"key":"#)
      append(jsonString: key)
      append(raw: #","value":"#)
      append(anyValue: value)
      append(raw: "}")
    }
    append(raw: "]")
  }

  private mutating func append(anyValue value: LogValue) {
    switch value {
    case .string(let text):
      append(raw: #"{"stringValue":"#)
      append(jsonString: text)
    case .secret:
      append(raw: #"{"stringValue":"#)
      append(jsonString: Redaction.mark)
    case .int(let number):
      append(raw: #"{"intValue":"#)
      append(jsonString: "\(number)")
    case .double(let number):
      append(raw: #"{"doubleValue":"#)
      append(json: number)
    case .duration(let duration):
      append(raw: #"{"doubleValue":"#)
      append(json: duration)
    case .bool(let flag):
      append(raw: #"{"boolValue":"#)
      append(json: flag)
    case .list(let values):
      append(raw: #"{"arrayValue":{"values":["#)
      for (index, value) in values.enumerated() {
        if index > 0 { append(raw: ",") }
        append(anyValue: value)
      }
      append(raw: "]}")
    }
    append(raw: "}")
  }
}
