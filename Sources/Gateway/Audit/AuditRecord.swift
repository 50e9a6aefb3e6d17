package import Identity

/// What happened, for those who must be able to tell later: who, what, from where, with what result.
package struct AuditRecord: Sendable, Equatable {
  package enum Event: String, Sendable, CaseIterable {
    case signIn = "sign-in"
    case signOut = "sign-out"
    /// A session, a token's or a certificate's stream was ended by somebody or something else.
    case revoke
    case refusal
    case command
    case policyChange = "policy-change"
    case link
    /// Records that could not be kept. Only the trail itself says so.
    case loss
  }

  package enum Result: String, Sendable, CaseIterable {
    case ok
    case refused
    case failed
  }

  package var event: Event
  package var result: Result
  /// The principal's name; nil when nobody is known.
  package var who: String?
  /// certificate, token or session, and the session's id.
  package var credential: String?
  package var session: String?
  /// The address of the peer.
  package var from: String
  /// The request in the log.
  package var request: String?
  /// `POST /api/session`; the route's pattern, never a value out of it.
  package var route: String?
  package var action: Action?
  package var task: String?
  /// A sentence: why it was refused, what was changed.
  package var detail: String?

  package init(_ event: Event, _ result: Result, who: String? = nil, from: String) {
    self.event = event
    self.result = result
    self.who = who
    self.from = from
  }
}
