import COpenSSL
import Glibc

/// What bytes pass through between us and a descriptor: TLS, or nothing. A view that owns neither; on the loop's thread only.
@safe enum SocketChannel {
  case tls(OpaquePointer)
  case plain(Int32)

  /// What became of a write.
  enum WriteOutcome {
    /// That many bytes are in the kernel's hands.
    case wrote(Int)
    /// The socket is full: write the same bytes again when it is writable.
    case full
    /// The connection is broken; the system's number of the reason where there is no TLS.
    case failed(Int32)
  }

  /// What became of a read.
  enum ReadOutcome {
    case read(Int)
    /// There is nothing now.
    case nothing
    case ended(ClientSocketEnding)
  }

  /// Writes up to one record. After `.full` the next write must begin with the same bytes.
  func write(_ bytes: [UInt8], from offset: Int, count: Int) -> WriteOutcome {
    let length = min(count, TLSSocket.recordSize)
    return unsafe bytes.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.advanced(by: offset)
      switch self {
      case .tls(let ssl): return unsafe Self.write(start, length, to: ssl)
      case .plain(let descriptor): return unsafe Self.write(start, length, to: descriptor)
      }
    }
  }

  private static func write(_ start: UnsafeRawPointer?, _ length: Int, to ssl: OpaquePointer) -> WriteOutcome {
    ERR_clear_error()
    let written = unsafe SSL_write(ssl, start, Int32(length))
    if written > 0 { return .wrote(Int(written)) }
    switch unsafe SSL_get_error(ssl, written) {
    case SSL_ERROR_WANT_WRITE, SSL_ERROR_WANT_READ: return .full
    default: return .failed(0)
    }
  }

  private static func write(_ start: UnsafeRawPointer?, _ length: Int, to descriptor: Int32) -> WriteOutcome {
    while true {
      let written = unsafe send(descriptor, start, length, Int32(MSG_NOSIGNAL))
      if written >= 0 { return .wrote(written) }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .full
      default: return .failed(errno)
      }
    }
  }

  /// Reads what is there, up to one record of it.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
    switch self {
    case .tls(let ssl):
      OpenSSLErrors.clear()
      let count = unsafe SSL_read(ssl, buffer.baseAddress, Int32(buffer.count))
      guard count <= 0 else { return .read(Int(count)) }
      switch unsafe SSL_get_error(ssl, count) {
      case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .nothing
      case let error: return .ended(unsafe ClientSocketEnding(of: ssl, error: error, errno: errno, isOpen: true))
      }
    case .plain(let descriptor):
      let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
      switch count {
      case 1...: return .read(count)
      // Without TLS, TCP's end is all the goodbye there is.
      case 0: return .ended(.goodbye)
      default: return errno == EAGAIN || errno == EINTR ? .nothing : .ended(ClientSocketEnding(errno: errno))
      }
    }
  }

  /// OpenSSL holds bytes of which no event of the descriptor would tell.
  var hasPending: Bool {
    switch self {
    case .tls(let ssl): unsafe SSL_has_pending(ssl) == 1
    case .plain: false
    }
  }

  /// Says in TLS that nothing more comes.
  func sayGoodbye() {
    guard case .tls(let ssl) = self else { return }
    OpenSSLErrors.clear()
    unsafe _ = SSL_shutdown(ssl)
    OpenSSLErrors.clear()
  }

  /// No handshake is due or under way.
  var hasShakenHands: Bool {
    switch self {
    case .tls(let ssl): unsafe SSL_is_init_finished(ssl) == 1
    case .plain: true
    }
  }

  /// What is wrong with the peer's certificate by these rules.
  func certificateFault(under clients: ClientCertificates) -> CertificateFault? {
    switch self {
    case .tls(let ssl): unsafe clients.fault(of: ssl)
    case .plain: nil
    }
  }

  /// What protects the connection, or nil while a handshake is under way. Reads certificates: ask once.
  var security: SocketSecurity? {
    switch self {
    case .tls(let ssl): hasShakenHands ? unsafe .tls(TLSSession(reading: ssl)) : nil
    case .plain: .plain
    }
  }
}

/// What protects a connection.
enum SocketSecurity {
  case tls(TLSSession)
  /// Nothing: it does not leave this machine.
  case plain

  var session: TLSSession? {
    if case .tls(let session) = self { session } else { nil }
  }
}
