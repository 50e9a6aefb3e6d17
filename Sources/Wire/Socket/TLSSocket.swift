import CLibev
import CLibwebsockets
import Glibc

/// One accepted TLS connection on libwebsockets' raw role.
///
/// lws reads and decrypts. Writing goes by `SSL_write` on the connection's own TLS object, never by `lws_write`: while lws holds
/// unsent output it does not read, so that a slow client that half-closes would make the loop spin.
///
/// Threads: `@unchecked Sendable` because an actor and the loop's table both hold it; both are on the loop's thread, and each
/// entry asserts that.
@safe final class TLSSocket: @unchecked Sendable, ServerSocket, ClosedByLoop {
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
  private(set) var hasShakenHands = false

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
    hasShakenHands = channel?.hasShakenHands == true
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

  func withReceived(_ body: (Span<UInt8>) -> Void) {
    guard let received = unsafe received else { return }
    unsafe body(Span(_unsafeElements: received.bindMemory(to: UInt8.self)))
  }

  func write(_ bytes: [UInt8], from offset: Int, count: Int) -> SocketChannel.WriteOutcome {
    guard let channel, !isDoomed else { return .failed(EBADF) }
    let outcome = channel.write(bytes, from: offset, count: count)
    if case .wrote(let written) = outcome { writtenBytes += written }
    return outcome
  }

  var deliveredBytes: Int { writtenBytes - Int(signalbox_unacknowledged_bytes(descriptor)) }

  var unheard: Duration? { SocketOption.unheard(descriptor) }

  func notifyWhenWritable() {
    guard let wsi = unsafe wsi, !isDoomed else { return }
    unsafe _ = lws_callback_on_writable(wsi)
  }

  func setReading(_ on: Bool) {
    guard on != isReading, let wsi = unsafe wsi, !isDoomed else { return }
    isReading = on
    unsafe _ = lws_rx_flow_control(wsi, on ? 1 : 0)
    // Whole records are read at once, so nothing should be left inside OpenSSL. If it is, no descriptor event would say so.
    if on, channel?.hasPending == true { unsafe lws_cancel_service(lws_get_context(wsi)) }
  }

  func shutdownSending() {
    guard let channel, !isDoomed else { return }
    channel.sayGoodbye()
    _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
  }

  func reset() {
    guard unsafe wsi != nil, !isDoomed else { return }
    SocketOption.discardOnClose(descriptor)
    kill()
  }

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

  var security: SocketSecurity? { channel?.security }

  func certificateFault(under clients: ClientCertificates) -> CertificateFault? {
    channel?.certificateFault(under: clients)
  }

  /// The connection's own TLS object; lws has it from the adoption to the end.
  private var channel: SocketChannel? {
    guard let wsi = unsafe wsi, let ssl = unsafe lws_get_ssl(wsi) else { return nil }
    return unsafe .tls(ssl)
  }
}
