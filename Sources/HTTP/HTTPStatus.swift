/// A status code with its reason phrase. Two statuses are equal when their codes are.
package struct HTTPStatus: Hashable, Sendable, CustomStringConvertible {
  package let code: Int
  package var reason: String

  /// A status with the usual reason phrase of `code`, or an empty phrase for a code without one.
  package init(code: Int) {
    precondition(100...599 ~= code, "A status code lies between 100 and 599, and \(code) does not.")
    self.code = code
    self.reason = Self.usualReason(code)
  }

  package init(code: Int, reason: String) {
    self.init(code: code)
    self.reason = reason
  }

  /// 1xx: an interim answer; the final one is still to come.
  package var isInterim: Bool { code < 200 }

  /// An answer with this status never has a body, whatever its fields say (RFC 9112 section 6.3).
  package var forbidsBody: Bool { isInterim || code == 204 || code == 304 }

  package var description: String { reason.isEmpty ? "\(code)" : "\(code) \(reason)" }

  package static func == (left: HTTPStatus, right: HTTPStatus) -> Bool { left.code == right.code }

  package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
