import Glibc

/// What went wrong in the transport, in a sentence a person can act on.
package struct WireError: Error, Sendable, CustomStringConvertible {
  /// The kind of failure, for code that has to tell them apart.
  package enum Code: Sendable {
    /// An address cannot be parsed, or cannot be listened on.
    case address
    /// A certificate, key, CA or CRL that cannot be used.
    case certificate
    /// The connection is gone.
    case closed
    /// A file that cannot be read.
    case file
    /// A thread, context or descriptor that could not be had.
    case resources
    /// A body longer than the route allows, or a request that broke off.
    case request
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// A failure of a system call, told with the system's own words.
  init(_ code: Code, _ what: String, errno number: Int32) {
    let reason = unsafe String(cString: strerror(number))
    self.init(code, "\(what): \(reason).")
  }

  package var description: String { message }
}
