import CLibev
import CLibwebsockets
import Glibc
import HTTP

/// Who is told about a pipe. All are called on the loop's thread, with the actor entered.
protocol WebSocketPipeOwner: Actor {
  /// libwebsockets has sent something for the client: the handshake's answer, or one whole control frame.
  func pipeDidReceive(_ packet: [UInt8], from pipe: WebSocketPipe)
  /// There is room again after `send` had found none.
  func pipeDidDrain(_ pipe: WebSocketPipe)
  /// A piece of a message has come, its frame checked and unmasked.
  func pipe(_ pipe: WebSocketPipe, didDecode piece: WebSocketPiece) -> WebSocketPipe.Verdict
  /// The client's close frame; libwebsockets answers it.
  func pipe(_ pipe: WebSocketPipe, didDecodeClose code: WebSocketCloseCode?, reason: String)
  /// The last call: libwebsockets has closed its end, and all it had sent has been received.
  func pipeDidEnd(_ pipe: WebSocketPipe)
}

/// A piece of a message as libwebsockets decodes it.
struct WebSocketPiece {
  let bytes: [UInt8]
  let isBinary: Bool
  /// It ends the message.
  let isFinal: Bool
}

/// A WebSocket's way through libwebsockets' ws role: a `SOCK_SEQPACKET` pair, whose far end is a connection of lws's inner virtual
/// host, without TLS and without a listener.
///
/// Through it go the handshake, everything the client sends, and the control frames lws answers with. A packet is one whole frame
/// (or a piece of a large one): lws answers only the first of several pings that it reads at once. Data frames for the client do
/// not pass here; the connection writes them itself.
///
/// Threads: `@unchecked Sendable` because an actor and the loop's table both hold it; both are on the loop's thread.
@safe final class WebSocketPipe: @unchecked Sendable, ClosedByLoop {
  /// The most that lws reads at once.
  static let packetSize = FrameCutter.maxPacket
  /// Unix sockets would hide 200 KiB of a stopped reader's backlog; the kernel doubles this.
  private static let buffer: Int32 = 16 << 10

  enum Verdict: Sendable {
    case goOn
    case close(WebSocketCloseCode, reason: String)
  }

  let number: UInt
  private let loop: Loop
  private let descriptor: Int32
  /// Kept until it has been told of the end, or has discarded this.
  private var owner: (any WebSocketPipeOwner)?
  private var wsi: OpaquePointer?
  private var watcher: IOWatcher?
  private var isReceiving = true
  private var isFull = false
  private var closing: (code: WebSocketCloseCode, reason: String)?
  private var hasSaidClosing = false
  private var isDecoding = true
  private var isOpen = true

  /// Makes the pair and gives one end to lws. Nil when there are no descriptors left.
  static func open(on loop: Loop, owner: any WebSocketPipeOwner) -> WebSocketPipe? {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
    for end in ends { SocketOption.set(end, level: SOL_SOCKET, option: SO_SNDBUF, to: buffer) }
    let core = loop.core
    let pipe = WebSocketPipe(number: core.nextSocketNumber(), loop: loop, descriptor: ends[0], owner: owner)
    core.register(pipe)
    guard let host = try? core.webSocketHost(), let wsi = unsafe host.adopt(descriptor: ends[1], number: pipe.number)
    else {
      pipe.discard()
      return nil
    }
    unsafe pipe.wsi = unsafe wsi
    pipe.watch()
    return pipe
  }

  private init(number: UInt, loop: Loop, descriptor: Int32, owner: any WebSocketPipeOwner) {
    self.number = number
    self.loop = loop
    self.descriptor = descriptor
    self.owner = owner
    watcher = IOWatcher(descriptor: descriptor, on: loop) { [unowned self] in isReady(for: $0) }
  }

  // MARK: Our end

  /// Passes on one packet. False when the pair is full; `pipeDidDrain` tells when to try again.
  func send(_ packet: [UInt8]) -> Bool {
    guard isOpen else { return true }
    let sent = unsafe Glibc.send(descriptor, packet, packet.count, Int32(MSG_NOSIGNAL))
    // Any other failure means that lws has closed its end: nobody wants the packet, and the end itself comes by `receive`.
    guard sent < 0, errno == EAGAIN else { return true }
    isFull = true
    watch()
    return false
  }

  /// Nothing more comes from the peer: lws will find the end behind what was sent.
  func finishSending() {
    if isOpen { _ = shutdown(descriptor, Int32(SHUT_WR)) }
  }

