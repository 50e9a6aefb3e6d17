import COpenSSL
import Glibc

/// How an outgoing connection came to its end, as far as the socket can tell.
enum ClientSocketEnding: Equatable {
  /// The peer said goodbye: nothing was cut off. (Without TLS that is TCP's end, and no more can be known.)
  case goodbye
  /// TCP's end without TLS's: whatever was under way may be cut off.
  case truncated
  case reset
  /// The peer sent an alert.
  case refused(TLSAlert)
  /// The server's certificate is not good, in OpenSSL's words.
  case untrusted(String)
  /// What came is not TLS as we speak it, in OpenSSL's words.
  case garbled(String)
  /// The system's words.
  case failed(String)
  /// We have closed it.
  case ours

  /// After a call that failed with `error`, with the queue and errno as that call has left them.
  init(of ssl: OpaquePointer, error: Int32, errno number: Int32, isOpen: Bool) {
    let code = ERR_peek_error()
    let reason = signalbox_err_reason(code)
    defer { OpenSSLErrors.clear() }
    switch error {
    case SSL_ERROR_ZERO_RETURN:
      self = .goodbye
    case SSL_ERROR_SYSCALL:
      self.init(errno: number)
    case SSL_ERROR_SSL where reason == SSL_R_UNEXPECTED_EOF_WHILE_READING:
      self = .truncated
    case SSL_ERROR_SSL where signalbox_err_library(code) == ERR_LIB_SSL && reason > SSL_AD_REASON_OFFSET:
      self = .refused(TLSAlert(code: Int(reason - SSL_AD_REASON_OFFSET)))
    default:
      let verdict = unsafe SSL_get_verify_result(ssl)
      if !isOpen, verdict != Int(X509_V_OK) {
        self = .untrusted(unsafe String(cString: X509_verify_cert_error_string(verdict)))
      } else {
        self = .garbled(OpenSSLErrors.drain())
      }
    }
  }

  /// By the number of a system call; 0 is an end that nothing has announced.
  init(errno number: Int32) {
    self =
      switch number {
      case 0: .truncated
      case ECONNRESET, EPIPE: .reset
      default: .failed(unsafe String(cString: strerror(number)))
      }
  }
}
