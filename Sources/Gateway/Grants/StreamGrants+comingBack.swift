import HTTP
import Identity
import Journal
import Wire

extension StreamGrants {
  /// What is to be answered to who resumes an event stream and would be refused because of what others have told: those may be streams of a
  /// gateway that has just died, and this was one of them. To a browser's `EventSource`, 429 would be the end of it.
  ///
  /// Nil: it may be opened, or is refused like any other.
  func comeBack(_ asker: Asker, _ request: Request, _ start: StreamStart, epoch: String) -> Response? {
    guard case .resumed = AdmissionTicket.Kind(start, epoch: epoch) else { return nil }
    let keys = [StandingKey.principal(asker.principal.name), .address(request.peer.address.neighbourhood)]
    let rooms = count { standings in keys.map { standings.room(for: $0) } }
    guard rooms.contains(.fullElsewhere), !rooms.contains(.fullHere) else { return nil }
    // Each another time, or those who were cut off together would come back together.
    let wait = Standings.retryAfterOthers * 1000 + Int64.random(in: 0...1000)
    return .comeBack(after: wait, because: GrantEvents.tryLater)
  }
}
