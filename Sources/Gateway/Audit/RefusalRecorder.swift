import HTTP
import Identity
import Synchronization
import Wire

/// Writes down who was refused what: routes by their patterns, never a value out of a request. Any thread.
final class RefusalRecorder: Sendable {
  private let audit: AuditTrail
  private let clock: GatewayClock
  private let tally = Mutex(RefusalTally())

  init(audit: AuditTrail, clock: GatewayClock) {
    self.audit = audit
    self.clock = clock
  }

  /// Leaves out what has nothing to do with identity: a body that is too long is no refusal of somebody.
  func record(_ denial: Denial, _ request: Request, _ row: SecuredRouter.Row) {
    let isAboutIdentity =
      [.unauthorized, .forbidden, .tooManyRequests].contains(denial.refusal.status)
      || [.doubledAuthorization, .doubledCookie, .twoPrincipals, .noSuchTask].contains(denial.refusal)
    guard isAboutIdentity else { return }
    let address = request.peer.address.host
    let (isWritten, rests) = tally.withLock { $0.count(address, now: clock.now()) }
    write(rests)
    guard isWritten else { return }
    var record = AuditRecord(.refusal, .refused, who: denial.asker?.principal.name, from: address)
    record.credential = denial.asker?.credential.kind
    if case .session(let session) = denial.asker?.credential { record.session = session.id }
    record.request = request.id
    record.route = "\(row.method) \(row.pattern)"
    if case .may(let action) = row.access { record.action = action }
    record.detail = "\(denial.refusal.status.code): \(denial.reason ?? denial.refusal.detail)"
    audit.write(record)
  }

  /// Writes what is still only counted. At the end of the gateway.
  func finish() {
    write(tally.withLock { $0.takeRests() })
  }

  private func write(_ rests: [RefusalTally.Rest]) {
    for rest in rests {
      var record = AuditRecord(.refusal, .refused, from: rest.address ?? "other addresses")
      record.detail = "\(rest.count) more within a minute that are not told one by one."
      audit.write(record)
    }
  }
}
