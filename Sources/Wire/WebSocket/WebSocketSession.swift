import HTTP

/// What a holder keeps for its WebSocket, from the handshake to its end. Belongs to the holder's actor and never leaves it.
final class WebSocketSession {
  /// Decoded messages that may wait for their reader before the peer has to.
  static let inboxLimit = 64 << 10

  enum Stage {
    /// The far end of the pipe has been asked; its answer is the handshake's.
    case opening
    case open
    /// A close frame is on its way, ours or the peer's: no message goes out any more.
    case closing
    case ended(WebSocketEnd)
  }

  /// Which side we are.
  enum Role {
    case server
    case client
  }

  let role: Role
  let options: WebSocketOptions
  let subprotocol: String?
  let pipe: WebSocketPipe
  var stage = Stage.opening
  /// The handshake was answered, whatever has happened since.
  var hasOpened = false
  var vigil: WebSocketVigil
  let pulse: LoopTimer
  var cutter = FrameCutter()
  private var rules: WebSocketFrameRules
  /// The peer has said goodbye, or broken the protocol: nothing of what follows means anything.
  var isDeaf = false
  /// A ping is with libwebsockets. What came behind it is answered behind it: libwebsockets would drop a second ping, and pass on
  /// a message, before it has answered the first.
  var awaitsPong = false
  /// The frame whose packets are coming began behind our goodbye, and is not the peer's.
  private var dropsFrame = false
  /// Of what waits, bytes for which their writer waits, too.
  var settlingBytes = 0
  /// A packet for which the pipe had no room.
  var held: [UInt8]?
  var inbox = MessageInbox()
  var turns = MessageTurns()
  /// What a server has given as its proof, to be compared with libwebsockets'.
  var expectedAccept: String?
  /// Who began the closing handshake, and how.
  var farewell: WebSocketEnd?
  /// The connection has ended. What it had brought is still being decoded.
  var peerIsGone = false
  /// Why there was no closing handshake, where that is known.
  var breakage: String?
  var opener: CheckedContinuation<Void, Never>?
  var receiver: CheckedContinuation<Void, Never>?
  var enders: [CheckedContinuation<WebSocketEnd, Never>] = []

  init(
    as role: Role, options: WebSocketOptions, subprotocol: String?, pipe: WebSocketPipe, pulse: LoopTimer,
    now: ContinuousClock.Instant
  ) {
    self.role = role
    self.options = options
    self.subprotocol = subprotocol
    self.pipe = pipe
    self.pulse = pulse
    vigil = WebSocketVigil(options, now: now)
    rules = WebSocketFrameRules(for: role == .server ? .client : .server)
  }

  /// Messages may still come.
  var isOpen: Bool {
    if case .open = stage { true } else { false }
  }

  /// Messages may be sent.
  var maySend: Bool { isOpen && !peerIsGone }

  /// What has come may be passed on.
  var takesFrames: Bool { held == nil && !isDeaf && !awaitsPong }

  /// What those get who still want to send.
  var closingError: WireError {
    guard let farewell else { return WireError(.closed, breakage ?? "The WebSocket broke off.") }
    let code = farewell.code.map { " with \($0.rawValue)" } ?? ""
    return WireError(.closed, "The WebSocket is closed\(code)\(farewell.reason.isEmpty ? "." : ": \(farewell.reason)")")
  }

  /// Has libwebsockets shake hands; returns when it has, or when all is over.
  func open(key: String, for holder: isolated some WebSocketHolder) async {
    _ = pipe.send(WebSocketHandshake.canonicalRequest(key: key))
    holder.setPulse(self)
    holder.advanceWebSocket(self)
    await withCheckedContinuation { continuation in
      if case .opening = stage { opener = continuation } else { continuation.resume() }
    }
  }

  /// Passes on one packet of the peer's. The result is what is wrong with it, if something is that must not reach libwebsockets.
  func pass(_ packet: [UInt8], beginning opcode: WebSocketOpcode?) -> String? {
    var packet = packet
    if let opcode {
      // Behind our goodbye only the peer's counts. (A ping would keep libwebsockets from hearing it.)
      dropsFrame = farewell != nil && opcode != .close
    }
    guard !dropsFrame else { return nil }
    if let opcode {
      if let fault = rules.fault(in: packet) { return fault }
      // Our pings are our own, and so are the pongs. (libwebsockets would take one inside a text for a part of it.)
      if opcode == .pong { return nil }
      awaitsPong = maySend && opcode == .ping
      // Nothing counts behind a goodbye. (libwebsockets would go on reading until it has sent its own.)
      if opcode == .close { isDeaf = true }
      if role == .client { packet = WebSocketMask.addingZeros(packet) }
    }
    if !pipe.send(packet) { held = packet }
    return nil
  }

  func wakeReceiver() {
    receiver?.resume()
    receiver = nil
  }
}

/// Messages put together from decoded pieces, and those that wait for a reader.
struct MessageInbox {
  enum Fault: Error {
    case tooLong
    case notUTF8
  }

  private var waiting: [WebSocketMessage] = []
  private var head = 0
  /// Bytes of the messages that wait, with something for each so that empty ones count.
  private(set) var weight = 0
  private var unfinished: [UInt8] = []

  var isEmpty: Bool { head == waiting.count }

  /// Adds a piece; true when a message has become whole.
  mutating func add(_ piece: WebSocketPiece, limit: Int) throws(Fault) -> Bool {
    guard unfinished.count + piece.bytes.count <= limit else { throw .tooLong }
    if unfinished.isEmpty { unfinished = piece.bytes } else { unfinished += piece.bytes }
    guard piece.isFinal else { return false }
    var bytes: [UInt8] = []
    swap(&bytes, &unfinished)
    if piece.isBinary {
      waiting.append(.binary(bytes))
    } else {
      // libwebsockets checks as the bytes come, and misses a character cut off by an empty last fragment.
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
      waiting.append(.text(text))
    }
    weight += Self.weight(of: waiting[waiting.count - 1])
    return true
  }

  mutating func take() -> WebSocketMessage? {
    guard head < waiting.count else { return nil }
    let message = waiting[head]
    waiting[head] = .binary([])
    head += 1
    weight -= Self.weight(of: message)
    // Also while some wait: a reader that is always one behind would never see the end.
    if head == waiting.count || head >= 64 && head * 2 >= waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
    return message
  }

  private static func weight(of message: WebSocketMessage) -> Int {
    switch message {
    case .text(let text): text.utf8.count + 64
    case .binary(let bytes): bytes.count + 64
    }
  }
}

/// Who may send: one message after the other, however many fragments it takes.
struct MessageTurns {
  private(set) var current = 0
  private(set) var isTaken = false
  /// The fragment to come is not the message's first.
  var hasBegun = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// Whole messages that have come meanwhile from somebody who does not wait.
  private var postponed: [[UInt8]] = []
  private(set) var postponedBytes = 0

  mutating func postpone(_ frame: [UInt8]) {
    postponed.append(frame)
    postponedBytes += frame.count
  }

  mutating func wait(_ continuation: CheckedContinuation<Void, Never>) {
    waiting.append(continuation)
  }

  mutating func take() -> Int {
    isTaken = true
    hasBegun = false
    current += 1
    return current
  }

  /// Everybody looks again; the first one takes the turn. The result is what was postponed.
  @discardableResult
  mutating func release() -> [[UInt8]] {
    isTaken = false
    let others = waiting
    waiting = []
    for other in others { other.resume() }
    postponedBytes = 0
    defer { postponed = [] }
    return postponed
  }
}
