import CLibev
import Glibc

/// One accepted connection without TLS: a descriptor on libev.
///
/// libwebsockets has no part in it (docs/decisions/0011): there is nothing to decrypt, and where a reset is due it would end the
/// connection as if all had been said.
///
/// Threads: `@unchecked Sendable` because an actor and the loop's table both hold it; both are on the loop's thread.
@safe final class PlainSocket: @unchecked Sendable, ServerSocket, ClosedByLoop, LoopResident {
  /// How many reads there are before others on the loop have their turn.
  private static let readsInTurn = 4

  private let loop: Loop
  private let descriptor: Int32
  private let channel: SocketChannel
  /// Kept until it has been told of the end.
  private var owner: (any SocketOwner)?
  private var watcher: IOWatcher?
  private var received: UnsafeRawBufferPointer?
  private(set) var isReading = true
  private var wantsToWrite = false
  private var isDoomed = false
  private var writtenBytes = 0

  /// Takes the descriptor over. Nil, and the descriptor closed, when the loop is ending.
  static func adopt(descriptor: Int32, loop: Loop, owner: any SocketOwner) -> PlainSocket? {
    let socket = PlainSocket(loop: loop, descriptor: descriptor, owner: owner)
    guard loop.core.residents.add(socket) else {
      close(descriptor)
      return nil
    }
    socket.watcher = IOWatcher(descriptor: descriptor, on: loop) { [unowned socket] in socket.isReady(for: $0) }
    socket.adjustInterest()
    return socket
  }

  private init(loop: Loop, descriptor: Int32, owner: any SocketOwner) {
    self.loop = loop
    self.descriptor = descriptor
    self.owner = owner
    channel = .plain(descriptor)
  }

  // MARK: From the loop

  private func isReady(for interest: IOWatcher.Interest) {
    if interest.contains(.writing), wantsToWrite {
      wantsToWrite = false
      adjustInterest()
      notify { $0.socketIsWritable() }
    }
    if interest.contains(.reading) { read() }
  }

  private func read() {
    let buffer = unsafe loop.core.readBuffer
    for _ in 0..<Self.readsInTurn {
      guard isReading, !isDoomed else { return }
      switch unsafe channel.read(into: buffer) {
      case .read(let count):
        unsafe received = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        notify { $0.socketDidReceive() }
        unsafe received = nil
      case .nothing: return
      case .ended: return closeNow()
      }
    }
  }

  private func notify(_ event: (isolated any SocketOwner) -> Void) {
    if let owner { enter(owner, event) }
  }

  private func enter<Owner: SocketOwner>(_ owner: Owner, _ event: (isolated Owner) -> Void) {
    owner.assumeIsolated(event)
  }

  func loopEnds() {
    kill()
  }

  // MARK: For the owner

  func withReceived(_ body: (Span<UInt8>) -> Void) {
    guard let received = unsafe received else { return }
    unsafe body(Span(_unsafeElements: received.bindMemory(to: UInt8.self)))
  }

  func write(_ bytes: [UInt8], from offset: Int, count: Int) -> SocketChannel.WriteOutcome {
    guard watcher != nil, !isDoomed else { return .failed(EBADF) }
    let outcome = channel.write(bytes, from: offset, count: count)
    if case .wrote(let written) = outcome { writtenBytes += written }
    return outcome
  }

  var deliveredBytes: Int { watcher == nil ? 0 : writtenBytes - Int(signalbox_unacknowledged_bytes(descriptor)) }

  var unheard: Duration? { watcher == nil ? nil : SocketOption.unheard(descriptor) }

  func notifyWhenWritable() {
    wantsToWrite = true
    adjustInterest()
  }

  func setReading(_ on: Bool) {
    guard on != isReading else { return }
    isReading = on
    adjustInterest()
  }

  private func adjustInterest() {
    guard !isDoomed else { return }
    var interest: IOWatcher.Interest = []
    if isReading { interest.insert(.reading) }
    if wantsToWrite { interest.insert(.writing) }
    watcher?.wait(for: interest)
  }

  func shutdownSending() {
    guard watcher != nil, !isDoomed else { return }
    _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
  }

  func reset() {
    guard watcher != nil, !isDoomed else { return }
    SocketOption.discardOnClose(descriptor)
    kill()
  }

  func kill() {
    guard watcher != nil, !isDoomed else { return }
    isDoomed = true
    watcher?.stop()
    loop.core.closeSoon(self)
  }

  /// For the loop, and for what has read the peer's end: no walk over other connections is under way.
  func closeNow() {
    guard let watcher else { return }
    watcher.stop()
    self.watcher = nil
    close(descriptor)
    loop.core.residents.remove(self)
    guard let owner else { return }
    self.owner = nil
    enter(owner) { $0.socketDidClose() }
  }

  var security: SocketSecurity? { watcher == nil ? nil : channel.security }

  func certificateFault(under clients: ClientCertificates) -> CertificateFault? {
    channel.certificateFault(under: clients)
  }

  /// There are none to shake.
  var hasShakenHands: Bool { true }
}
