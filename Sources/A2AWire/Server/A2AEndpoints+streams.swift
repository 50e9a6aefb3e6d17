import A2A
import HTTP
import Wire

// From feeds to event streams.
extension A2AEndpoints {
  func events(_ stream: ServedStream, after first: TaskEvent, _ replies: ReplyWriter) -> Response {
    var options = EventStreamOptions()
    options.heartbeat = self.options.heartbeat
    return .events(options) { out in
      defer { stream.close() }
      var next = ServedStream.Next.event(first)
      while true {
        switch next {
        case .event(let event):
          try await out.send(ServerSentEvent(data: replies.event(event, isLast: stream.isLast(event))))
          if event.isFinal { return }
        case .failed(let error):
          return try await out.send(ServerSentEvent(event: "error", data: replies.failure(error)))
        case .cut:
          return await out.cut()
        case .end:
          return
        }
        next = await stream.next()
      }
    }
  }

  /// A stream that breaks off before its first event: nothing else can be told.
  func broken(_ stream: ServedStream) -> Response {
    .events { out in
      stream.close()
      await out.cut()
    }
  }
}

extension TaskEvent {
  /// Nothing can come behind it, whatever the feed thinks.
  fileprivate var isFinal: Bool {
    if case .message = self { true } else { state?.isTerminal == true }
  }
}
