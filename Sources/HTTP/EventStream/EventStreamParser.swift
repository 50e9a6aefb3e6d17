/// Reads an event stream as a browser does (WHATWG HTML, section 9.2.6), with limits.
///
/// A value without I/O: `append` only stores bytes, `next` parses as far as the next event. The events depend on the bytes
/// alone, never on how they were cut. Each byte is looked at once, also where a line comes in many pieces. An event that the
/// stream does not finish is never given out.
package struct EventStreamParser: Sendable {
  package enum Event: Sendable, Equatable {
    /// Everything appended so far is used up.
    case needsMore
    case event(ReceivedEvent)
    /// A line that means nothing but that the other side is alive.
    case comment
    /// How long to wait before reconnecting, from now on.
    case retry(milliseconds: Int)
    /// The stream exceeds a limit. Every later event is the same.
    case failed(MessageFault)
  }

  /// A longer time to wait is read as this one, which is what a browser's timer can hold: 24 days.
  package static let longestRetry = Int(Int32.max)

  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  private enum Phase {
    /// A byte order mark may come.
    case start
    case lines
    /// The line before ended with a CR. If an LF comes, it belongs to that.
    case afterCarriageReturn
    case failed(MessageFault)
  }

  /// What the next dispatched event sees as `lastEventID`, and a client that reconnects as its `Last-Event-ID`.
  ///
  /// It changes with the empty line that ends an event, whether that event has data or not.
  package private(set) var lastEventID = ""

  private let limits: EventStreamLimits
  private var phase = Phase.start
  private var input = ByteQueue()
  /// How many bytes of the line in front are known not to end it.
  private var scanned = 0
  private var data: [UInt8] = []
  private var type = ""
  /// The last id that came, also in an event that is not finished.
  private var idBuffer = ""

  package init(limits: EventStreamLimits = EventStreamLimits()) { self.limits = limits }

  /// Stores bytes to be parsed. After a failure they are dropped.
  package mutating func append(_ bytes: Span<UInt8>) {
    if !hasFailed { input.append(bytes) }
  }

  package mutating func append(_ bytes: [UInt8]) {
    if !hasFailed { input.append(bytes) }
  }

  /// How many bytes wait to be parsed.
  package var bufferedCount: Int { input.count }

  /// Parses as far as the next event.
  package mutating func next() -> Event {
    do throws(MessageFault) {
      return try advance()
    } catch {
      phase = .failed(error)
      input.removeAll()
      data = []
      return .failed(error)
    }
  }

  private var hasFailed: Bool {
    if case .failed = phase { true } else { false }
  }

  private mutating func advance() throws(MessageFault) -> Event {
    while true {
      switch phase {
      case .start:
        guard skipByteOrderMark() else { return .needsMore }
      case .afterCarriageReturn:
        guard input.count > 0 else { return .needsMore }
        if input[0] == ASCII.lineFeed { input.consume(1) }
        phase = .lines
      case .lines:
        guard let length = try lineLength() else { return .needsMore }
        let event = try acceptLine(length)
        phase = input[length] == ASCII.carriageReturn ? .afterCarriageReturn : .lines
        input.consume(length + 1)
        scanned = 0
        if let event { return event }
      case .failed(let fault):
        throw fault
      }
    }
  }

  /// False when it takes more bytes to tell.
  private mutating func skipByteOrderMark() -> Bool {
    for (offset, byte) in Self.byteOrderMark.enumerated() {
      guard offset < input.count else { return false }
      guard input[offset] == byte else {
        phase = .lines
        return true
      }
    }
    input.consume(Self.byteOrderMark.count)
    phase = .lines
    return true
  }

  /// The length of the line in front, or nil if its end has not come.
  private mutating func lineLength() throws(MessageFault) -> Int? {
    // One byte more than a line may have: the end of the longest one.
    let end = min(input.count, limits.maxLine + 1)
    scanned = input.skip(from: scanned, below: end) { $0 != ASCII.lineFeed && $0 != ASCII.carriageReturn }
    if scanned < end { return scanned }
    guard end <= limits.maxLine else {
      throw MessageFault(
        .bodyTooLarge, "A line of the event stream is longer than \(limits.maxLine) bytes; send shorter ones.")
    }
    return nil
  }

  /// One line without its end.
  private mutating func acceptLine(_ length: Int) throws(MessageFault) -> Event? {
    if length == 0 { return dispatch() }
    let nameEnd = input.skip(from: 0, below: length) { $0 != ASCII.colon }
    if nameEnd == 0 { return .comment }
    var start = min(nameEnd + 1, length)
    if start < length, input[start] == ASCII.space { start += 1 }
    return try acceptField(EventStreamField(name: input[0..<nameEnd]), input[start..<length])
  }

  private mutating func acceptField(
    _ field: EventStreamField?, _ value: ArraySlice<UInt8>
  ) throws(MessageFault) -> Event? {
    switch field {
    case .data: try acceptData(value)
    case .event: type = String(decoding: value, as: UTF8.self)
    case .id: try acceptID(value)
    case .retry: return Self.milliseconds(value).map { .retry(milliseconds: $0) }
    case nil: break
    }
    return nil
  }

  private mutating func acceptData(_ value: ArraySlice<UInt8>) throws(MessageFault) {
    guard data.count + value.count <= limits.maxData else {
      throw MessageFault(.bodyTooLarge, "An event has more than \(limits.maxData) bytes of data; send smaller ones.")
    }
    data.append(contentsOf: value)
    data.append(ASCII.lineFeed)
  }

  private mutating func acceptID(_ value: ArraySlice<UInt8>) throws(MessageFault) {
    guard value.count <= limits.maxID else {
      throw MessageFault(.bodyTooLarge, "An event's id is longer than \(limits.maxID) bytes; send a shorter one.")
    }
    if !value.contains(0) { idBuffer = String(decoding: value, as: UTF8.self) }
  }

  private static func milliseconds(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
    return digits.reduce(0) { min($0 * 10 + Int($1 - ASCII.zero), longestRetry) }
  }

  /// The empty line: gives the event out, unless it has no line of data.
  private mutating func dispatch() -> Event? {
    lastEventID = idBuffer
    defer {
      data = []
      type = ""
    }
    guard !data.isEmpty else { return nil }
    data.removeLast()
    return .event(
      ReceivedEvent(type: type.isEmpty ? "message" : type, lastEventID: idBuffer, data: RepairedUTF8.bytes(data)))
  }
}
