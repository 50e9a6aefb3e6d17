import COpenSSL

/// Calls into OpenSSL with its error queue cleared before, so that an old entry is never blamed for a new failure, and
/// drained after one. The queue belongs to the thread; nothing here suspends in between.
enum OpenSSLCall {
  /// A call that answers with an object, or with null when it failed.
  static func object<Object>(_ operation: String, _ call: () -> Object?) throws(OpenSSLError) -> Object {
    ERR_clear_error()
    guard let object = call() else { throw OpenSSLError(draining: operation) }
    return object
  }

  /// A call that answers with a number above zero, or with something else when it failed.
  static func success(_ operation: String, _ call: () -> CInt) throws(OpenSSLError) {
    ERR_clear_error()
    guard call() > 0 else { throw OpenSSLError(draining: operation) }
  }
}
