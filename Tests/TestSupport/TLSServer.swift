import COpenSSL
import Glibc

/// A server that does what no well-behaved one does, with TLS unless the options say otherwise. Each connection is served by a script, on one thread, in the order of
/// their coming. Blocking, each wait bounded.
@safe package final class TLSServer: Sendable {
  /// What it shows, and what it asks of its clients.
  package struct Options: Sendable {
    /// No TLS at all: handshakes and goodbyes of it are nothing then.
    package var isPlain = false
    package var address = "127.0.0.1"
    package var credential: TestCredential
    /// PEM of the authority that clients must be signed by; nil asks for no certificate.
    package var clientAuthority: String?
    package var version: TLSClient.Version?
    /// SO_RCVBUF of the connections, to be a slow reader with.
    package var receiveBuffer: Int?

    package init(credential: TestCredential) {
      self.credential = credential
    }
  }

  package let port: Int
  private let listener: Int32
  private let done = Signal()

  /// Listens, and serves as many connections as there are scripts, the first by the first.
  package init(_ options: Options, scripts: [@Sendable (Connection) throws -> Void]) throws {
    (listener, port) = try TCP.listen(on: options.address, sharing: false)
    // The thread keeps the listener open until it is done with it.
    Task.detached { await onThread { self.serve(scripts, options) } }
  }

  private func serve(_ scripts: [@Sendable (Connection) throws -> Void], _ options: Options) {
    for script in scripts {
      guard let connection = Connection(acceptingFrom: listener, options) else { break }
      // A script that breaks off is the test's to notice: its client sees the end.
      try? script(connection)
      connection.close()
    }
    done.send()
  }

  /// Waits until the last script has run, or the server was stopped.
  package func finish() async -> Bool { await done.wait() }

  /// Lets a thread that waits for a connection go.
  package func stop() {
    _ = shutdown(listener, Int32(SHUT_RDWR))
  }

  deinit {
    close(listener)
  }
}

extension TLSServer {
  /// One accepted connection; used on the server's thread.
  @safe package final class Connection {
    package let descriptor: Int32
    private let context: OpaquePointer
    private let ssl: OpaquePointer
    private let isPlain: Bool
    private var isOpen = true

    fileprivate init?(acceptingFrom listener: Int32, _ options: Options) {
      isPlain = options.isPlain
      descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { return nil }
      var limit = timeval(tv_sec: 60, tv_usec: 0)
      for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
        unsafe _ = setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
      }
      if let size = options.receiveBuffer { TCP.set(descriptor, SOL_SOCKET, SO_RCVBUF, Int32(size)) }
      guard let context = unsafe SSL_CTX_new(TLS_server_method()), let ssl = unsafe SSL_new(context) else { return nil }
      unsafe self.context = unsafe context
      unsafe self.ssl = unsafe ssl
      do { try configure(options) } catch { return nil }
    }

    private func configure(_ options: Options) throws {
      if let version = options.version {
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_SET_MIN_PROTO_VERSION, version.number, nil)
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, version.number, nil)
      }
      let certificate = unsafe try TLSClient.certificate(options.credential.certificatePEM)
      unsafe _ = SSL_use_certificate(ssl, certificate)
      unsafe X509_free(certificate)
      let key = unsafe try TLSClient.key(options.credential.keyPEM)
      unsafe _ = SSL_use_PrivateKey(ssl, key)
      unsafe EVP_PKEY_free(key)
      if let authority = options.clientAuthority {
        let store = unsafe SSL_CTX_get_cert_store(context)
        let certificate = unsafe try TLSClient.certificate(authority)
        unsafe _ = X509_STORE_add_cert(store, certificate)
        unsafe X509_free(certificate)
        unsafe SSL_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
      }
      unsafe _ = SSL_set_fd(ssl, descriptor)
    }

    /// Throws with OpenSSL's reason when the client, or this server, refuses.
    package func shakeHands() throws {
      if isPlain { return }
      ERR_clear_error()
      let status = unsafe SSL_accept(ssl)
      guard status == 1 else { throw TLSClient.Failure(description: unsafe TLSClient.reason(ssl, status)) }
    }

    /// The name that the client has asked for by SNI.
    package var serverName: String? {
      unsafe SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { unsafe String(cString: $0) }
    }

    package func send(_ text: String) throws {
      try send(Array(text.utf8))
    }

    package func send(_ bytes: [UInt8]) throws {
      if isPlain { return try TCP.send(bytes, to: descriptor) }
      ERR_clear_error()
      let written = unsafe SSL_write(ssl, bytes, Int32(bytes.count))
      guard written == bytes.count else { throw TLSClient.Failure(description: unsafe TLSClient.reason(ssl, written)) }
    }

    /// Bytes below TLS.
    package func sendRaw(_ text: String) {
      let bytes = Array(text.utf8)
      unsafe _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes next; nil when the connection is over or silent for a minute.
    package func receive(atMost limit: Int = 16_384) -> [UInt8]? {
      var buffer = [UInt8](repeating: 0, count: limit)
      ERR_clear_error()
      let count =
        isPlain ? unsafe Int32(recv(descriptor, &buffer, limit, 0)) : unsafe SSL_read(ssl, &buffer, Int32(limit))
      return count > 0 ? Array(buffer.prefix(Int(count))) : nil
    }

    /// Everything up to the end of a head; throws when it does not come.
    @discardableResult
    package func receiveHead() throws -> String {
      try receive(upTo: "\r\n\r\n")
    }

    /// Everything until `mark` has come.
    @discardableResult
    package func receive(upTo mark: String) throws -> String {
      var bytes: [UInt8] = []
      let mark = Array(mark.utf8)
      while bytes.firstRange(of: mark) == nil {
        guard let more = receive() else { throw TLSClient.Failure(description: "no \(mark.count) bytes of an end") }
        bytes += more
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// Waits until the client has ended its side; false when it does not within a minute.
    package func receiveEnd() -> Bool {
      while receive() != nil {}
      return errno != EAGAIN
    }

    /// Waits below TLS until the client has ended its side; false when it does not within a minute.
    package func receiveRawEnd() -> Bool {
      var buffer = [UInt8](repeating: 0, count: 16_384)
      while true {
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        if count <= 0 { return count == 0 || errno == ECONNRESET }
      }
    }

    /// Waits until the client has reset the connection, without reading anything.
    package func waitForReset() -> Bool {
      var entry = pollfd(fd: descriptor, events: 0, revents: 0)
      return unsafe poll(&entry, 1, 60_000) == 1
    }

    package func sendCloseNotify() {
      if isPlain { return finishSending() }
      ERR_clear_error()
      unsafe _ = SSL_shutdown(ssl)
    }

    package func finishSending() {
      _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    package func reset() {
      TCP.resetOnClose(descriptor)
      close()
    }

    package func close() {
      guard isOpen else { return }
      isOpen = false
      Glibc.close(descriptor)
    }

    deinit {
      close()
      unsafe SSL_free(ssl)
      unsafe SSL_CTX_free(context)
    }
  }
}
