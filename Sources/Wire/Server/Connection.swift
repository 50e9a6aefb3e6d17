import HTTP
import Telemetry

/// One HTTP/1.1 connection: an actor on its loop's thread, where libwebsockets calls it and its handlers run. Nothing is locked.
///
/// The bytes go: socket → `RequestReader` → handler → `OutputQueue` → socket. Requests are served one after the other; what a client
/// sends ahead waits in the reader, and then in the client, because nothing is read that could not be kept.
actor Connection: SocketOwner, FlushedByLoop {
  nonisolated let loop: Loop
  nonisolated let address: SocketAddress
  let context: ListenerContext
  private unowned let shard: ListenerShard
  var socket: (any ServerSocket)?
  var reader: RequestReader
  var output = OutputQueue()
  var phase = Phase.waiting(isFirst: true)
  /// Set when the connection becomes a WebSocket, and kept to its end.
  var webSocket: WebSocketSession?
  /// Known from the first bytes on.
  var security: SocketSecurity?
  var watch: Watch?
  /// What the peer had taken of our answers when its pace was last looked at.
  var lastDelivered = 0
  var timer: LoopTimer?
  /// True while the socket is full and we wait to be told that it is not.
  var isBlocked = false
  /// Writers that wait for room in the queue.
  var writers: [CheckedContinuation<Void, any Error>] = []
  /// What was written since the loop last had a turn.
  var writtenInTurn = 0
  /// The loop will let us write before it sleeps.
  var isFlushDue = false
  /// True while `advance` is at work: what it causes must not begin it again.
  var isAdvancing = false
  /// Why no further request is taken, once that is so.
  var leaving: Leaving?
  /// The listener's rules have changed during the handshake: what it finds is to be judged by these.
  var newRules: ClientCertificates?
  /// How the last event stream ended, for whoever asks when it is over.
  var lastEvents: (exchange: Exchange.ID, end: EventStreamEnd)?
  private var exchanges: Exchange.ID = 0
  private var discarded = 0
  private var hasShakenHands = false
  private var isEvicted = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  /// Where a connection is in its life.
  enum Phase {
    /// Nothing of a request has come: TLS handshake (`isFirst`), or between two requests.
    case waiting(isFirst: Bool)
    case receivingHead
    case exchanging(Exchange)
    /// HTTP is over; the exchange is what it was switched with. See `webSocket`.
    case webSocket(Exchange)
    /// The last answer is in the queue; then goodbye.
    case finishing
    /// Our half is closed. What still comes is thrown away, so that the answer is not lost to a reset.
    case lingering
    case closed
  }

  init(loop: Loop, address: SocketAddress, context: ListenerContext, shard: ListenerShard) {
    self.loop = loop
    self.address = address
    self.context = context
    self.shard = shard
    reader = RequestReader(limits: context.requestLimits)
  }

  /// Takes over an accepted descriptor.
  func begin(descriptor: Int32, as kind: AcceptedKind) {
    // Unowned, like every reference back to a connection: its timers are stopped as it closes. A weak one would put each retain of it
    // on a slow path for good.
    timer = LoopTimer(on: loop) { [unowned self] in assumeIsolated { $0.timeIsUp() } }
    switch kind {
    case .tls(let host): socket = TLSSocket.adopt(descriptor: descriptor, on: host, loop: loop, owner: self)
    case .plain: socket = PlainSocket.adopt(descriptor: descriptor, loop: loop, owner: self)
    }
    guard socket != nil else { return close() }
    watchOver(.handshake)
  }

  // MARK: From the socket

  func socketDidReceive() {
    switch phase {
    case .closed: return
    case .lingering: return discard()
    case .webSocket(let exchange): return receiveFrames(for: exchange)
    case .waiting, .receivingHead, .exchanging, .finishing: break
    }
    guard security != nil || identify() else { return }
    socket?.withReceived { bytes in
      watch?.moved(bytes.count, in: .body)
      reader.append(bytes)
    }
    advance()
  }

  func socketIsWritable() {
    isBlocked = false
    flush()
  }

  func socketDidClose() {
    hasShakenHands = socket?.hasShakenHands == true
    socket = nil
    if let webSocket, outlivesPeer(webSocket) { return }
    close()
  }

  /// Reads who the peer is, once the handshake is done. False when it may not be served.
  private func identify() -> Bool {
    // The handshake has refused bad certificates already; OpenSSL's verdict is looked at once more, so that no callback of lws
    // or of ours can ever let one through.
    guard let security = socket?.security, security.session?.isVerified != false,
      newRules.flatMap({ socket?.certificateFault(under: $0) }) == nil
    else {
      context.telemetry.log.warning("unverified peer refused", ["peer": .string(address.description)])
      socket?.reset()
      return false
    }
    self.security = security
    newRules = nil
    return true
  }

  private func discard() {
    socket?.withReceived { discarded += $0.count }
    if discarded > 4 << 20 { socket?.reset() }
  }

  // MARK: Ending

  /// Lets the current answer go out, then says goodbye.
  func finish() {
    phase = .finishing
    flush()
  }

  /// Ends our half: close_notify, FIN; then waits for the peer's half.
  func sayGoodbye() {
    phase = .lingering
    socket?.shutdownSending()
    socket?.setReading(true)
    watchOver(.goodbye)
  }

  /// Cuts the connection: the server's time for draining is over.
  func cut() {
    socket == nil ? close() : socket?.reset()
  }

  /// The one way out: the socket is gone.
  func close() {
    if case .closed = phase { return }
    let last = phase
    phase = .closed
    if security == nil, !hasShakenHands { context.telemetry.handshakesFailed.add() }
    timer?.stop()
    timer = nil
    watch = nil
    output.removeAll()
    let gone = WireError(.closed, "The peer at \(address) has gone.")
    resumeWriters(throwing: gone)
    if case .exchanging(let exchange) = last {
      exchange.failBody(gone)
      exchange.task?.cancel()
      exchange.events?.end(.peerGone)
      record(exchange, outcome: "client-gone")
    }
    if let webSocket { endWebSocket(webSocket) }
    if case .webSocket(let exchange) = last {
      exchange.task?.cancel()
      record(exchange, outcome: "client-gone")
    }
    let shard = shard
    shard.assumeIsolated { $0.connectionDidClose(self) }
  }

  /// Counts that this connection had to go, once: a stream that is ended as slow may yet be cut for its farewell.
  func countEviction() {
    guard !isEvicted else { return }
    isEvicted = true
    context.telemetry.evictions.add()
  }

  func nextExchangeID() -> Exchange.ID {
    exchanges += 1
    return exchanges
  }

  /// Writes the access line, once.
  func record(_ exchange: Exchange, outcome: String? = nil) {
    guard !exchange.isRecorded else { return }
    exchange.isRecorded = true
    context.telemetry.record(
      RequestRecord(
        requestID: exchange.requestID, peer: address.host, method: exchange.head.method.rawValue,
        route: exchange.route, target: exchange.head.target.raw, status: exchange.status?.code ?? 0,
        bytesIn: exchange.bytesIn, bytesOut: exchange.bytesOut,
        duration: .now - exchange.startedAt, outcome: outcome))
  }
}
