import HTTP
import Identity
import Wire

extension SocketConnection {
  /// Waits for the socket's turn, before anything is read for a subscription. Its commands do not wait.
  ///
  /// All that resumes waits with one ticket, and all that is new with another: who has a place to go on from is not kept back by what else
  /// the socket wants.
  func admit(_ start: StreamStart) async throws {
    guard !isAdmitted else { return }
    let kind = AdmissionTicket.Kind(start, epoch: services.epoch)
    let ticket = tickets[kind] ?? services.admission.ticket(kind, of: asker.principal.name)
    tickets[kind] = ticket
    switch await services.admission.pass(ticket) {
    case .admitted: isAdmitted = true
    case .left: throw CancellationError()
    case .tooMany: throw Refusal.tooManyWaiting
    case .deferred(let wait): throw Refusal.tryLater(after: wait)
    case .draining(let wait): throw Refusal.goingAway(after: wait)
    }
  }
}
