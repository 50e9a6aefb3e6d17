package import JSON

extension ProgressReport {
  /// The object for `metadata`, with this report under the extension's URI beside what `other` has.
  package func metadata(beside other: JSONValue? = nil) -> JSONValue {
    .object(other, with: Self.extensionURI) { writer in writer.object(write) }
  }

  /// Nil when there is no report in it; a malformed report is none.
  package init?(metadata: JSONValue?) {
    guard let value = metadata?[Self.extensionURI] else { return nil }
    do throws(FieldFault) {
      try self.init(ObjectReader(value, as: .v1))
    } catch {
      return nil
    }
  }

  private init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(Kind(try reader.requiredString("type")))
    tool = try reader.string("tool")
    callID = try reader.string("callId")
    step = try reader.int("step", in: ObjectReader.count)
    total = try reader.int("total", in: ObjectReader.count)
    message = try reader.string("message")
    title = try reader.string("title")
    phase = try reader.string("phase")
    durationMilliseconds = try reader.int("durationMs", in: 0...Int.max)
    records = try reader.int("records", in: 0...Int.max)
    input = reader.value("input")
    summary = try reader.string("summary")
    error = try reader.string("error")
    agent = try reader.string("agent")
    agentTask = try reader.string("agentTask")
    payload = reader.value("payload")
  }

  private func write(to object: inout JSONWriter) {
    object.member("type", type.name)
    object.member("tool", ifAny: tool)
    object.member("callId", ifAny: callID)
    object.member("step", ifPresent: step)
    object.member("total", ifPresent: total)
    object.member("message", ifAny: message)
    object.member("title", ifAny: title)
    object.member("phase", ifAny: phase)
    object.member("durationMs", ifPresent: durationMilliseconds)
    object.member("records", ifPresent: records)
    if let input, !input.isNull { object.member("input", input) }
    object.member("summary", ifAny: summary)
    object.member("error", ifAny: error)
    object.member("agent", ifAny: agent)
    object.member("agentTask", ifAny: agentTask)
    if let payload, !payload.isNull { object.member("payload", payload) }
  }
}
