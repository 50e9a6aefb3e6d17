import HTTP
import TestSupport

/// The reading end of an event stream: what a client receives, put through the strict readers of our own client.
final class EventReader {
  enum Item: Equatable {
    case event(ReceivedEvent)
    case comment
    case retry(milliseconds: Int)
  }

  let client: TLSClient
  private(set) var head: ResponseHead?
  private(set) var items: [Item] = []
  /// How many items each TLS record has brought; records without any are left out.
  private(set) var records: [Int] = []
  /// The body has come to the end that its framing asks for.
  private(set) var isComplete = false
  private(set) var fault: MessageFault?
  private(set) var ending: TLSClient.Ending?
  private var answers = ResponseReader()
  private var parser = EventStreamParser()

  init(_ client: TLSClient) {
    self.client = client
  }

  func ask(_ path: String, _ method: HTTPMethod = .get, version: String = "1.1") throws {
    answers.expect(responseTo: method)
    try client.send("\(method.rawValue) \(path) HTTP/\(version)\r\nHost: localhost\r\n\r\n")
  }

  /// Reads what one TLS record brings: `SSL_read` never gives out more. False when nothing more comes.
  @discardableResult
  func readRecord() -> Bool {
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
  func read(until isEnough: (EventReader) -> Bool) -> Bool {
    while !isEnough(self) {
      guard readRecord() else { return isEnough(self) }
    }
    return true
  }

  /// Reads to the end of the body.
  @discardableResult
  func readBody() -> Bool { read { $0.isComplete } }

  /// Reads to the end of the connection.
  func readAll() { while readRecord() {} }

  var events: [ReceivedEvent] {
    items.compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  var commentCount: Int { items.count { $0 == .comment } }

  /// The data of all events but the farewell.
  var texts: [String] {
    events.filter { $0.type != "bye" }.map { String(decoding: $0.data, as: UTF8.self) }
  }

  /// What the last event says, if that is the farewell.
  var farewell: String? {
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

extension TestServer {
  /// Asks for a stream and reads as far as `body` says, on a thread of its own.
  func reading<Value: Sendable>(
    _ path: String = "/", _ options: TLSClient.Options = TLSClient.Options(),
    _ body: @escaping @Sendable (EventReader) throws -> Value
  ) async throws -> Value {
    try await client(options) { client in
      let reader = EventReader(client)
      try reader.ask(path)
      return try body(reader)
    }
  }

  /// A reader that outlives the thread it was made on.
  func reader(_ path: String = "/", _ options: TLSClient.Options = TLSClient.Options()) async throws -> Unchecked<
    EventReader
  > {
    try await reading(path, options) { reader in
      guard reader.read(until: { $0.head != nil }) else {
        throw TLSClient.Failure(description: "the stream did not begin")
      }
      return Unchecked(reader)
    }
  }
}
