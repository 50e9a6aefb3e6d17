import CLibev
import CLibwebsockets
import COpenSSL
import Glibc

/// Who is told about a socket. All three are called on the loop's thread, with the actor entered.
protocol SocketOwner: Actor {
  /// Bytes have come; `TLSSocket.withReceived` has them until this returns.
  func socketDidReceive()
  func socketIsWritable()
  /// The last call. The socket is gone.
  func socketDidClose()
}

/// One accepted TLS connection on libwebsockets' raw role.
///
/// lws reads and decrypts. Writing goes by `SSL_write` on the connection's own TLS object, never by `lws_write`: while lws holds
/// unsent output it does not read, so that a slow client that half-closes would make the loop spin.
///
/// Threads: `@unchecked Sendable` because an actor and the loop's table both hold it; both are on the loop's thread, and each
/// entry asserts that.
@safe final class TLSSocket: @unchecked Sendable, ClosedByLoop {
  /// The most a TLS record carries, and so the most one write hands over.
  static let recordSize = 16_384

  let number: UInt
  let loop: Loop
  let descriptor: Int32
  /// Kept until it has been told of the end.
  private var owner: (any SocketOwner)?
  private var wsi: OpaquePointer?
  private var received: UnsafeRawBufferPointer?
  private(set) var isReading = true
  private var isDoomed = false
  /// lws keeps its accept timeout running after the handshake until somebody clears it.
  private var hasClearedTimeout = false
  private var writtenBytes = 0
  /// Known once the socket is gone: whether the handshake had come to its end.
  private(set) var hasShakenHands = false

  /// What became of a write.
  enum WriteOutcome {
    /// That many bytes are in the kernel's hands.
    case wrote(Int)
    /// The socket is full: write the same bytes again when it is writable.
    case full
    /// The connection is broken.
    case failed
  }

  /// Gives the descriptor to lws. On failure the descriptor is closed and nil returned.
  static func adopt(descriptor: Int32, on host: VirtualHost, loop: Loop, owner: any SocketOwner) -> TLSSocket? {
    let core = loop.core
    let socket = TLSSocket(number: core.nextSocketNumber(), loop: loop, descriptor: descriptor, owner: owner)
    // Registered first: a handshake that fails at once calls back from within the adoption.
    core.register(socket)
    guard let wsi = unsafe host.adopt(descriptor: descriptor, number: socket.number) else {
      core.forget(socket)
      return nil
    }
    unsafe socket.wsi = unsafe wsi
    return socket
  }

  private init(number: UInt, loop: Loop, descriptor: Int32, owner: any SocketOwner) {
    self.number = number
    self.loop = loop
    self.descriptor = descriptor
    self.owner = owner
  }

  // MARK: From libwebsockets

  func didReceive(_ bytes: UnsafeRawBufferPointer) {
    if !hasClearedTimeout, let wsi = unsafe wsi {
      hasClearedTimeout = true
      unsafe lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0)
    }
    unsafe received = unsafe bytes
    defer { unsafe received = nil }
    owner.map { notify($0) { $0.socketDidReceive() } }
  }

  func didBecomeWritable() {
    owner.map { notify($0) { $0.socketIsWritable() } }
  }

  func didClose() {
    if let ssl = unsafe ssl { hasShakenHands = unsafe SSL_is_init_finished(ssl) == 1 }
    unsafe wsi = nil
    loop.core.forget(self)
    guard let owner else { return }
    self.owner = nil
    notify(owner) { $0.socketDidClose() }
  }

  private func notify<Owner: SocketOwner>(_ owner: Owner, _ event: (isolated Owner) -> Void) {
    owner.assumeIsolated(event)
  }

  // MARK: For the owner

  /// The bytes that `socketDidReceive` is about.
  func withReceived(_ body: (Span<UInt8>) -> Void) {
    guard let received = unsafe received else { return }
    unsafe body(Span(_unsafeElements: received.bindMemory(to: UInt8.self)))
  }

  /// Writes up to one record. After `.full` the next write must begin with the same bytes.
  func write(_ bytes: [UInt8], from offset: Int, count: Int) -> WriteOutcome {
    guard let ssl = unsafe ssl, !isDoomed else { return .failed }
    ERR_clear_error()
    let length = min(count, Self.recordSize)
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

  /// What the peer has taken so far. What is in our kernel's hands it has not. (A full socket is called writable again only when
  /// a third of it is free: counting what is written would take a slow reader for one that has stopped.)
  var deliveredBytes: Int { writtenBytes - Int(signalbox_unacknowledged_bytes(descriptor)) }

  /// Asks for one `socketIsWritable`.
  func notifyWhenWritable() {
    guard let wsi = unsafe wsi, !isDoomed else { return }
    unsafe _ = lws_callback_on_writable(wsi)
  }

  /// Back-pressure: while off, nothing is read, and what the peer sends fills its own buffers.
  func setReading(_ on: Bool) {
    guard on != isReading, let wsi = unsafe wsi, !isDoomed else { return }
    isReading = on
    unsafe _ = lws_rx_flow_control(wsi, on ? 1 : 0)
    // Whole records are read at once, so nothing should be left inside OpenSSL. If it is, no descriptor event would say so.
    if on, let ssl = unsafe ssl, unsafe SSL_has_pending(ssl) == 1 {
      unsafe lws_cancel_service(lws_get_context(wsi))
    }
  }

  /// Says goodbye in TLS and ends our half of the connection; the peer may still be sending.
  func shutdownSending() {
    guard let ssl = unsafe ssl, !isDoomed else { return }
    ERR_clear_error()
    unsafe _ = SSL_shutdown(ssl)
    ERR_clear_error()
    _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Closes without goodbye: what is still unsent is thrown away and the peer sees a reset.
  func reset() {
    guard unsafe wsi != nil, !isDoomed else { return }
    SocketOption.discardOnClose(descriptor)
    kill()
  }

  /// Closes before the loop sleeps. The owner is told by `socketDidClose`.
  func kill() {
    guard unsafe wsi != nil, !isDoomed else { return }
    isDoomed = true
    loop.core.closeSoon(self)
  }

  /// For the loop alone: outside every callback of lws.
  func closeNow() {
    guard let wsi = unsafe wsi else { return }
    unsafe signalbox_lws_kill(wsi)
  }

  /// The TLS session's facts, or nil while the handshake is under way.
  var session: TLSSession? {
    guard let ssl = unsafe ssl, unsafe SSL_is_init_finished(ssl) == 1 else { return nil }
    return unsafe TLSSession(reading: ssl)
  }

  private var ssl: OpaquePointer? {
    guard let wsi = unsafe wsi else { return nil }
    return unsafe lws_get_ssl(wsi)
  }
}
