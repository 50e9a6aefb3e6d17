package import HTTP

/// The reading end of an event stream: what a client receives, put through the strict readers of our own client.
package final class EventReader {
  package enum Item: Equatable {
    case event(ReceivedEvent)
    case comment
    case retry(milliseconds: Int)
  }

  package let client: TLSClient
  package private(set) var head: ResponseHead?
  package private(set) var items: [Item] = []
  /// How many items each TLS record has brought; records without any are left out.
  package private(set) var records: [Int] = []
  /// The body has come to the end that its framing asks for.
  package private(set) var isComplete = false
  package private(set) var fault: MessageFault?
  package private(set) var ending: TLSClient.Ending?
  private var answers = ResponseReader()
  private var parser = EventStreamParser()

  package init(_ client: TLSClient) {
    self.client = client
  }

  /// - Parameter lines: further fields.
  package func ask(_ path: String, _ method: HTTPMethod = .get, version: String = "1.1", _ lines: [String] = []) throws
  {
    answers.expect(responseTo: method)
    let fields = lines.map { $0 + "\r\n" }.joined()
    try client.send("\(method.rawValue) \(path) HTTP/\(version)\r\nHost: localhost\r\n\(fields)\r\n")
  }

  /// Reads what one TLS record brings: `SSL_read` never gives out more. False when nothing more comes.
  @discardableResult
  package func readRecord() -> Bool {
    guard ending == nil else { return false }
    switch client.receive(atMost: 1 << 16) {
    case .success(let bytes):
      let before = items.count
      answers.append(bytes)
      pull(from: answers.next())
      if items.count > before { records.append(items.count - before) }
      return true
    case .failure(let receipt):
      ending = receipt.ending
      if receipt.ending == .goodbye { pull(from: answers.connectionEnded()) }
      return false
    }
  }

  /// Reads until there is what is wanted, or nothing more comes. True when there is.
  @discardableResult
  package func read(until isEnough: (EventReader) -> Bool) -> Bool {
    while !isEnough(self) {
      guard readRecord() else { return isEnough(self) }
    }
    return true
  }

  /// Reads to the end of the body.
  @discardableResult
  package func readBody() -> Bool { read { $0.isComplete } }

  /// Reads to the end of the connection.
  package func readAll() { while readRecord() {} }

  package var events: [ReceivedEvent] {
    items.compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  package var commentCount: Int { items.count { $0 == .comment } }

  /// The data of all events but the farewell.
  package var texts: [String] {
    events.filter { $0.type != "bye" }.map { String(decoding: $0.data, as: UTF8.self) }
  }

  /// What the last event says, if that is the farewell.
  package var farewell: String? {
    guard case .event(let event)? = items.last, event.type == "bye" else { return nil }
    return String(decoding: event.data, as: UTF8.self)
  }

  private func pull(from first: ResponseReader.Event) {
    var event = first
    while true {
      switch event {
      case .needsMore: return
      case .head(let head): self.head = head
      case .body(let bytes): pullItems(bytes)
      case .end: isComplete = true
      case .failed(let fault):
        self.fault = fault
        return
      }
      event = answers.next()
    }
  }

  private func pullItems(_ bytes: [UInt8]) {
    parser.append(bytes)
    while true {
      switch parser.next() {
      case .needsMore: return
      case .event(let event): items.append(.event(event))
      case .comment: items.append(.comment)
      case .retry(let milliseconds): items.append(.retry(milliseconds: milliseconds))
      case .failed(let fault):
        self.fault = fault
        return
      }
    }
  }
}
