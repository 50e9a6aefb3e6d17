package import HTTP

/// A WebSocket client that does what no well-behaved one does. Blocking, each wait bounded; used on one thread (see
/// `onThread`).
///
/// It sends whatever it is told, and insists that what the server sends is right.
package final class WebSocketPeer {
  /// Why there is no frame or message.
  package enum Problem: Error, Equatable {
    /// The connection ended, or fell silent, with so many bytes of a frame that is not complete.
    case ended(TLSClient.Ending, unfinished: Int)
    /// A close frame came where a message was waited for.
    case closed(ReceivedClose)
    case violation(WebSocketFrameParser.Violation)
    case badMessage(WebSocketAssembler.Fault)
    /// A close frame with one byte, or with a reason that is not UTF-8.
    case badClose([UInt8])
    case goesOnAfterClose
    case badHandshake(String)
    /// Other frames came, and for longer than the deadline not the one waited for.
    case waitedInVain
  }

  package let client: TLSClient
  /// The longest wait for one thing, however many others come meanwhile.
  private let deadline: Duration
  private var parser = WebSocketFrameParser()
  private var assembler = WebSocketAssembler()

  /// Connects, without a handshake of WebSocket.
  package init(port: Int, _ options: TLSClient.Options = TLSClient.Options()) throws {
    client = try TLSClient(port: port, options)
    deadline = options.deadline
  }

  /// Connects and upgrades. Throws when the server does not.
  package convenience init(
    port: Int, _ handshake: WebSocketHandshake, _ options: TLSClient.Options = TLSClient.Options()
  ) throws {
    try self.init(port: port, options)
    let answer = try upgrade(handshake)
    guard answer.isUpgraded else { throw Problem.badHandshake(answer.head) }
  }

  /// Sends a handshake and reads the head of its answer; throws when that is a wrong 101.
  ///
  /// Whatever follows the head is read next: frames behind a 101, and by `client` the body of a refusal.
  /// - Parameter bytes: what follows the handshake in the same TLS record.
  @discardableResult package func upgrade(
    _ handshake: WebSocketHandshake, followedBy bytes: [UInt8] = []
  ) throws -> WebSocketHandshakeAnswer {
    try client.send(Array(handshake.text.utf8) + bytes)
    let head = try receiveHead()
    guard let answer = WebSocketHandshakeAnswer(head: head) else { throw Problem.badHandshake(head) }
    if answer.isUpgraded, let fault = handshake.fault(in: answer.fields) { throw Problem.badHandshake(fault) }
    return answer
  }

  private func receiveHead() throws(Problem) -> String {
    var bytes: [UInt8] = []
    let end = end()
    while true {
      if let border = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        if border.upperBound < bytes.count { client.pushBack(Array(bytes[border.upperBound...])) }
        return String(decoding: bytes[..<border.lowerBound], as: UTF8.self)
      }
      try check(end)
      bytes += try receiveBytes(unfinished: bytes.count)
    }
  }

  // MARK: Sending

  /// All in one TLS record, if they fit.
  package func send(_ frames: WebSocketFrame...) throws { try client.send(frames.flatMap(\.bytes)) }

  package func send(_ bytes: [UInt8]) throws { try client.send(bytes) }

  /// Each `length` bytes in a TLS record of their own.
  package func send(_ bytes: [UInt8], inRecordsOf length: Int) throws {
    for start in stride(from: 0, to: bytes.count, by: length) {
      try client.send(Array(bytes[start..<min(start + length, bytes.count)]))
    }
  }

  package func send(_ text: String) throws { try send(.text(text)) }

  // MARK: Receiving

  /// The next frame, of whatever kind.
  package func receiveFrame() throws(Problem) -> WebSocketFrame {
    try receiveFrame(until: end())
  }

  /// The next message. Pongs are skipped; pings are answered or not.
  package func receiveMessage(answeringPings: Bool = true) throws -> WebSocketMessage {
    let end = end()
    while true {
      let frame = try receiveFrame(until: end)
      switch frame.opcode {
      case .ping: if answeringPings { try send(WebSocketFrame(.pong, frame.payload)) }
      case .pong: break
      case .close: throw Problem.closed(try ReceivedClose(frame))
      default: if let message = try assemble(frame) { return message }
      }
    }
  }

  /// The next close frame; all other frames before it are dropped.
  package func receiveClose() throws(Problem) -> ReceivedClose {
    let end = end()
    while true {
      let frame = try receiveFrame(until: end)
      if frame.opcode == .close { return try ReceivedClose(frame) }
    }
  }

  /// Every frame until the connection ends or falls silent, how that was, and how many bytes came of a frame that is not
  /// complete.
  package func receiveAll() throws(Problem) -> (frames: [WebSocketFrame], ending: TLSClient.Ending, unfinished: Int) {
    var frames: [WebSocketFrame] = []
    let end = end()
    while true {
      do throws(Problem) {
        frames.append(try receiveFrame(until: end))
      } catch {
        guard case .ended(let ending, let unfinished) = error else { throw error }
        return (frames, ending, unfinished)
      }
    }
  }

  // MARK: Closing

  /// Closes as RFC 6455 asks: sends a close frame, waits for the server's, and then for the server to end the connection.
  package func close(
    _ code: UInt16 = 1000, _ reason: String = ""
  ) throws -> (close: ReceivedClose, ending: TLSClient.Ending) {
    try send(.close(code, reason))
    let close = try receiveClose()
    return (close, try endingAfterClose())
  }

  /// Waits for the server's close frame, answers it with the same code, and waits for the end of the connection.
  package func awaitClose() throws -> (close: ReceivedClose, ending: TLSClient.Ending) {
    let close = try receiveClose()
    // A server that has not waited for it shows in how the connection ends.
    try? send(close.code.map { .close($0) } ?? WebSocketFrame(.close))
    return (close, try endingAfterClose())
  }

  /// How the connection ends. Throws when anything comes behind the close frame.
  private func endingAfterClose() throws(Problem) -> TLSClient.Ending {
    let (frames, ending, unfinished) = try receiveAll()
    guard frames.isEmpty, unfinished == 0 else { throw .goesOnAfterClose }
    return ending
  }

  // MARK: Making

  private func receiveFrame(until end: ContinuousClock.Instant) throws(Problem) -> WebSocketFrame {
    while true {
      do throws(WebSocketFrameParser.Violation) {
        if let frame = try parser.next() { return frame }
      } catch {
        throw .violation(error)
      }
      try check(end)
      parser.append(try receiveBytes(unfinished: parser.bufferedCount))
    }
  }

  private func assemble(_ frame: WebSocketFrame) throws(Problem) -> WebSocketMessage? {
    do throws(WebSocketAssembler.Fault) {
      return try assembler.accept(frame)
    } catch {
      throw .badMessage(error)
    }
  }

  private func receiveBytes(unfinished: Int) throws(Problem) -> [UInt8] {
    switch client.receive() {
    case .success(let bytes): return bytes
    case .failure(let receipt): throw .ended(receipt.ending, unfinished: unfinished)
    }
  }

  private func end() -> ContinuousClock.Instant { .now + deadline }

  private func check(_ end: ContinuousClock.Instant) throws(Problem) {
    if ContinuousClock.now > end { throw .waitedInVain }
  }
}
