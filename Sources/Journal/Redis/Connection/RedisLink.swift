import Wire

/// One connection to the server: commands out, replies in, in the same order. On the loop it was made for.
actor RedisLink: LoopActor {
  nonisolated let loop: Loop
  private let server: String
  private let settings: String
  private let silence: Duration
  private let reader = ReplyReader()
  private var wire: ByteConnection?
  private var waiting = Waiting()
  private var heard = ContinuousClock.now
  private var vigil: Task<Void, Never>?
  private var trouble: RedisTrouble?
  /// Told once, when a connection that stood has gone without its owner's doing.
  private let ended: @Sendable (RedisTrouble) -> Void

  /// Who waits for the next replies.
  private struct Waiting {
    enum Waiter {
      case task(CheckedContinuation<Result<RedisReply, RedisTrouble>, Never>)
      case owner(@Sendable (RedisReply) -> Void)
    }

    private var waiters: [Waiter] = []
    private var head = 0

    var isEmpty: Bool { head == waiters.count }

    mutating func append(_ waiter: Waiter) { waiters.append(waiter) }

    mutating func next() -> Waiter? {
      guard head < waiters.count else { return nil }
      defer {
        head += 1
        if head == waiters.count || head >= 1024 {
          waiters.removeFirst(head)
          head = 0
        }
      }
      return waiters[head]
    }
  }

  /// - Parameters:
  ///   - settings: what those begin with that say how the server and we know each other.
  ///   - silence: how long a reply may take without a byte of it.
  init(
    on loop: Loop, to server: String, by settings: String, silence: Duration,
    ended: @escaping @Sendable (RedisTrouble) -> Void
  ) {
    self.loop = loop
    self.server = server
    self.settings = settings
    self.silence = silence
    self.ended = ended
  }

  func open(_ target: ByteTarget, within limit: Duration) async throws(RedisTrouble) {
    let wire: ByteConnection
    do {
      wire = try ByteConnection(
        to: target, on: loop, received: { [weak self] bytes in self?.assumeIsolated { $0.take(bytes) } },
        ended: { [weak self] error in self?.assumeIsolated { $0.fail($0.meaning(of: error)) } })
    } catch {
      throw .refused(JournalError(.unreadable, "\(server) cannot be reached: \(error)"))
    }
    self.wire = wire
    do {
      try await wire.open(within: limit)
    } catch {
      self.wire = nil
      throw meaning(of: error)
    }
    // It may have been closed meanwhile.
    if let trouble {
      await wire.close()
      throw trouble
    }
    heard = .now
    vigil = Task(executorPreference: loop.tasks) { [weak self] in
      while (try? await Task.sleep(for: .milliseconds(250))) != nil {
        guard await self?.watch() == true else { return }
      }
    }
  }

  /// What a certificate or an address is wrong with does not heal by itself.
  private func meaning(of error: any Error) -> RedisTrouble {
    guard let error = error as? ClientError else { return .away("\(error)") }
    let names =
      switch error.reason {
      case .untrusted: "\(settings).url and \(settings).authority"
      case .forbidden, .garbled: "\(settings).url"
      case .refusedByPeer(let alert) where alert.concernsCertificate: "\(settings).certificate and \(settings).key"
      default: ""
      }
    guard !names.isEmpty else { return .away(error.description) }
    return .refused(JournalError(.unreadable, "\(error.description) See \(names)."))
  }

  /// For whoever waits for one thing after the other.
  func call(_ command: RedisArguments) async -> Result<RedisReply, RedisTrouble> {
    await withCheckedContinuation { continuation in
      if let trouble { return continuation.resume(returning: .failure(trouble)) }
      put(command, .task(continuation))
    }
  }

  /// For the owner, who hears of the end otherwise. `reply` is called on the loop's thread.
  func send(_ command: RedisArguments, reply: @escaping @Sendable (RedisReply) -> Void) {
    guard trouble == nil else { return }
    put(command, .owner(reply))
  }

  private func put(_ command: RedisArguments, _ waiter: Waiting.Waiter) {
    // From here on it is the server's turn.
    if waiting.isEmpty { heard = .now }
    waiting.append(waiter)
    let bytes = command.encoded()
    wire?.assumeIsolated { $0.send(bytes) }
  }

  private func take(_ bytes: [UInt8]) {
    heard = .now
    reader.feed(bytes)
    while trouble == nil {
      switch reader.next() {
      case .nothing: return
      case .broken(let why): return fail(.away("\(server) does not speak the language of Redis: \(why)"))
      case .reply(let reply):
        switch waiting.next() {
        case .task(let continuation)?: continuation.resume(returning: .success(reply))
        case .owner(let answer)?: answer(reply)
        case nil: return fail(.away("\(server) answered what nobody had asked"))
        }
      }
    }
  }

  /// False when there is nothing to watch any more.
  private func watch() -> Bool {
    guard trouble == nil else { return false }
    if !waiting.isEmpty, .now - heard > silence { fail(.away("\(server) does not answer")) }
    return trouble == nil
  }

  private func fail(_ trouble: RedisTrouble) {
    guard self.trouble == nil else { return }
    end(trouble)
    ended(trouble)
  }

  /// By the owner.
  func close() {
    if trouble == nil { end(.away("the connection was closed")) }
  }

  private func end(_ trouble: RedisTrouble) {
    self.trouble = trouble
    vigil?.cancel()
    vigil = nil
    wire?.assumeIsolated { $0.close() }
    wire = nil
    while let waiter = waiting.next() {
      if case .task(let continuation) = waiter { continuation.resume(returning: .failure(trouble)) }
    }
  }
}
