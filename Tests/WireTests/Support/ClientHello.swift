import COpenSSL
import TestSupport

/// The first flight of a TLS handshake, as bytes.
enum ClientHello {
  static func bytes() throws -> [UInt8] {
    guard let context = unsafe SSL_CTX_new(TLS_client_method()) else {
      throw TLSClient.Failure(description: "no SSL_CTX")
    }
    defer { unsafe SSL_CTX_free(context) }
    guard let ssl = unsafe SSL_new(context), let incoming = unsafe BIO_new(BIO_s_mem()),
      let outgoing = unsafe BIO_new(BIO_s_mem())
    else { throw TLSClient.Failure(description: "no SSL") }
    // The SSL owns both streams from here on.
    unsafe SSL_set_bio(ssl, incoming, outgoing)
    defer { unsafe SSL_free(ssl) }
    unsafe _ = SSL_connect(ssl)
    ERR_clear_error()
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe BIO_read(outgoing, &bytes, Int32(bytes.count))
    guard count > 0 else { throw TLSClient.Failure(description: "no ClientHello") }
    return Array(bytes.prefix(Int(count)))
  }
}
