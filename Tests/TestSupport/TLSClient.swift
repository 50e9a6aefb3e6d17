import COpenSSL
import Glibc
import HTTP

/// A client that does what no well-behaved one does: raw bytes, half-closes, resets, a stopped reader. With TLS, unless the
/// options say otherwise. Blocking, each wait bounded; used on one thread (see `onThread`).
@safe package final class TLSClient {
  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
      self.description = description
    }
  }

  /// The test's own fault, unlike a `Failure`.
  package struct UnreadablePEM: Error {
    package let reasons: String
  }

  package enum Version: CaseIterable {
    case tls10
    case tls11
    case tls12
    case tls13

    package var number: Int {
      switch self {
      case .tls10: Int(TLS1_VERSION)
      case .tls11: Int(TLS1_1_VERSION)
      case .tls12: Int(TLS1_2_VERSION)
      case .tls13: Int(TLS1_3_VERSION)
      }
    }
  }

  /// How a connection ended, or that it did not.
  package enum Ending: Equatable {
    /// With close_notify, or in TCP where there is no TLS: all was said.
    case goodbye
    /// TCP's end without TLS's.
    case truncated
    case reset
    /// Nothing came within the deadline.
    case silence
  }

  package struct Options {
    /// No TLS at all; nothing that is said of it below holds then.
    package var isPlain = false
    package var version: Version?
    /// PEM of certificate and key, shown when the server asks.
    package var credential: (certificate: String, key: String)?
    /// PEM of the authority the server must be signed by; nil takes any.
    package var authority: String?
    package var serverName = "localhost"
    package var address = "127.0.0.1"
    /// The address to come from; nil leaves it to the kernel.
    package var source: String?
    /// SO_RCVBUF, to be a slow reader with.
    package var receiveBuffer: Int?
    /// The longest single wait.
    package var deadline: Duration = .seconds(30)
    package var alpn: [String] = []
    package var groups: String?
    /// For TLS 1.2 and before.
    package var suites: String?
    /// For TLS 1.3.
    package var modernSuites: String?
    /// What to resume.
    package var session: ResumableSession?

    package init() {}
  }

  package let descriptor: Int32
  private let context: OpaquePointer
  package let ssl: OpaquePointer
  private let isPlain: Bool
  private var pending: [UInt8] = []
  private var isOpen = true

  /// Connects and shakes hands. Throws with OpenSSL's reason when the server refuses.
  ///
  /// In TLS 1.3 a server judges the client's certificate after the client's handshake is done, so its refusal comes with the
  /// first read: use `handshake(_:)` of the tests to see both the same way.
  package init(port: Int, _ options: Options = Options()) throws {
    descriptor = try TCP.connect(to: options.address, port, options)
    isPlain = options.isPlain
    guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { throw Failure(description: "no SSL_CTX") }
    unsafe self.context = unsafe context
    if let version = options.version {
      unsafe _ = SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, version.number, nil)
      unsafe _ = SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, version.number, nil)
    }
    guard let ssl = unsafe SSL_new(context) else { throw Failure(description: "no SSL") }
    unsafe self.ssl = unsafe ssl
    if isPlain { return }
    try configure(options)
    unsafe _ = SSL_set_fd(ssl, descriptor)
    ERR_clear_error()
    let status = unsafe SSL_connect(ssl)
    guard status == 1 else { throw Failure(description: unsafe "handshake: \(Self.reason(ssl, status))") }
  }

  private func configure(_ options: Options) throws {
    unsafe _ = SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), strdup(options.serverName))
    if let suites = options.suites { unsafe _ = SSL_set_cipher_list(ssl, suites) }
    if let suites = options.modernSuites { unsafe _ = SSL_set_ciphersuites(ssl, suites) }
    if let session = options.session { offer(session) }
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

  package var version: String { unsafe String(cString: SSL_get_version(ssl)) }
  package var cipher: String { unsafe String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl))) }
  /// The size of the server's key share: 253 is X25519, 256 and 384 are the curves of that name.
  package var keyShareBits: Int {
    var key: OpaquePointer?
    unsafe _ = SSL_ctrl(ssl, SSL_CTRL_GET_PEER_TMP_KEY, 0, &key)
    defer { unsafe EVP_PKEY_free(key) }
    return unsafe Int(EVP_PKEY_get_bits(key))
  }
  package var isResumed: Bool { unsafe SSL_session_reused(ssl) == 1 }

  package var negotiatedProtocol: String? {
    var data: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    unsafe SSL_get0_alpn_selected(ssl, &data, &length)
    guard let data = unsafe data else { return nil }
    return unsafe String(decoding: UnsafeBufferPointer(start: data, count: Int(length)), as: UTF8.self)
  }

  /// SHA-256 of the server's certificate, hexadecimal.
  package var serverFingerprint: String? {
    guard let certificate = unsafe SSL_get1_peer_certificate(ssl) else { return nil }
    defer { unsafe X509_free(certificate) }
    return unsafe Self.fingerprint(certificate)
  }

  package static func fingerprint(pem: String) throws -> String {
    let certificate = unsafe try certificate(pem)
    defer { unsafe X509_free(certificate) }
    return unsafe fingerprint(certificate)
  }

  private static func fingerprint(_ certificate: OpaquePointer) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe _ = X509_digest(certificate, EVP_sha256(), &digest, nil)
    return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  // MARK: Sending

  package func send(_ text: String) throws {
    try send(Array(text.utf8))
  }

  package func send(_ bytes: [UInt8]) throws {
    guard !bytes.isEmpty else { return }
    if isPlain { return try TCP.send(bytes, to: descriptor) }
    ERR_clear_error()
    let written = unsafe SSL_write(ssl, bytes, Int32(bytes.count))
    guard written == bytes.count else { throw Failure(description: "send: \(unsafe Self.reason(ssl, written))") }
  }

  /// TLS's goodbye; the socket stays open both ways. Without TLS there is no other than a FIN.
  package func sendCloseNotify() {
    if isPlain { return finishSending() }
    ERR_clear_error()
    unsafe _ = SSL_shutdown(ssl)
  }

  /// A FIN: we send no more, and still read.
  package func finishSending() {
    _ = shutdown(descriptor, Int32(SHUT_WR))
  }

  /// A RST.
  package func resetConnection() {
    var value = linger(l_onoff: 1, l_linger: 0)
    unsafe _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    disconnect()
  }

  /// As if the line were cut: whatever comes is dropped by the kernel before it is acknowledged, and nobody is told.
  package func fallSilent() {
    // A socket filter of one instruction: take no byte of it.
    let program: [UInt64] = [6]
    unsafe program.withUnsafeBufferPointer { instructions in
      var filter = (UInt(1), UInt(bitPattern: instructions.baseAddress))
      let length = socklen_t(MemoryLayout.size(ofValue: filter))
      unsafe _ = setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, length)
    }
  }

  /// Closes the descriptor without a word of TLS.
  package func disconnect() {
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
  package func receive(atMost limit: Int = 16_384) -> Result<[UInt8], Receipt> {
    if !pending.isEmpty {
      defer { pending = [] }
      return .success(pending)
    }
    var buffer = [UInt8](repeating: 0, count: limit)
    ERR_clear_error()
    let got = isPlain ? unsafe Int32(recv(descriptor, &buffer, limit, 0)) : unsafe SSL_read(ssl, &buffer, Int32(limit))
    if got > 0 {
      buffer.removeLast(limit - Int(got))
      return .success(buffer)
    }
    return .failure(Receipt(ending: isPlain ? TCP.ending(got) : ending(got)))
  }

  package struct Receipt: Error {
    package let ending: Ending
  }

  /// Everything until the connection ends or falls silent.
  package func receiveAll() -> (bytes: [UInt8], ending: Ending) {
    var all: [UInt8] = []
    while true {
      switch receive() {
      case .success(let bytes): all += bytes
      case .failure(let receipt): return (all, receipt.ending)
      }
    }
  }

  package func pushBack(_ bytes: [UInt8]) {
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

  package static func reason(_ ssl: OpaquePointer, _ status: Int32) -> String {
    let number = errno
    let kind = unsafe SSL_get_error(ssl, status)
    let reasons = queuedReasons()
    return reasons.isEmpty ? "error \(kind), errno \(number)" : reasons
  }

  private static func queuedReasons() -> String {
    var reasons: [String] = []
    while case let code = ERR_get_error(), code != 0 {
      reasons.append(unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) } ?? "\(code)")
    }
    return reasons.joined(separator: ", ")
  }

  package static func certificate(_ pem: String) throws -> OpaquePointer {
    try unsafe reading(pem) { unsafe PEM_read_bio_X509($0, nil, nil, nil) }
  }

  package static func key(_ pem: String) throws -> OpaquePointer {
    try unsafe reading(pem) { unsafe PEM_read_bio_PrivateKey($0, nil, nil, nil) }
  }

  private static func reading(_ pem: String, _ read: (OpaquePointer?) -> OpaquePointer?) throws -> OpaquePointer {
    // A stream that keeps a copy: one over the string's own bytes would outlive them.
    let bio = unsafe BIO_new(BIO_s_mem())
    defer { unsafe BIO_free(bio) }
    let bytes = Array(pem.utf8)
    unsafe _ = BIO_write(bio, bytes, Int32(bytes.count))
    guard let object = unsafe read(bio) else { throw UnreadablePEM(reasons: queuedReasons()) }
    return unsafe object
  }
}
