import CLibev
import COpenSSL
import Glibc

/// Who is told about an outgoing socket. Called on the loop's thread, with the actor entered. `socketDidClose` is not called for
/// a socket that its owner has closed.
protocol ClientSocketOwner: SocketOwner {
  /// The handshake is done and the server is who it should be.
  func socketDidOpen()
}

/// How an outgoing connection is to be protected.
enum ClientProtection {
  case tls(TLSClientContext, ServerIdentity)
  /// Not at all: the address is this machine's own.
  case plain
}

/// One outgoing connection: a connected descriptor, OpenSSL on it if it is protected, and libev to tell when to go on.
///
/// libwebsockets has no part in it (docs/decisions/0007), so there is no callback of a C library on the stack when an owner is
/// called, and closing takes effect at once, also from there.
///
/// Threads: `@unchecked Sendable` because its watcher's closure holds it; all of it happens on the loop's thread.
@safe final class ClientSocket: @unchecked Sendable {
  /// How many records are read before others on the loop have their turn.
  private static let recordsInTurn = 4

  private let loop: Loop
  private let protection: ClientProtection
  private let descriptor: Int32
  private unowned let owner: any ClientSocketOwner
  /// Nil once it is closed.
  private var channel: SocketChannel?
  private var watcher: IOWatcher?
  private var received: UnsafeRawBufferPointer?
  private var isOpen = false
  private(set) var isReading = true
  private var writtenBytes = 0
  private var wantsToWrite = false
  /// A write has learned that the peer has reset the connection. The read behind it would find an orderly end.
  private var isReset = false
  /// Why it is closed, once it is.
  private(set) var ending: ClientSocketEnding?

  /// Takes a connected descriptor over and begins to shake hands. Nil (and the descriptor closed) when OpenSSL refuses.
  init?(descriptor: Int32, on loop: Loop, protection: ClientProtection, owner: any ClientSocketOwner) {
    switch protection {
    case .tls(let context, let server):
      guard let ssl = unsafe context.makeConnection(on: descriptor, to: server) else {
        Glibc.close(descriptor)
        return nil
      }
      channel = unsafe .tls(ssl)
    case .plain:
      channel = .plain(descriptor)
    }
    self.loop = loop
    self.protection = protection
    self.descriptor = descriptor
    self.owner = owner
    watcher = IOWatcher(descriptor: descriptor, on: loop) { [weak self] in self?.isReady(for: $0) }
    // A connected socket is writable: the handshake begins with the loop's next turn.
    watcher?.wait(for: .writing)
  }

  // MARK: From the loop

  private func isReady(for interest: IOWatcher.Interest) {
    guard isOpen else { return shakeHands() }
    if interest.contains(.writing), wantsToWrite {
      wantsToWrite = false
      adjustInterest()
      notify(owner) { $0.socketIsWritable() }
    }
    if interest.contains(.reading), ending == nil { read() }
  }

  private func shakeHands() {
    if case .tls(_, let server) = protection, case .tls(let ssl)? = channel {
      OpenSSLErrors.clear()
      let status = unsafe SSL_do_handshake(ssl)
      guard status == 1 else {
        switch unsafe SSL_get_error(ssl, status) {
        case SSL_ERROR_WANT_READ: watcher?.wait(for: .reading)
        case SSL_ERROR_WANT_WRITE: watcher?.wait(for: .writing)
        case let error: end(unsafe ClientSocketEnding(of: ssl, error: error, errno: errno, isOpen: false))
        }
        return
      }
      guard unsafe server.isProven(by: ssl) else {
        return end(.untrusted(server.objection))
      }
    }
    isOpen = true
    adjustInterest()
    notify(owner) { $0.socketDidOpen() }
  }

  private func read() {
    for _ in 0..<Self.recordsInTurn {
      guard let channel, isReading, let core = loop.liveCore else { return }
      let buffer = unsafe core.readBuffer
      switch unsafe channel.read(into: buffer) {
      case .read(let count):
        unsafe received = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        notify(owner) { $0.socketDidReceive() }
        unsafe received = nil
      case .nothing: return
      case .ended(let ending): return end(isReset ? .reset : ending)
      }
    }
    // What OpenSSL still holds no descriptor event would tell.
    if isReading, channel?.hasPending == true { watcher?.callSoon(.reading) }
  }

  private func end(_ ending: ClientSocketEnding) {
    release(because: ending)
    notify(owner) { $0.socketDidClose() }
  }

  private func notify<Owner: ClientSocketOwner>(_ owner: Owner, _ event: (isolated Owner) -> Void) {
    owner.assumeIsolated(event)
  }

  private func release(because ending: ClientSocketEnding) {
    guard let channel else { return }
    self.ending = ending
    watcher?.stop()
    watcher = nil
    self.channel = nil
    if case .tls(let ssl) = channel { unsafe SSL_free(ssl) }
    Glibc.close(descriptor)
  }

  // MARK: For the owner

  /// The bytes that `socketDidReceive` is about.
  func withReceived(_ body: (Span<UInt8>) -> Void) {
    guard let received = unsafe received else { return }
    unsafe body(Span(_unsafeElements: received.bindMemory(to: UInt8.self)))
  }

  /// Writes up to one record. After `.full` the next write must begin with the same bytes. After `.failed` there is nothing more
  /// to write; what the peer has said before it broke off is still read, and `socketDidClose` follows.
  func write(_ bytes: [UInt8], from offset: Int, count: Int) -> SocketChannel.WriteOutcome {
    guard let channel, isOpen else { return .failed(EBADF) }
    let outcome = channel.write(bytes, from: offset, count: count)
    switch outcome {
    case .wrote(let written): writtenBytes += written
    case .full: break
    case .failed(let number): isReset = number == ECONNRESET
    }
    return outcome
  }

  /// What the peer has taken so far. What is in our kernel's hands it has not.
  var deliveredBytes: Int { channel == nil ? 0 : writtenBytes - Int(signalbox_unacknowledged_bytes(descriptor)) }

  /// Asks for one `socketIsWritable`.
  func notifyWhenWritable() {
    wantsToWrite = true
    adjustInterest()
  }

  /// Back-pressure: while off, nothing is read, and what the peer sends fills its own buffers.
  func setReading(_ on: Bool) {
    guard on != isReading else { return }
    isReading = on
    adjustInterest()
    if on, channel?.hasPending == true { watcher?.callSoon(.reading) }
  }

  /// Closes at once. With goodbye the peer learns that all was said; without, unsent bytes are thrown away and it sees a reset.
  func close(sayingGoodbye: Bool) {
    guard let channel else { return }
    if sayingGoodbye, isOpen {
      channel.sayGoodbye()
    } else {
      SocketOption.discardOnClose(descriptor)
    }
    release(because: .ours)
  }

  /// What protects the connection, or nil before the end of the handshake.
  var security: SocketSecurity? { isOpen ? channel?.security : nil }

  private func adjustInterest() {
    guard isOpen else { return }
    var interest: IOWatcher.Interest = []
    if isReading { interest.insert(.reading) }
    if wantsToWrite { interest.insert(.writing) }
    watcher?.wait(for: interest)
  }

  deinit {
    assert(channel == nil, "A socket must be closed before it is released.")
  }
}
