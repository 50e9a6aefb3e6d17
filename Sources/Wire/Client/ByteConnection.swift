/// An outgoing connection for protocols that are no HTTP: an actor on its loop's thread, with bytes both ways. What is sent within one
/// turn of the loop leaves in one write.
package actor ByteConnection: ClientSocketOwner, LoopResident, FlushedByLoop {
  package nonisolated let loop: Loop
  private let target: ByteTarget
  private let tls: TLSClientContext?
  private let received: @Sendable ([UInt8]) -> Void
  private let ended: @Sendable (ClientError) -> Void
  private var phase = Phase.new
  private var race = AddressRace([])
  private var attempt: PendingConnection?
  private var socket: ClientSocket?
  private var output = OutputQueue()
  /// True while the socket is full and we wait to be told that it is not.
  private var isBlocked = false
  /// The loop will let us write before it sleeps.
  private var isFlushDue = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }
  private nonisolated var server: String { target.description }

  private enum Phase {
    case new
    case opening(CheckedContinuation<Void, any Error>, LoopTimer)
    case open
    case closed
  }

  /// - Parameters:
  ///   - received: is told of what comes, on the loop's thread.
  ///   - ended: is told, likewise, why a connection that was open is not any more. Not called when its owner has closed it.
  package init(
    to target: ByteTarget, on loop: Loop, received: @escaping @Sendable ([UInt8]) -> Void,
    ended: @escaping @Sendable (ClientError) -> Void
  ) throws(WireError) {
    self.target = target
    self.loop = loop
    self.received = received
    self.ended = ended
    if let tls = target.tls { self.tls = try TLSClientContext(tls, application: nil) } else { self.tls = nil }
  }

  /// Returns when the connection stands and, with TLS, the server is who it should be. Throws `ClientError`.
  package func open(within limit: Duration) async throws {
    try await withCheckedThrowingContinuation { opener in
      begin(opener, limit)
    }
  }

  /// What is sent before it is open, or after its end, is dropped.
  package func send(_ bytes: [UInt8]) {
    guard case .open = phase else { return }
    output.append(bytes)
    if output.count >= TLSSocket.recordSize { return flush() }
    guard !isFlushDue, let core = loop.liveCore else { return }
    isFlushDue = true
    core.flushSoon(self)
  }

  package func close() {
    end(ClientError(.closed("it is closed"), server), isOwn: true)
  }

  // MARK: Opening

  private func begin(_ opener: CheckedContinuation<Void, any Error>, _ limit: Duration) {
    guard case .new = phase, let core = loop.liveCore, core.residents.add(self) else {
      return opener.resume(throwing: ClientError(.closed("the loop has ended, or it was closed"), server))
    }
    let timer = LoopTimer(on: loop) { [weak self, server] in
      self?.assumeIsolated { $0.end(ClientError(.timedOut(.connect, after: limit), server)) }
    }
    timer.set(after: limit)
    phase = .opening(opener, timer)
    if let address = try? SocketAddress(host: target.host, port: target.port) { return dial([address]) }
    Task { [target] in
      switch await NameResolver.addresses(of: target.host, port: target.port) {
      case .success(let addresses): dial(addresses)
      case .failure(let failure): end(ClientError(.unresolved(failure.reason), server))
      }
    }
  }

  private func dial(_ addresses: [SocketAddress]) {
    guard case .opening = phase else { return }
    race = AddressRace(addresses)
    tryNext()
  }

  /// One address after the other: a server of one's own has few.
  private func tryNext() {
    guard case .opening = phase else { return }
    while let address = race.next() {
      guard tls != nil || address.isLoopback else {
        race.refused(address, because: "it is not this machine, and the connection is not encrypted")
        continue
      }
      let started = PendingConnection.start(to: address, on: loop) { [weak self] outcome in
        self?.assumeIsolated { $0.attempt(at: address, ended: outcome) }
      }
      switch started {
      case .success(let attempt): return self.attempt = attempt
      case .failure(let failure): race.failed(address, because: failure.reason)
      }
    }
    end(ClientError(race.isForbidden ? .forbidden(race.attempts) : .unreachable(race.attempts), server))
  }

  private func attempt(at address: SocketAddress, ended outcome: PendingConnection.Outcome) {
    attempt = nil
    switch outcome {
    case .failed(let reason):
      race.failed(address, because: reason)
      tryNext()
    case .connected(let descriptor):
      let protection: ClientProtection =
        if let tls { .tls(tls, ServerIdentity(host: target.host, names: target.tls?.names)) } else { .plain }
      socket = ClientSocket(descriptor: descriptor, on: loop, protection: protection, owner: self)
      if socket == nil { end(ClientError(.garbled("OpenSSL cannot ask for this name"), server)) }
    }
  }

  // MARK: From the socket

  func socketDidOpen() {
    guard case .opening(let opener, let timer) = phase else { return }
    timer.stop()
    phase = .open
    opener.resume()
  }

  func socketDidReceive() {
    var bytes: [UInt8] = []
    socket?.withReceived { span in
      bytes = unsafe span.withUnsafeBytes { unsafe Array($0) }
    }
    received(bytes)
  }

  func socketIsWritable() {
    isBlocked = false
    flush()
  }

  func socketDidClose() {
    guard let ending = socket?.ending else { return }
    socket = nil
    let place = if case .opening = phase { "in the TLS handshake" } else { "while it was in use" }
    end(ClientError(ending, while: place, server))
  }

  /// The loop ends.
  nonisolated func loopEnds() {
    assumeIsolated { $0.end(ClientError(.closed("the loop has ended"), $0.server)) }
  }

  nonisolated func turnIsOver() {
    assumeIsolated {
      $0.isFlushDue = false
      $0.flush()
    }
  }

  // MARK: Bytes out

  /// Writes what is queued, as far as the socket takes it.
  private func flush() {
    guard let core = loop.liveCore else { return }
    // Looked at anew each time: a write may find out that the connection is over.
    while !output.isEmpty, !isBlocked, let socket {
      let outcome = output.offer(limit: TLSSocket.recordSize, scratch: &core.scratch) { bytes, offset, count in
        socket.write(bytes, from: offset, count: count)
      }
      switch outcome {
      case .wrote: continue
      case .full:
        isBlocked = true
        socket.notifyWhenWritable()
      case .failed:
        // The reason is told by reading.
        return output.removeAll()
      }
    }
  }

  /// The one way out.
  private func end(_ error: ClientError, isOwn: Bool = false) {
    let last = phase
    if case .closed = last { return }
    phase = .closed
    attempt?.giveUp()
    attempt = nil
    if case .open = last { socket?.close(sayingGoodbye: true) } else { socket?.close(sayingGoodbye: false) }
    socket = nil
    output.removeAll()
    loop.liveCore?.residents.remove(self)
    switch last {
    case .opening(let opener, let timer):
      timer.stop()
      opener.resume(throwing: error)
    case .open:
      if !isOwn { ended(error) }
    case .new, .closed:
      break
    }
  }
}
