import Identity

/// What is found when a right is looked at anew.
enum GrantVerdict: Sendable {
  /// It is the same principal, who may still see it; perhaps with other roles or until another time.
  case goesOn(Asker)
  case ends(GrantEnd)
}

extension Identities {
  /// Judges a right by what is known now. The credential was found good when it was shown; whether it still opens the same door for
  /// the same principal is asked as if it had just been shown. What is left of a right is never less than it was: if it does not
  /// suffice, it ends.
  func judge(
    _ asker: Asker, policy: Policy, now: UnixTime, mayGoOn: (Principal) -> Bool
  ) -> GrantVerdict {
    var credential = asker.credential
    if case .session(let session) = credential {
      guard let current = sessions.current(id: session.id, now: now) else {
        return .ends(now >= session.ends ? .expired : .revoked)
      }
      credential = .session(current)
    }
    guard case .known(let principal) = policy.identify(credential.claims), principal.isSame(as: asker.principal) else {
      return .ends(.revoked)
    }
    guard mayGoOn(principal) else { return .ends(.forbidden) }
    return .goesOn(Asker(principal: principal, credential: credential))
  }
}

extension Asker.Credential {
  /// When a stream that it has opened ends if nobody does anything. The stream is use of a session, so that idleness does not end it.
  var end: UnixTime {
    if case .session(let session) = self { session.ends } else { expires }
  }
}

extension Principal {
  /// Whatever they may do.
  func isSame(as other: Principal) -> Bool { name == other.name && tenant == other.tenant }

  /// Wherever the policy says it.
  func mayDoTheSame(as other: Principal) -> Bool {
    roles == other.roles
      && grants.elementsEqual(other.grants) { one, other in
        one.actions == other.actions && one.tasks == other.tasks && one.agents == other.agents
      }
  }
}
