import JSON

/// An event that has not the members it must have.
struct IncompleteEvent: Error {}

extension Envelope {
  init(_ value: JSONValue) throws {
    guard let offset = value["offset"]?.int, let task = value["task"]?.string, let seq = value["seq"]?.int,
      let time = value["time"]?.string, let kind = value["kind"]?.string, let origin = value["origin"]?.string
    else { throw IncompleteEvent() }
    self.init(offset: Int(offset), task: task, seq: Int(seq), time: time, kind: kind, origin: origin)
  }
}

extension Event {
  init(_ value: JSONValue) throws {
    let envelope = try Envelope(value)
    guard let progress = value["progress"] else { throw IncompleteEvent() }
    self.init(
      offset: envelope.offset, task: envelope.task, seq: envelope.seq, time: envelope.time, kind: envelope.kind,
      origin: envelope.origin, progress: try Progress(progress))
  }

  func write(to writer: inout JSONWriter) {
    writer.object { event in
      event.member("offset", offset)
      event.member("task", task)
      event.member("seq", seq)
      event.member("time", time)
      event.member("kind", kind)
      event.member("origin", origin)
      event.object("progress") { progress.writeMembers(to: &$0) }
    }
  }
}

extension Event.Progress {
  init(_ value: JSONValue) throws {
    guard let type = value["type"]?.string, let tool = value["tool"]?.string, let callId = value["callId"]?.string,
      let step = value["step"]?.int, let total = value["total"]?.int, let message = value["message"]?.string,
      let durationMs = value["durationMs"]?.double
    else { throw IncompleteEvent() }
    self.init(
      type: type, tool: tool, callId: callId, step: Int(step), total: Int(total), message: message,
      durationMs: durationMs)
  }

  func writeMembers(to writer: inout JSONWriter) {
    writer.member("type", type)
    writer.member("tool", tool)
    writer.member("callId", callId)
    writer.member("step", step)
    writer.member("total", total)
    writer.member("message", message)
    writer.member("durationMs", durationMs)
  }
}
