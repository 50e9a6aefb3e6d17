import CLibev
import COpenSSL
import Glibc

/// Who is told about an outgoing socket. Called on the loop's thread, with the actor entered. `socketDidClose` is not called for
/// a socket that its owner has closed.
protocol ClientSocketOwner: SocketOwner {
  /// The handshake is done and the server is who it should be.
  func socketDidOpen()
}

/// One outgoing TLS connection: a connected descriptor, OpenSSL on it, and libev to tell when to go on.
///
/// libwebsockets has no part in it (docs/decisions/0007), so there is no callback of a C library on the stack when an owner is
/// called, and closing takes effect at once, also from there.
///
/// Threads: `@unchecked Sendable` because its watcher's closure holds it; all of it happens on the loop's thread.
@safe final class ClientSocket: @unchecked Sendable {
  /// How many records are read before others on the loop have their turn.
  private static let recordsInTurn = 4

  private let loop: Loop
  private let context: TLSClientContext
  private let server: ServerIdentity
  private let descriptor: Int32
  private unowned let owner: any ClientSocketOwner
  private var ssl: OpaquePointer?
  private var watcher: IOWatcher?
  private var received: UnsafeRawBufferPointer?
  private var isOpen = false
  private(set) var isReading = true
  private var writtenBytes = 0
  private var wantsToWrite = false
  /// Why it is closed, once it is.
  private(set) var ending: ClientSocketEnding?

  /// Takes a connected descriptor over and begins to shake hands. Nil (and the descriptor closed) when OpenSSL refuses.
  init?(
    descriptor: Int32, on loop: Loop, context: TLSClientContext, server: ServerIdentity, owner: any ClientSocketOwner
  ) {
    guard let ssl = unsafe context.makeConnection(on: descriptor, to: server) else {
      Glibc.close(descriptor)
      return nil
    }
    self.loop = loop
    self.context = context
    self.server = server
    self.descriptor = descriptor
    self.owner = owner
    unsafe self.ssl = unsafe ssl
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
    guard let ssl = unsafe ssl else { return }
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
      return end(.untrusted("its certificate does not name it"))
    }
    isOpen = true
    adjustInterest()
    notify(owner) { $0.socketDidOpen() }
  }

  private func read() {
    for _ in 0..<Self.recordsInTurn {
      guard let ssl = unsafe ssl, isReading else { return }
      OpenSSLErrors.clear()
      let buffer = unsafe context.buffer
      let count = unsafe SSL_read(ssl, buffer.baseAddress, Int32(buffer.count))
      guard count > 0 else {
        switch unsafe SSL_get_error(ssl, count) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return
        case let error: return end(unsafe ClientSocketEnding(of: ssl, error: error, errno: errno, isOpen: true))
        }
      }
      unsafe received = UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)])
      notify(owner) { $0.socketDidReceive() }
      unsafe received = nil
    }
    // What OpenSSL still holds no descriptor event would tell.
    if let ssl = unsafe ssl, isReading, unsafe SSL_has_pending(ssl) == 1 { watcher?.callSoon(.reading) }
  }

  private func end(_ ending: ClientSocketEnding) {
    release(because: ending)
    notify(owner) { $0.socketDidClose() }
  }

  private func notify<Owner: ClientSocketOwner>(_ owner: Owner, _ event: (isolated Owner) -> Void) {
    owner.assumeIsolated(event)
  }

  private func release(because ending: ClientSocketEnding) {
    guard let ssl = unsafe ssl else { return }
    self.ending = ending
    watcher?.stop()
    watcher = nil
    unsafe SSL_free(ssl)
    unsafe self.ssl = nil
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
  func write(_ bytes: [UInt8], from offset: Int, count: Int) -> TLSSocket.WriteOutcome {
    guard let ssl = unsafe ssl, isOpen else { return .failed }
    OpenSSLErrors.clear()
    let length = min(count, TLSSocket.recordSize)
    let written = unsafe bytes.withUnsafeBytes { bytes in
      unsafe SSL_write(ssl, bytes.baseAddress?.advanced(by: offset), Int32(length))
    }
    if written > 0 {
      writtenBytes += Int(written)
      return .wrote(Int(written))
    }
    switch unsafe SSL_get_error(ssl, written) {
    case SSL_ERROR_WANT_WRITE, SSL_ERROR_WANT_READ: return .full
    default: return .failed
    }
  }

  /// What the peer has taken so far. What is in our kernel's hands it has not.
  var deliveredBytes: Int { unsafe ssl == nil ? 0 : writtenBytes - Int(signalbox_unacknowledged_bytes(descriptor)) }

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
    if on, let ssl = unsafe ssl, unsafe SSL_has_pending(ssl) == 1 { watcher?.callSoon(.reading) }
  }

  /// Closes at once. With goodbye the peer learns that all was said; without, unsent bytes are thrown away and it sees a reset.
  func close(sayingGoodbye: Bool) {
    guard let ssl = unsafe ssl else { return }
    if sayingGoodbye, isOpen {
      OpenSSLErrors.clear()
      unsafe _ = SSL_shutdown(ssl)
      OpenSSLErrors.clear()
    } else {
      SocketOption.discardOnClose(descriptor)
    }
    release(because: .ours)
  }

  /// What the handshake agreed on, or nil before its end.
  var session: TLSSession? {
    guard let ssl = unsafe ssl, isOpen else { return nil }
    return unsafe TLSSession(reading: ssl)
  }

  private func adjustInterest() {
    guard isOpen else { return }
    var interest: IOWatcher.Interest = []
    if isReading { interest.insert(.reading) }
    if wantsToWrite { interest.insert(.writing) }
    watcher?.wait(for: interest)
  }

  deinit {
    assert(unsafe ssl == nil, "A socket must be closed before it is released.")
  }
}
