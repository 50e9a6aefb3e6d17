import HTTP

// From a name to a finished handshake.
extension ClientConnection {
  /// Resolves, connects and shakes hands, within the deadline that comes first: its own or that of the whole call. Throws
  /// `ClientError`, or `CancellationError` when cancelled.
  func open(within deadlines: ClientDeadlines) async throws {
    // What has become of it meanwhile `perform` will see.
    guard case .new = phase else { return }
    try await withCheckedThrowingContinuation { opener in
      begin(opener, deadlines)
    }
  }

  /// Throws why it is not open.
  func requireOpen() throws {
    if case .closed(let error) = phase { throw error }
  }

  private func begin(_ opener: CheckedContinuation<Void, any Error>, _ deadlines: ClientDeadlines) {
    // Looked at in here, because getting here may cost a turn of the loop.
    if case .closed(let error) = phase { return opener.resume(throwing: error) }
    let headStart = LoopTimer(on: loop) { [weak self] in self?.assumeIsolated { $0.startNextAttempt() } }
    phase = .opening(ClientOpening(opener: opener, headStart: headStart))
    guard let core = loop.liveCore, core.residents.add(self) else {
      return close(ClientError(.closed("the loop has ended"), server))
    }
    timer = LoopTimer(on: loop) { [weak self] in self?.assumeIsolated { $0.timeIsUp() } }
    if let total = deadlines.total, total < deadlines.connect {
      watchOver(ClientWatch(.call(.total), for: total))
    } else {
      watchOver(ClientWatch(.call(.connect), for: deadlines.connect))
    }
    if let address = try? SocketAddress(host: origin.host, port: origin.port) { return dial([address]) }
    Task { [origin] in
      switch await NameResolver.addresses(of: origin.host, port: origin.port) {
      case .success(let addresses): dial(addresses)
      case .failure(let failure): close(ClientError(.unresolved(failure.reason), server))
      }
    }
  }

  private func dial(_ addresses: [SocketAddress]) {
    // The deadline may have passed, or the caller gone, while the name was looked up.
    guard case .opening(let opening) = phase else { return }
    opening.race = AddressRace(addresses)
    startNextAttempt()
  }

  private func startNextAttempt() {
    guard case .opening(let opening) = phase, opening.chosen == nil else { return }
    while let address = opening.race.next() {
      if let objection = objection(to: address) {
        opening.race.refused(address, because: objection)
        continue
      }
      let started = PendingConnection.start(to: address, on: loop) { [weak self] outcome in
        self?.assumeIsolated { $0.attempt(at: address, ended: outcome) }
      }
      switch started {
      case .success(let attempt):
        opening.pending[address] = attempt
        return opening.headStart.set(after: AddressRace.head)
      case .failure(let failure):
        opening.race.failed(address, because: failure.reason)
      }
    }
    if opening.race.isForbidden { return close(ClientError(.forbidden(opening.race.attempts), server)) }
    if opening.race.isLost { close(ClientError(.unreachable(opening.race.attempts), server)) }
  }

  /// Why this address may not be called. Asked of each address just before it is dialled: a name may lead anywhere, and somewhere
  /// else the next time.
  private func objection(to address: SocketAddress) -> String? {
    if !origin.isEncrypted, !address.isLoopback {
      return "it is not this machine, and the call is not encrypted; use https://"
    }
    return configuration.addresses.objection(to: address)
  }

  private func attempt(at address: SocketAddress, ended outcome: PendingConnection.Outcome) {
    guard case .opening(let opening) = phase else { return }
    opening.pending[address] = nil
    switch outcome {
    case .failed(let reason):
      opening.race.failed(address, because: reason)
      startNextAttempt()
    case .connected(let descriptor):
      opening.chosen = address
      opening.giveUpRest()
      let protection: ClientProtection =
        origin.isEncrypted ? .tls(tls, ServerIdentity(host: origin.host, names: configuration.tls.names)) : .plain
      socket = ClientSocket(descriptor: descriptor, on: loop, protection: protection, owner: self)
      if socket == nil { close(ClientError(.garbled("OpenSSL cannot ask for this name"), server)) }
    }
  }

  func finishOpening() {
    guard case .opening(let opening) = phase, let address = opening.chosen, let security = socket?.security else {
      return
    }
    didOpen(to: address, security: security)
    opening.succeed()
  }
}
