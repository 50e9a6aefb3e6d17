package import HTTP

/// The events of an answer that is an event stream, one after the other. For one task.
package final class ClientEventStream {
  private let body: ClientResponseBody
  private var parser: EventStreamParser

  init(body: ClientResponseBody, limits: EventStreamLimits) {
    self.body = body
    parser = EventStreamParser(limits: limits)
  }

  /// What to send as `Last-Event-ID` when the stream has to be asked for again.
  package var lastEventID: String { parser.lastEventID }
  /// How long the server wants us to wait before that; nil when it has not said.
  package private(set) var retryMilliseconds: Int?

  /// The next event, or nil when the stream has ended as it should. Comments, which servers send to show that they are alive, only
  /// keep the deadline away. Throws as `ClientResponseBody.next` does, and when the stream breaks a limit.
  package func next() async throws -> ReceivedEvent? {
    while true {
      switch parser.next() {
      case .event(let event):
        return event
      case .comment:
        continue
      case .retry(let milliseconds):
        retryMilliseconds = milliseconds
      case .failed(let fault):
        let error = ClientError(.eventStream(fault), body.server)
        await body.giveUp(because: error)
        throw error
      case .needsMore:
        guard let piece = try await body.next() else { return nil }
        parser.append(piece)
      }
    }
  }
}

extension ClientResponse {
  /// Reads the body as an event stream. An answer that is none is refused, with its status and the beginning of its body in the
  /// error; its connection is closed then.
  package func events(limits: EventStreamLimits = EventStreamLimits()) async throws -> ClientEventStream {
    guard status == .ok, mediaType == "text/event-stream" else {
      let beginning = try await body.next() ?? []
      let type = mediaType.isEmpty ? "no content type" : "the content type \(PrintableText.quoting(mediaType.utf8))"
      let text = "status \(status.code), \(type) and a body that begins with \(PrintableText.quoting(beginning))"
      let error = ClientError(.notAnEventStream(text), body.server)
      await body.giveUp(because: error)
      throw error
    }
    return ClientEventStream(body: body, limits: limits)
  }
}

/// Foreign bytes made fit for a sentence.
enum PrintableText {
  private static let limit = 120

  /// At most 120 bytes in quotes; what is not printable ASCII becomes a dot.
  static func quoting(_ bytes: some Collection<UInt8>) -> String {
    let text = bytes.prefix(limit).map { (0x20...0x7E).contains($0) && $0 != 0x22 ? UnicodeScalar($0) : "." }
    return "\"" + String(String.UnicodeScalarView(text)) + (bytes.count > limit ? "\"..." : "\"")
  }
}
