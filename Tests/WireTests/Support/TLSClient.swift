import COpenSSL
import Glibc
import HTTP

/// A TLS client that does what no well-behaved one does: raw bytes, half-closes, resets, a stopped reader. Blocking, each wait
/// bounded; used on one thread (see `onThread`).
@safe final class TLSClient {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  enum Version {
    case tls12
    case tls13
  }

  /// How a connection ended, or that it did not.
  enum Ending: Equatable {
    /// With close_notify: all was said.
    case goodbye
    /// TCP's end without TLS's.
    case truncated
    case reset
    /// Nothing came within the deadline.
    case silence
  }

  struct Options {
    var version: Version?
    /// PEM of certificate and key, shown when the server asks.
    var credential: (certificate: String, key: String)?
    /// PEM of the authority the server must be signed by; nil takes any.
    var authority: String?
    var serverName = "localhost"
    var address = "127.0.0.1"
    /// SO_RCVBUF, to be a slow reader with.
    var receiveBuffer: Int?
    /// The longest single wait.
    var deadline: Duration = .seconds(10)
    var alpn: [String] = []
    var groups: String?
    var suites: String?
  }

  let descriptor: Int32
  private let context: OpaquePointer
  private let ssl: OpaquePointer
  private var pending: [UInt8] = []
  private var isOpen = true

