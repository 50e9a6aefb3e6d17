import COpenSSL

/// OpenSSL's refusal: what it was asked to do, and everything its error queue said about why not.
package struct OpenSSLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line of OpenSSL's error queue.
  package struct Entry: Hashable, Sendable {
    /// The code as `openssl errstr` takes it, for code that must tell one refusal from another.
    package let code: UInt
    package let reason: String
    package let library: String
    /// OpenSSL's own addition, as `expecting: CERTIFICATE`; often absent.
    package let detail: String?
  }

  /// What was attempted, as a verb with its object: `read the certificate`.
  package let operation: String
  /// Oldest first, which is the innermost cause first. Empty when OpenSSL gave no reason.
  package let entries: [Entry]

  package init(operation: String, entries: [Entry]) {
    self.operation = operation
    self.entries = entries
  }

  package var description: String {
    guard !entries.isEmpty else { return "OpenSSL could not \(operation), and gave no reason." }
    let reasons = entries.map { entry in
      let detail = entry.detail.map { " [\($0)]" } ?? ""
      return "\(entry.reason) (\(entry.library))\(detail)"
    }
    return "OpenSSL could not \(operation): \(reasons.joined(separator: "; "))."
  }
}

extension OpenSSLError {
  /// Empties this thread's error queue into an error.
  init(draining operation: String) {
    var entries: [Entry] = []
    while true {
      var detail: UnsafePointer<CChar>?
      var flags: CInt = 0
      let code = unsafe ERR_get_error_all(nil, nil, nil, &detail, &flags)
      guard code != 0 else { break }
      let text = unsafe flags & ERR_TXT_STRING != 0 ? detail.map { unsafe String(cString: $0) } : nil
      entries.append(
        Entry(
          code: code,
          reason: unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) } ?? "error code \(code)",
          library: unsafe ERR_lib_error_string(code).map { unsafe String(cString: $0) } ?? "unknown library",
          detail: text.flatMap { $0.isEmpty ? nil : $0 }))
    }
    self.init(operation: operation, entries: entries)
  }
}
