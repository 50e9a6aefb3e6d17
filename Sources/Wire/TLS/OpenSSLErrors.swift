import COpenSSL

/// OpenSSL's error queue as text. Clear it before a call whose failure is to be told, drain it after.
enum OpenSSLErrors {
  static func clear() {
    ERR_clear_error()
  }

  /// Every queued reason, oldest first, joined into one phrase.
  static func drain() -> String {
    var reasons: [String] = []
    while case let code = ERR_get_error(), code != 0 {
      if let reason = unsafe ERR_reason_error_string(code) {
        unsafe reasons.append(String(cString: reason))
      } else {
        reasons.append("error 0x" + String(code, radix: 16))
      }
    }
    return reasons.isEmpty ? "no reason given" : reasons.joined(separator: ", ")
  }
}
