import HTTP

/// Everything a parser says to some bytes.
struct StreamLog: Equatable {
  private(set) var events: [EventStreamParser.Event] = []
  private(set) var parser: EventStreamParser

  init(_ pieces: [[UInt8]], limits: EventStreamLimits = EventStreamLimits()) {
    parser = EventStreamParser(limits: limits)
    for piece in pieces { receive(piece) }
  }

  init(_ text: String, limits: EventStreamLimits = EventStreamLimits()) {
    self.init([Array(text.utf8)], limits: limits)
  }

  mutating func receive(_ piece: [UInt8]) {
    parser.append(piece)
    while true {
      let event = parser.next()
      if event == .needsMore { return }
      if case .failed = event, events.last == event { return }
      events.append(event)
    }
  }

  var received: [ReceivedEvent] {
    events.compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  /// The data of all events as text.
  var texts: [String] { received.map { String(decoding: $0.data, as: UTF8.self) } }

  var fault: MessageFault? {
    if case .failed(let fault)? = events.last { fault } else { nil }
  }

  static func == (left: StreamLog, right: StreamLog) -> Bool {
    left.events == right.events && left.parser.lastEventID == right.parser.lastEventID
  }
}

extension ReceivedEvent {
  init(_ text: String, type: String = "message", id: String = "") {
    self.init(type: type, lastEventID: id, data: Array(text.utf8))
  }
}
