import HTTP

/// One outgoing HTTP/1.1 connection: an actor on its loop's thread, used for one call at a time.
///
/// The bytes go: caller → `OutputQueue` → socket, and socket → `ResponseReader` → caller. Neither queue grows beyond its bound:
/// a server that does not read holds the caller up, and a caller that does not read holds the server up.
actor ClientConnection: ClientSocketOwner, LoopResident {
  nonisolated let loop: Loop
  /// Where to, as the URL says it.
  nonisolated let origin: ClientOrigin
  let tls: TLSClientContext
  let configuration: ClientConfiguration
  var phase = Phase.new
  var socket: ClientSocket?
  var reader: ResponseReader
  var output = OutputQueue()
  /// The current call, or the last one.
  var exchange: ClientExchange?
  /// Writers that wait for room in the queue.
  var writers: [CheckedContinuation<Void, Never>] = []
  /// True while the socket is full and we wait to be told that it is not.
  var isBlocked = false
  /// The loop will let us write before it sleeps.
  var isFlushDue = false
  /// Set when the connection becomes a WebSocket, and kept to its end.
  var webSocket: WebSocketSession?
  var timer: LoopTimer?
  var watch: ClientWatch?
  private(set) var security: SocketSecurity?
  private(set) var address: SocketAddress?
  private var lastExchangeID: ClientExchange.ID = 0
  private weak let client: HTTPClient?

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }
  nonisolated var server: String { origin.description }

  /// Where a connection is in its life.
  enum Phase {
    case new
    case opening(ClientOpening)
    /// Between two calls.
    case idle
    /// Taken for a call: `exchange` has it, or will in a moment.
    case taken
    /// The server has switched protocols. What it sends is kept until somebody speaks the other one.
    case switched
    /// HTTP is over, see `webSocket`.
    case webSocket
    /// What is queued goes out; then goodbye.
    case finishing
    case closed(any Error)

    /// The server owes us nothing, nor we it.
    var isAtPeace: Bool {
      switch self {
      case .idle, .finishing: true
      case .new, .opening, .taken, .switched, .webSocket, .closed: false
      }
    }
  }

  init(
    to origin: ClientOrigin, on loop: Loop, tls: TLSClientContext, configuration: ClientConfiguration,
    client: HTTPClient
  ) {
    self.loop = loop
    self.origin = origin
    self.tls = tls
    self.configuration = configuration
    self.client = client
    reader = ResponseReader(limits: configuration.limits)
  }

  /// Takes the connection for one call, which is named by the result from here on: it can be cancelled.
  func take() -> ClientExchange.ID {
    if case .idle = phase { phase = .taken }
    watchOver(nil)
    lastExchangeID += 1
    return lastExchangeID
  }

  /// True before the first call, and from the second call on false.
  var isFresh: Bool { lastExchangeID <= 1 }

  func didOpen(to address: SocketAddress, security: SocketSecurity) {
    self.address = address
    self.security = security
    phase = .taken
    watchOver(nil)
  }

  /// The certificate that the server has shown was good then, and is not any more.
  var isOfExpiredServer: Bool {
    security?.session?.peer.map { $0.notAfter < UnixClock.now() } ?? false
  }

  /// The call was the beginning of something that goes on without it.
  private var isWebSocket: Bool {
    switch phase {
    case .webSocket, .finishing: true
    case .new, .opening, .idle, .taken, .switched, .closed: false
    }
  }

  // MARK: From the socket

  func socketDidOpen() {
    finishOpening()
  }

  func socketDidReceive() {
    switch phase {
    case .webSocket:
      if let webSocket { receiveFrames(for: webSocket) }
      return
    case .switched:
      return socket?.withReceived { reader.append($0) } ?? ()
    case .finishing:
      return
    case .new, .opening, .idle, .taken, .closed:
      break
    }
    guard let exchange, !exchange.isAnswered else {
      // Between two calls there is nothing to say: whatever this is, it would be taken for the next answer.
      return close(ClientError(.closed("the server sent bytes that nobody had asked for"), server))
    }
    exchange.hasReceived = true
    watch?.moved()
    socket?.withReceived { reader.append($0) }
    advance()
  }

  func socketIsWritable() {
    isBlocked = false
    watch?.moved()
    flush()
  }

  func socketDidClose() {
    guard let ending = socket?.ending else { return }
    socket = nil
    switch phase {
    case .opening:
      close(ClientError(ending, while: "in the TLS handshake", server))
    case .taken where exchange?.id == lastExchangeID:
      endExchange(because: ending)
    case .webSocket:
      let error = ClientError(ending, while: "before the WebSocket was closed", server)
      if let webSocket, outlivesPeer(webSocket, because: "\(error)") { return }
      close(error)
    case .finishing:
      close(ClientError(.closed("the WebSocket is closed"), server))
    case .taken:
      close(ClientError(ending, while: "before the request was sent", server))
    case .new, .idle, .switched, .closed:
      close(ClientError(ending, while: "between two calls", server))
    }
  }

  /// The loop ends.
  nonisolated func loopEnds() {
    assumeIsolated { $0.close(ClientError(.closed("the loop has ended"), $0.server)) }
  }

  // MARK: Ending

  /// Cancels a call: at whatever stage it is, its connection is closed at once. Nothing happens when the call is over.
  func cancel(_ id: ClientExchange.ID) {
    guard id == lastExchangeID, exchange?.isOver(id) != true, !isWebSocket else { return }
    if exchange?.isAnswered == false { exchange?.dropPieces() }
    close(CancellationError())
  }

  /// Nobody will read the answer to its end.
  func giveUp(_ id: ClientExchange.ID, because error: ClientError) {
    guard let exchange, exchange.id == id, !exchange.isOver(id) else { return }
    exchange.dropPieces()
    close(error)
  }

  /// Nobody can read the answer any more. If all of it is here, the connection may serve another.
  func abandon(_ id: ClientExchange.ID) {
    guard let exchange, exchange.id == id, !isWebSocket else { return }
    exchange.dropPieces()
    if exchange.isComplete { return release() }
    giveUp(id, because: ClientError(.closed("its answer was let go of before the end"), server))
  }

  /// The one way out. Whoever waits is told why.
  func close(_ error: any Error) {
    if case .closed = phase { return }
    let last = phase
    phase = .closed(error)
    timer?.stop()
    timer = nil
    watch = nil
    // Goodbye to a server that owes us nothing; a reset to one that is in the middle of something.
    if last.isAtPeace { socket?.close(sayingGoodbye: true) } else { socket?.close(sayingGoodbye: false) }
    socket = nil
    loop.liveCore?.residents.remove(self)
    if case .opening(let opening) = last { opening.fail(error) }
    exchange?.fail(error)
    if let webSocket {
      if webSocket.breakage == nil { webSocket.breakage = "\(error)" }
      endWebSocket(webSocket)
    }
    stopSending()
    client?.assumeIsolated { $0.connectionDidClose(self) }
  }

  /// The call is over and the next one may come, if both sides are able to.
  func release() {
    guard case .taken = phase, let exchange, exchange.id == lastExchangeID, exchange.isComplete,
      exchange.waitingBytes == 0
    else { return }
    guard case .queued = exchange.sending, output.isEmpty else {
      // Bytes of the request that the kernel still has nobody wants either: no goodbye, a reset.
      return close(ClientError(.closed("the call is over"), server))
    }
    phase = .idle
    guard socket != nil, reader.mayReuseConnection, let client else {
      return close(ClientError(.closed("the call is over"), server))
    }
    socket?.setReading(true)
    watchOver(ClientWatch(.idle, for: configuration.keepIdle))
    client.assumeIsolated { $0.connectionIsIdle(self) }
  }
}
