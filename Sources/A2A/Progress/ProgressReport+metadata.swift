package import JSON

extension ProgressReport {
  /// The object for `metadata`, with this report under the extension's URI beside what `other` has.
  package func metadata(beside other: JSONValue? = nil) -> JSONValue {
    .object(other, with: Self.extensionURI) { writer in writer.object(write) }
  }

  /// Nil when there is no report in it; a malformed report is none. One of an agent that knows nothing of the extension is known by its
  /// `event_type`, which stands beside whatever else the metadata has.
  package init?(metadata: JSONValue?) {
    guard let metadata else { return nil }
    if let value = metadata[Self.extensionURI] {
      self.init(reading: value)
    } else if metadata["event_type"]?.string != nil {
      self.init(reading: metadata)
    } else {
      return nil
    }
  }

  /// Nil for what is no report: an object whose `type`, or `event_type`, says which kind it is.
  package init?(reading value: JSONValue) {
    do throws(FieldFault) {
      try self.init(ObjectReader(value, as: .v1))
    } catch {
      return nil
    }
  }

  private init(_ reader: ObjectReader) throws(FieldFault) {
    let name = try reader.requiredString(reader.name(among: "type", "event_type"))
    self.init(Kind(said: name))
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
    // Where the kind is called otherwise, the members may be in the payload.
    let places = reader.has("event_type") ? [reader.object, payload].compactMap(\.self) : [reader.object]
    takeOtherNames(in: places)
    // Of a step that failed with its tool, or of a tool's end that was none.
    if type == .error, tool != nil || phase == "tool" { type = .toolFailed }
    if name == "tool_end", places.contains(where: { $0["success"]?.bool == false }) { type = .toolFailed }
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