  /// Back-pressure for what lws sends: while off, it waits in the pair.
  func setReceiving(_ on: Bool) {
    guard on != isReceiving else { return }
    isReceiving = on
    watch()
  }

  private func watch() {
    var interest: IOWatcher.Interest = []
    if isReceiving { interest.insert(.reading) }
    if isFull { interest.insert(.writing) }
    watcher?.wait(for: interest)
  }

  private func isReady(for interest: IOWatcher.Interest) {
    if interest.contains(.writing), isFull {
      isFull = false
      watch()
      notify { $0.pipeDidDrain(self) }
    }
    if interest.contains(.reading), isReceiving, isOpen { receive() }
  }

  private func receive() {
    // A bound for one turn, as for every descriptor.
    for _ in 0..<16 {
      var packet = [UInt8](repeating: 0, count: Self.packetSize)
      let got = unsafe recv(descriptor, &packet, packet.count, 0)
      switch got {
      case 1...:
        packet.removeLast(packet.count - got)
        notify { $0.pipeDidReceive(packet, from: self) }
        guard isOpen else { return }
      // A far end that was closed with something unread says so once, before what it had sent.
      case -1 where errno == ECONNRESET || errno == EINTR:
        continue
      case -1 where errno == EAGAIN:
        return
      default:
        return end()
      }
    }
  }

  private func end() {
    let owner = owner
    discard()
    if let owner { enter(owner) { $0.pipeDidEnd(self) } }
  }

  /// Closes both ends, now or before the loop sleeps. Nobody is told.
  func discard() {
    guard isOpen else { return }
    isOpen = false
    owner = nil
    watcher?.stop()
    watcher = nil
    close(descriptor)
    if unsafe wsi != nil { loop.core.closeSoon(self) }
  }

  // MARK: The far end

  /// Back-pressure for the client: while off, lws decodes nothing, and what comes waits in the pair.
  func setDecoding(_ on: Bool) {
    guard on != isDecoding, let wsi = unsafe wsi else { return }
    isDecoding = on
    unsafe _ = lws_rx_flow_control(wsi, on ? 1 : 0)
    // What lws had read before it was told to stop waits in a list of its own, of which no descriptor tells.
    if on { unsafe lws_cancel_service(lws_get_context(wsi)) }
  }

  /// Begins the closing handshake: lws sends the close frame and waits for the client's.
  func beginClosing(_ code: WebSocketCloseCode, reason: String) {
    guard closing == nil, let wsi = unsafe wsi else { return }
    closing = (code, reason)
    setDecoding(true)
    // lws closes from within a callback of its own.
    unsafe _ = lws_callback_on_writable(wsi)
  }

  /// For lws's callbacks. Not 0 asks lws to close, with the reason that was set.
  func didDecode(_ piece: WebSocketPiece) -> Int32 {
    guard closing == nil, let owner else { return 0 }
    guard case .close(let code, let reason) = enter(owner, { $0.pipe(self, didDecode: piece) }) else { return 0 }
    closing = (code, reason)
    return sayClosing()
  }

  func didBecomeWritable() -> Int32 {
    closing == nil ? 0 : sayClosing()
  }

  /// Once: lws, which calls again when it has sent the close frame, would take a second time for the wish not to wait for the
  /// client's.
  private func sayClosing() -> Int32 {
    guard let closing, !hasSaidClosing, let wsi = unsafe wsi else { return 0 }
    hasSaidClosing = true
    let reason = Array(closing.reason.utf8)
    unsafe signalbox_lws_close_reason(wsi, closing.code.rawValue, reason, reason.count)
    return -1
  }

  func didDecodeClose(_ code: WebSocketCloseCode?, reason: String) {
    notify { $0.pipe(self, didDecodeClose: code, reason: reason) }
  }

  /// lws's end is gone. What it had sent is still to be received; our end learns of the end behind that.
  func didClose() {
    unsafe wsi = nil
    loop.core.forget(self)
  }

  func closeNow() {
    guard let wsi = unsafe wsi else { return }
    unsafe signalbox_lws_kill(wsi)
  }

  private func notify(_ event: (isolated any WebSocketPipeOwner) -> Void) {
    if let owner { enter(owner, event) }
  }

  private func enter<Owner: WebSocketPipeOwner, Value: Sendable>(
    _ owner: Owner, _ event: (isolated Owner) -> Value
  ) -> Value {
    owner.assumeIsolated(event)
  }
}