  /// Connects and shakes hands. Throws with OpenSSL's reason when the server refuses.
  ///
  /// In TLS 1.3 a server judges the client's certificate after the client's handshake is done, so its refusal comes with the
  /// first read: use `handshake(_:)` of the tests to see both the same way.
  init(port: Int, _ options: Options = Options()) throws {
    descriptor = try Self.connect(options.address, port, options)
    guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { throw Failure(description: "no SSL_CTX") }
    unsafe self.context = unsafe context
    if let version = options.version {
      let number = version == .tls12 ? TLS1_2_VERSION : TLS1_3_VERSION
      unsafe _ = SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(number), nil)
      unsafe _ = SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(number), nil)
    }
    guard let ssl = unsafe SSL_new(context) else { throw Failure(description: "no SSL") }
    unsafe self.ssl = unsafe ssl
    try configure(options)
    unsafe _ = SSL_set_fd(ssl, descriptor)
    ERR_clear_error()
    let status = unsafe SSL_connect(ssl)
    guard status == 1 else { throw Failure(description: unsafe "handshake: \(Self.reason(ssl, status))") }
  }

  private func configure(_ options: Options) throws {
    unsafe _ = SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), strdup(options.serverName))
    if let suites = options.suites { unsafe _ = SSL_set_cipher_list(ssl, suites) }
    if let groups = options.groups { unsafe _ = SSL_ctrl(ssl, SSL_CTRL_SET_GROUPS_LIST, 0, strdup(groups)) }
    if !options.alpn.isEmpty {
      let list = options.alpn.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
      unsafe _ = SSL_set_alpn_protos(ssl, list, UInt32(list.count))
    }
    if let authority = options.authority {
      let store = unsafe SSL_CTX_get_cert_store(context)
      let certificate = unsafe try Self.certificate(authority)
      unsafe _ = X509_STORE_add_cert(store, certificate)
      unsafe X509_free(certificate)
      unsafe SSL_set_verify(ssl, SSL_VERIFY_PEER, nil)
      unsafe _ = SSL_set1_host(ssl, options.serverName)
    }
    if let credential = options.credential {
      let certificate = unsafe try Self.certificate(credential.certificate)
      unsafe _ = SSL_use_certificate(ssl, certificate)
      unsafe X509_free(certificate)
      let key = unsafe try Self.key(credential.key)
      unsafe _ = SSL_use_PrivateKey(ssl, key)
      unsafe EVP_PKEY_free(key)
    }
  }

  // MARK: Facts

  var version: String { unsafe String(cString: SSL_get_version(ssl)) }
  var cipher: String { unsafe String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl))) }
  var isResumed: Bool { unsafe SSL_session_reused(ssl) == 1 }

  var negotiatedProtocol: String? {
    var data: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    unsafe SSL_get0_alpn_selected(ssl, &data, &length)
    guard let data = unsafe data else { return nil }
    return unsafe String(decoding: UnsafeBufferPointer(start: data, count: Int(length)), as: UTF8.self)
  }

  /// SHA-256 of the server's certificate, hexadecimal.
  var serverFingerprint: String? {
    guard let certificate = unsafe SSL_get1_peer_certificate(ssl) else { return nil }
    defer { unsafe X509_free(certificate) }
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe _ = X509_digest(certificate, EVP_sha256(), &digest, nil)
    return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  // MARK: Sending

  func send(_ text: String) throws {
    try send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) throws {
    guard !bytes.isEmpty else { return }
    ERR_clear_error()
    let written = unsafe SSL_write(ssl, bytes, Int32(bytes.count))
    guard written == bytes.count else { throw Failure(description: "send: \(unsafe Self.reason(ssl, written))") }
  }

  /// TLS's goodbye; the socket stays open both ways.
  func sendCloseNotify() {
    ERR_clear_error()
    unsafe _ = SSL_shutdown(ssl)
  }

  /// A FIN: we send no more, and still read.
  func finishSending() {
    _ = shutdown(descriptor, Int32(SHUT_WR))
  }

  /// A RST.
  func resetConnection() {
    var value = linger(l_onoff: 1, l_linger: 0)
    unsafe _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    disconnect()
  }

  /// Closes the descriptor without a word of TLS.
  func disconnect() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
  }

  deinit {
    disconnect()
    unsafe SSL_free(ssl)
    unsafe SSL_CTX_free(context)
  }

  // MARK: Receiving

  /// What comes next: some bytes, or why none.
  func receive(atMost limit: Int = 16_384) -> Result<[UInt8], Receipt> {
    if !pending.isEmpty {
      defer { pending = [] }
      return .success(pending)
    }
    var buffer = [UInt8](repeating: 0, count: limit)
    ERR_clear_error()
    let got = unsafe SSL_read(ssl, &buffer, Int32(limit))
    if got > 0 {
      buffer.removeLast(limit - Int(got))
      return .success(buffer)
    }
    return .failure(Receipt(ending: ending(got)))
  }

  struct Receipt: Error {
    let ending: Ending
  }

  /// Everything until the connection ends or falls silent.
  func receiveAll() -> (bytes: [UInt8], ending: Ending) {
    var all: [UInt8] = []
    while true {
      switch receive() {
      case .success(let bytes): all += bytes
      case .failure(let receipt): return (all, receipt.ending)
      }
    }
  }

  func pushBack(_ bytes: [UInt8]) {
    pending = bytes + pending
  }

  private func ending(_ status: Int32) -> Ending {
    let number = errno
    switch unsafe SSL_get_error(ssl, status) {
    case SSL_ERROR_ZERO_RETURN: return .goodbye
    case SSL_ERROR_WANT_READ: return .silence
    case SSL_ERROR_SYSCALL: return number == ECONNRESET || number == EPIPE ? .reset : .truncated
    // OpenSSL 3 tells an unexpected end of file as a protocol error; anything else is an alert.
    default: return .truncated
    }
  }

  // MARK: Making

  private static func connect(_ host: String, _ port: Int, _ options: Options) throws -> Int32 {
    let isIPv6 = host.contains(":")
    let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(description: "socket: \(errno)") }
    if let size = options.receiveBuffer {
      var value = Int32(size)
      unsafe _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &value, socklen_t(MemoryLayout<Int32>.size))
    }
    let seconds = options.deadline.components
    var limit = timeval(tv_sec: Int(seconds.seconds), tv_usec: Int(seconds.attoseconds / 1_000_000_000_000))
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe _ = setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    let status: Int32
    if isIPv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = in_port_t(port).bigEndian
      unsafe _ = inet_pton(AF_INET6, host, &address.sin6_addr)
      status = unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
        }
      }
    } else {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      unsafe _ = inet_pton(AF_INET, host, &address.sin_addr)
      status = unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    guard status == 0 else {
      let number = errno
      close(descriptor)
      throw Failure(description: "connect: errno \(number)")
    }
    return descriptor
  }

  private static func reason(_ ssl: OpaquePointer, _ status: Int32) -> String {
    let number = errno
    let kind = unsafe SSL_get_error(ssl, status)
    var reasons: [String] = []
    while case let code = ERR_get_error(), code != 0 {
      reasons.append(unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) } ?? "\(code)")
    }
    return reasons.isEmpty ? "error \(kind), errno \(number)" : reasons.joined(separator: ", ")
  }

  private static func certificate(_ pem: String) throws -> OpaquePointer {
    let bio = unsafe BIO_new_mem_buf(pem, Int32(pem.utf8.count))
    defer { unsafe BIO_free(bio) }
    guard let certificate = unsafe PEM_read_bio_X509(bio, nil, nil, nil) else {
      throw Failure(description: "unreadable certificate")
    }
    return unsafe certificate
  }

  private static func key(_ pem: String) throws -> OpaquePointer {
    let bio = unsafe BIO_new_mem_buf(pem, Int32(pem.utf8.count))
    defer { unsafe BIO_free(bio) }
    guard let key = unsafe PEM_read_bio_PrivateKey(bio, nil, nil, nil) else {
      throw Failure(description: "unreadable key")
    }
    return unsafe key
  }
}
