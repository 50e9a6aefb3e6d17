import Glibc
import HTTP
import Telemetry

/// What becomes of the descriptors that a listener accepts.
enum AcceptedKind {
  case tls(VirtualHost)
  case plain
}

/// A listener's part on one loop: its own listening socket (SO_REUSEPORT spreads the connections), its TLS context, its connections.
actor ListenerShard {
  nonisolated let loop: Loop
  private let context: ListenerContext
  private let descriptor: Int32
  private let sendBuffer: Int
  /// Nil until it is open.
  private var kind: AcceptedKind?
  private var watcher: IOWatcher?
  private var retry: LoopTimer?
  private var connections: [ObjectIdentifier: Connection] = [:]
  private var emptyWaiters: [CheckedContinuation<Void, Never>] = []
  private var isClosed = false
  /// Connections that are still to be judged by the rules of the last reload.
  private var unreviewed: [Connection] = []
  private var reviewer: LoopTimer?

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  /// Takes the descriptor over.
  init(loop: Loop, context: ListenerContext, descriptor: Int32, sendBuffer: Int) {
    self.loop = loop
    self.context = context
    self.descriptor = descriptor
    self.sendBuffer = sendBuffer
  }

  func open(_ security: ListenerSecurity) throws {
    kind =
      switch security {
      case .tls(let tls): .tls(try loop.core.makeVirtualHost(named: context.name, tls: tls))
      case .plainOnLoopback: .plain
      }
    watcher = IOWatcher(descriptor: descriptor, on: loop) { [weak self] _ in
      self?.assumeIsolated { $0.acceptAll() }
    }
    retry = LoopTimer(on: loop) { [weak self] in self?.assumeIsolated { $0.resumeAccepting() } }
    resumeAccepting()
  }

  /// New handshakes get this from now on, and open connections are judged by it.
  func reload(_ tls: TLSConfiguration) throws {
    guard case .tls(let host) = kind else { return }
    try host.tls.apply(tls)
    guard !isClosed else { return }
    unreviewed = Array(connections.values)
    reviewer?.stop()
    reviewer = LoopTimer(on: loop) { [weak self] in self?.assumeIsolated { $0.reviewSome(under: tls.clients) } }
    reviewSome(under: tls.clients)
  }

  /// A verdict takes a few signatures: the loop serves others between one handful and the next.
  private func reviewSome(under rules: ClientCertificates) {
    let end = ContinuousClock.now + .milliseconds(5)
    while let connection = unreviewed.popLast() {
      connection.assumeIsolated { $0.review(under: rules) }
      if ContinuousClock.now >= end { return reviewer?.set(after: .zero) ?? () }
    }
  }

  func pauseAccepting() {
    watcher?.stop()
    retry?.cancel()
  }

  func resumeAccepting() {
    if !isClosed { watcher?.wait(for: .reading) }
  }

  /// Takes no new connections, and nothing more on those that are open.
  func takeNoMore() {
    closeListener()
    for connection in connections.values { connection.assumeIsolated { $0.takeNoMore() } }
  }

  /// Stops listening and lets every connection finish what it is answering.
  func drain() {
    closeListener()
    for connection in connections.values { connection.assumeIsolated { $0.drain() } }
  }

  /// Cuts what is left.
  func cut() {
    closeListener()
    for connection in connections.values { connection.assumeIsolated { $0.cut() } }
  }

  /// Returns when the last connection is gone.
  func untilEmpty() async {
    await withCheckedContinuation { continuation in
      // Looked at in here, because getting here may cost a turn of the loop.
      if connections.isEmpty { continuation.resume() } else { emptyWaiters.append(continuation) }
    }
  }

  func connectionDidClose(_ connection: Connection) {
    guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
    context.admission.leave(connection.address.host)
    context.telemetry.connectionsOpen.subtract()
    guard connections.isEmpty else { return }
    let waiters = emptyWaiters
    emptyWaiters = []
    for waiter in waiters { waiter.resume() }
  }

  private func closeListener() {
    guard !isClosed else { return }
    isClosed = true
    watcher?.stop()
    watcher = nil
    retry?.stop()
    retry = nil
    reviewer?.stop()
    reviewer = nil
    unreviewed = []
    close(descriptor)
  }

  private func acceptAll() {
    // A bound for one turn: connections that exist must not wait for a storm of new ones.
    for _ in 0..<64 {
      switch ListenSocket.accept(descriptor) {
      case .connection(let accepted, let address):
        take(accepted, from: address)
      case .none:
        return
      case .outOfDescriptors:
        context.telemetry.log.error("out of file descriptors", ["listener": .string(context.name)])
        watcher?.stop()
        retry?.set(after: .milliseconds(100))
        return
      }
    }
  }

  private func take(_ accepted: Int32, from address: SocketAddress) {
    guard let kind else { return refuse(accepted) }
    switch context.admission.enter(address.host) {
    case .admitted: break
    case .full, .tooManyFromAddress:
      context.telemetry.connectionsRefused.add()
      return refuse(accepted)
    }
    SocketOption.sendAtOnce(accepted)
    SocketOption.boundSendBuffer(accepted, bytes: sendBuffer)
    SocketOption.giveUpUnacknowledged(accepted, after: context.deadlines.answer)
    let connection = Connection(loop: loop, address: address, context: context, shard: self)
    connections[ObjectIdentifier(connection)] = connection
    context.telemetry.connectionsAccepted.add()
    context.telemetry.connectionsOpen.add()
    connection.assumeIsolated { $0.begin(descriptor: accepted, as: kind) }
  }

  private func refuse(_ accepted: Int32) {
    SocketOption.discardOnClose(accepted)
    close(accepted)
  }
}
