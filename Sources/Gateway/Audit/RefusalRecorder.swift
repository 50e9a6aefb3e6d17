import HTTP
import Identity
import Synchronization
import Wire

/// Writes down who was refused what: routes by their patterns, never a value out of a request. Any thread.
final class RefusalRecorder: Sendable {
  /// The last ones, limits that were reached among them.
  let recent = RecentRefusals()
  private let audit: AuditTrail
  private let clock: GatewayClock
  private let tally = Mutex(RefusalTally())

  init(audit: AuditTrail, clock: GatewayClock) {
    self.audit = audit
    self.clock = clock
  }

  /// Leaves out what has nothing to do with identity: a body that is too long is no refusal of somebody.
  func record(_ denial: Denial, _ request: Request, _ row: SecuredRouter.Row) {
    note(denial, request, row)
    guard Self.isAboutIdentity(denial.refusal) else { return }
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

  /// Keeps it for those who look how the gateway does, and writes nothing.
  func note(_ denial: Denial, _ request: Request, _ row: SecuredRouter.Row) {
    let refusal = denial.refusal
    guard Self.isAboutIdentity(refusal) || Self.limits.contains(refusal.word) else { return }
    recent.add(
      RecentRefusals.Entry(
        time: clock.milliseconds(), status: refusal.status.code, code: refusal.word,
        route: "\(row.method) \(row.pattern)", who: denial.asker?.principal.name, address: request.peer.address.host))
  }

  /// Of the gateway as a whole, or of a task; those of requests are 429.
  private static let limits: Set = ["too-much-work", "too-many-commands", "no-room"]

  private static func isAboutIdentity(_ refusal: Refusal) -> Bool {
    [.unauthorized, .forbidden, .tooManyRequests].contains(refusal.status)
      || [.doubledAuthorization, .doubledCookie, .twoPrincipals, .noSuchTask].contains(refusal)
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
