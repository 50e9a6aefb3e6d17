import HTTP
import Identity

/// A refusal, and what only the audit trail may know of it.
final class Denial: Error {
  let refusal: Refusal
  /// For operators: why, where the answer does not say it.
  let reason: String?
  /// Who was found out before the refusal.
  let asker: Asker?

  init(_ refusal: Refusal, reason: String? = nil, asker: Asker? = nil) {
    self.refusal = refusal
    self.reason = reason
    self.asker = asker
  }
}

/// The answers of those who are refused. Each is constant, or says only what the client itself has sent wrong: never whether a
/// principal, a session or a task exists.
extension Refusal {
  static let notSignedIn = unauthorized(
    "This needs somebody who is known. Sign in, or show a client certificate or a bearer token.",
    code: "not-signed-in")
  static let badCertificate = unauthorized(
    "The client certificate is outside its time or carries a malformed name. Show a good one, or none.",
    code: "bad-certificate")
  static let badScheme = unauthorized(
    "Only Authorization: Bearer is taken here. Send a bearer token, or no such field.", code: "bad-token")
  static let badCookie = unauthorized("The session is over or was never opened. Sign in again.", code: "session-over")
  static let doubledAuthorization = Refusal(
    .badRequest, "There is more than one Authorization field. Send one.", code: "doubled-credential")
  static let doubledCookie = Refusal(
    .badRequest, "There is more than one session cookie. Send the one that this server has set.",
    code: "doubled-credential")
  static let twoPrincipals = Refusal(
    .badRequest, "The request shows credentials of two different principals. Show those of one.", code: "two-principals"
  )
  /// The credential is good, and the policy has nobody of that name.
  static let nobodyHere = Refusal(
    .forbidden, "Nobody here is known by this credential. Ask an operator for an entry in the policy.",
    code: "nobody-here")
  static let notAllowed = Refusal(.forbidden, "You may not do this. Ask an operator for a role that may.")
  /// For a task that is not there, and for one that may not be seen: nobody can tell which.
  static let noSuchTask = Refusal(
    .notFound,
    "Task not found: there is none of this id, or you may not see it. Check the id, and as whom you are signed in.")
  static let missingCSRF = Refusal(
    .forbidden,
    "A browser session needs its token in the field x-signalbox-csrf to change something. GET /api/session gives it.",
    code: "csrf-required")
  static let missingCSRFProtocol = Refusal(
    .forbidden,
    "A browser session needs its token to open a WebSocket: offer the subprotocol csrf.TOKEN too. GET /api/session gives it.",
    code: "csrf-required")
  static let foreignPage = Refusal(
    .forbidden,
    "A page of another site may not do this. Call it from a page of this server, or have the origin allowed.",
    code: "foreign-origin")

  /// Says nothing about the token: there is nothing to judge it by.
  /// Sessions are kept where several gateways share them, and that cannot be asked at the moment.
  static let sessionsAway = Refusal(
    .serviceUnavailable,
    "The server that keeps the sessions is away at the moment: nobody can sign in, and this cookie cannot be looked up. Try again "
      + "a little later; nothing was decided.",
    code: "sessions-away", fields: HTTPFields([("retry-after", "5")]))
  static let keysUnavailable = Refusal(
    .serviceUnavailable, "The issuer's keys cannot be had at the moment, so no token can be judged. Try again later.",
    code: "keys-unavailable", fields: HTTPFields([("retry-after", "10")]))

  /// RFC 6750 section 3: the fault of a token is told to whoever showed it.
  static func badToken(_ fault: String) -> Refusal {
    unauthorized(fault, code: "bad-token", #", error="invalid_token", error_description="\#(quotable(fault))""#)
  }

  static func tooMany(_ what: String, retryAfter seconds: Int64) -> Refusal {
    Refusal(
      .tooManyRequests, "Too many \(what). Try again in \(seconds) s.",
      fields: HTTPFields([("retry-after", "\(seconds)")]))
  }

  private static func unauthorized(_ detail: String, code: String, _ parameters: String = "") -> Refusal {
    Refusal(
      .unauthorized, detail, code: code,
      fields: HTTPFields([("www-authenticate", #"Bearer realm="signalbox"\#(parameters)"#)]))
  }

  /// What may stand in an error_description: printable ASCII without the quote and the backslash.
  private static func quotable(_ text: String) -> String {
    String(
      decoding: text.utf8.map { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C ? $0 : UInt8(ascii: "'") },
      as: UTF8.self)
  }
}
