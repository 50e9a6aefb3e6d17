import HTTP
import Identity
import Journal
import Wire

/// All that decides whether a request may pass: one for the gateway, shared by its listeners. Any thread.
final class AccessGate: Sendable {
  let identities: Identities
  let rates: RateGate
  let crossSite: CrossSiteRules
  private let refusals: RefusalRecorder
  private let audit: AuditTrail
  private let grants: StreamGrants

  init(identities: Identities, audit: AuditTrail, grants: StreamGrants) {
    self.identities = identities
    self.audit = audit
    self.grants = grants
    rates = RateGate(limits: identities.configuration.rates, clock: identities.clock)
    crossSite = CrossSiteRules(identities.configuration)
    refusals = RefusalRecorder(audit: audit, clock: identities.clock)
  }

  /// Lets a request through to its handler, or refuses it; refusals are recorded, the handler's too.
  func pass(
    _ request: Request, to row: SecuredRouter.Row, _ handler: SecuredRouter.SecuredHandler
  ) async throws -> Response {
    var asker: Asker?
    do throws(Denial) {
      asker = try await admit(request, row.access)
    } catch {
      refusals.record(error, request, row)
      throw error.refusal
    }
    do {
      return await withNewCookie(for: asker, try await handler(request, asker))
    } catch let refusal as Refusal {
      // The door itself tells more of those who do not get in than could be told here.
      let denial = Denial(refusal, asker: asker)
      if row.access == .signIn { refusals.note(denial, request, row) } else { refusals.record(denial, request, row) }
      throw refusal
    } catch let error as JournalError {
      throw Refusal(error)
    }
  }

  /// Records a refusal that is answered in other words than ours.
  /// - Parameter reason: for operators, where the refusal does not say it.
  func record(
    _ refusal: Refusal, reason: String? = nil, of asker: Asker, _ request: Request, _ row: SecuredRouter.Row
  ) {
    refusals.record(Denial(refusal, reason: reason, asker: asker), request, row)
  }

  var recentRefusals: RecentRefusals { refusals.recent }

  /// Tells the audit trail what was only counted. At the end of the gateway.
  func finish() {
    refusals.finish()
  }

  /// Two have shown cookies of one session, so one of them has taken it from the other. The store has ended it for both.
  func end(stolen session: Session, _ request: Request) {
    var record = AuditRecord(.revoke, .ok, who: session.owner, from: request.peer.address.host)
    record.credential = "session"
    record.session = session.id
    record.request = request.id
    record.detail = "A cookie was shown that had been changed for another: the session was taken, and is over."
    audit.write(record)
    grants.reconsider()
    let sessions = identities.sessions
    // The disk is slow, and this a loop. Should the disk fail, the session is over until the next start all the same.
    Task { try? await sessions.settle() }
  }

  private func admit(_ request: Request, _ access: RouteAccess) async throws(Denial) -> Asker? {
    let address = request.peer.address.neighbourhood
    switch access {
    case .open:
      try denying { () throws(Refusal) in try crossSite.check(request) }
      return nil
    case .signIn:
      try denying { () throws(Refusal) in
        try rates.pass(.signIn, address: address)
        try crossSite.check(request)
      }
      return nil
    case .anyone, .known, .may:
      try denying { () throws(Refusal) in
        try rates.pass(.request, address: address)
        try crossSite.check(request)
      }
      guard let asker = try await asker(of: request) else {
        if access == .anyone { return nil }
        throw Denial(.notSignedIn)
      }
      try denying(asker) { () throws(Refusal) in try rates.pass(.request, principal: asker.principal.name) }
      if case .may(let action) = access { try admit(asker, action) }
      return asker
    }
  }

  private func admit(_ asker: Asker, _ action: Action) throws(Denial) {
    let decision = asker.principal.decide(action, on: action.isOfGateway ? .gateway : .something)
    guard decision.isAllowed else { throw Denial(.notAllowed, reason: decision.reason, asker: asker) }
  }

  private func denying(_ asker: Asker? = nil, _ check: () throws(Refusal) -> Void) throws(Denial) {
    do throws(Refusal) {
      try check()
    } catch {
      throw Denial(error, asker: asker)
    }
  }
}
