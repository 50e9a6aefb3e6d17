package import JSON

// The documents that travel outside calls.

extension AgentCard {
  /// Reads a card of 1.0, of 0.3, or one that is both.
  package init(reading bytes: [UInt8]) throws(A2AError) {
    self = try Self.reading(bytes, "The agent card") { value throws(FieldFault) in
      try AgentCard(reading: value, as: .v1)
    }
  }

  /// Both shapes in one document: the fields of 1.0, and those of 0.3 where they have other names and the agent speaks
  /// it.
  package func encoded() -> [UInt8] {
    var writer = JSONWriter()
    writer.object(writeDocument)
    return writer.bytes
  }
}

extension TaskEvent {
  /// The body of a push notification: in 1.0 the event, in 0.3 the task (which the caller has to give).
  package func pushBody() -> [UInt8] { encoded(as: .v1) }

  /// Reads the body of either version.
  package init(readingPushBody body: [UInt8]) throws(A2AError) {
    self = try Self.reading(body, "The push notification") { value throws(FieldFault) in
      let isLegacy = value["kind"] != nil || value["status"] != nil
      return try TaskEvent(reading: value, as: isLegacy ? .kinds : .v1)
    }
  }

  /// The 1.0 JSON of the event, as it is journaled and as streams carry it.
  package func encoded() -> [UInt8] { encoded(as: .v1) }

  /// The 0.3 object, as streams of JSON-RPC have it as their result. `isLast`: the stream ends behind it.
  package func encodedAs0_3(isLast: Bool) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { write(to: &$0, as: .kinds, isLast: isLast) }
    return writer.bytes
  }

  package init(reading value: JSONValue) throws(A2AError) {
    do throws(FieldFault) {
      try self.init(reading: value, as: .v1)
    } catch {
      throw error.unreadable("The event")
    }
  }
}

extension AgentTask {
  package func encoded() -> [UInt8] { encoded(as: .v1) }

  package init(reading value: JSONValue) throws(A2AError) {
    do throws(FieldFault) {
      try self.init(reading: value, as: .v1)
    } catch {
      throw error.unreadable("The task")
    }
  }

  /// The 0.3 shape, which is the body of push notifications there.
  package func encodedAs0_3() -> [UInt8] { encoded(as: .kinds) }
}

extension Artifact {
  package func encoded() -> [UInt8] { encoded(as: .v1) }
}

extension Message {
  package func encoded() -> [UInt8] { encoded(as: .v1) }

  package init(reading value: JSONValue) throws(A2AError) {
    do throws(FieldFault) {
      try self.init(reading: value, as: .v1)
    } catch {
      throw error.unreadable("The message")
    }
  }
}

extension PushConfig {
  /// With its secrets.
  package func encoded() -> [UInt8] { encoded(as: .v1) }

  package init(reading value: JSONValue) throws(A2AError) {
    do throws(FieldFault) {
      try self.init(reading: value, as: .v1)
    } catch {
      throw error.unreadable("The push notification configuration")
    }
  }
}

extension JSONCoded {
  fileprivate static func reading(
    _ bytes: [UInt8], _ what: String, _ read: (JSONValue) throws(FieldFault) -> Self
  ) throws(A2AError) -> Self {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw .unreadable("\(what) is no JSON. \(error.sentence)")
    }
    do throws(FieldFault) {
      return try read(value)
    } catch {
      throw error.unreadable(what)
    }
  }
}
