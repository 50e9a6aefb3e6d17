/// An event to send on an event stream (WHATWG HTML, section 9.2).
///
/// An id or a type with a line end or a NUL would end its line, or be ignored by every reader, so no such value exists.
package struct ServerSentEvent: Sendable, Equatable {
  /// What a client says it has seen last when it comes back. Nil leaves what the stream said before; empty takes it back.
  package let id: String?
  /// The type; nil stands for `message`.
  package let event: String?
  /// UTF-8. May have line ends: they arrive as line feeds, however they were written.
  package let data: [UInt8]
  /// How long a client waits before it reconnects.
  package let retryMilliseconds: Int?

  /// Traps on an id or a type that cannot be sent, which is the program's own mistake; text from outside goes through
  /// `init(checkingID:checkingEvent:data:)`.
  package init(id: String? = nil, event: String? = nil, data: [UInt8], retryMilliseconds: Int? = nil) {
    precondition(id.map(Self.isSendable) ?? true, "An event's id has a line end or a NUL.")
    precondition(event.map(Self.isSendable) ?? true, "An event's type has a line end or a NUL.")
    precondition(retryMilliseconds ?? 0 >= 0, "A client cannot wait for less than no time.")
    self.id = id
    self.event = event
    self.data = data
    self.retryMilliseconds = retryMilliseconds
  }

  package init(id: String? = nil, event: String? = nil, text: String) {
    self.init(id: id, event: event, data: Array(text.utf8))
  }

  /// For an id and a type from outside.
  package init(
    checkingID id: String?, checkingEvent event: String?, data: [UInt8]
  ) throws(IllegalEventText) {
    if let id, !Self.isSendable(id) { throw IllegalEventText(name: "id", excerpt: Excerpt.quoting(id.utf8)) }
    if let event, !Self.isSendable(event) {
      throw IllegalEventText(name: "event", excerpt: Excerpt.quoting(event.utf8))
    }
    self.init(id: id, event: event, data: data)
  }

  /// Whether an id or a type can be sent: it has no CR, LF or NUL.
  package static func isSendable(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 != ASCII.lineFeed && $0 != ASCII.carriageReturn && $0 != 0 }
  }
}

/// Text from outside that cannot be the id or the type of an event.
package struct IllegalEventText: Error, Equatable, Sendable, CustomStringConvertible {
  /// `id` or `event`.
  package let name: String
  /// The text, shortened and escaped: safe to log.
  package let excerpt: String

  package var description: String {
    "The text \(excerpt) cannot be sent as an event's \(name): it has a line end or a NUL; leave those out."
  }
}
