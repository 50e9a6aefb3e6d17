import COpenSSL

/// A client's memory of a TLS session. `@unchecked Sendable`: OpenSSL counts references atomically and the session is only read.
@safe package final class ResumableSession: @unchecked Sendable {
  package let pointer: OpaquePointer

  package init(takingOwnershipOf pointer: OpaquePointer) {
    unsafe self.pointer = unsafe pointer
  }

  deinit {
    unsafe SSL_SESSION_free(pointer)
  }

  package var hasTicket: Bool { unsafe SSL_SESSION_has_ticket(pointer) == 1 }
  package var isResumable: Bool { unsafe SSL_SESSION_is_resumable(pointer) == 1 }
}

extension TLSClient {
  /// Offers to go on with a session.
  package func offer(_ session: ResumableSession) {
    let copy = unsafe SSL_SESSION_dup(session.pointer)
    unsafe _ = SSL_set_session(ssl, copy)
    unsafe SSL_SESSION_free(copy)
  }

  /// The session so far. In TLS 1.3 tickets come after the handshake: read an answer first.
  package var session: ResumableSession? {
    // A copy: OpenSSL spoils the session of a connection that ends without goodbye.
    guard let session = unsafe SSL_get_session(ssl), let copy = unsafe SSL_SESSION_dup(session) else { return nil }
    return unsafe ResumableSession(takingOwnershipOf: copy)
  }

  /// Asks for another handshake on this connection (TLS 1.2). Throws when the server does not take part.
  package func renegotiate() throws {
    ERR_clear_error()
    unsafe _ = SSL_renegotiate(ssl)
    let status = unsafe SSL_do_handshake(ssl)
    guard status == 1 else { throw Failure(description: "renegotiation: \(unsafe Self.reason(ssl, status))") }
    // The first call has only sent the request; the second waits for the answer.
    var nothing: UInt8 = 0
    let read = unsafe SSL_peek(ssl, &nothing, 1)
    guard read > 0 else { throw Failure(description: "renegotiation: \(unsafe Self.reason(ssl, read))") }
  }
}
