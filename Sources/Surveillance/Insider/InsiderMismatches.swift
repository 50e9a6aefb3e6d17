/// Where the alert's event and people are other than the data's. What it claims of profits and hours is compared where it is read.
extension InsiderCase {
  var mismatches: [CitedText] {
    eventMismatches
      + facts.related.unconfirmed.map { party in
        "The alert names \(party, from: .readAlert) as related to the trader; no register links them."
      }
  }

  private var eventMismatches: [CitedText] {
    guard let event = facts.news.event, let claimed = event.alertTime else { return [] }
    var found: [CitedText] = []
    if event.news == nil {
      found.append(
        """
        The alert puts an event on \(claimed.day, from: .readAlert), but no material news of that day is on file; the \
        alert's time is used.
        """)
    } else if event.alertTimeIsKnown, claimed != event.time {
      found.append(
        """
        The alert puts the event at \(claimed, from: .readAlert), but the first material news came at \
        \(event.time, from: .marketNews), which is used.
        """)
    }
    if case .after(let hours) = timing {
      found.append(
        """
        The first trade came \(hours, digits: 1, from: .marketNews) hours after the event, so that it could not run \
        ahead of it.
        """)
    }
    return found
  }
}
