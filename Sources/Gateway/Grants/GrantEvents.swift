import HTTP
import Identity
import JSON

/// What an event stream says about its own right. None of these has an id: they move nobody's cursor.
enum GrantEvents {
  /// Why a stream ends with its gateway: the same word that `Wire` has for those that are left at the end.
  static let goingAway = "draining"
  /// There is no room for it now, and `retry` says when to come again.
  static let tryLater = "try-later"

  /// The first event of every stream: by what right it is open, and under which name that is refreshed. Told anew when the right has
  /// become another one.
  static func grant(_ id: String, _ asker: Asker, retry: Int? = nil) -> ServerSentEvent {
    event("grant", retry: retry) { data in
      data.member("id", id)
      data.member("principal", asker.principal.name)
      data.member("tenant", ifPresent: asker.principal.tenant)
      data.array("roles") { list in
        for role in asker.principal.roles.map(\.rawValue).sorted() { list.string(role) }
      }
      data.member("credential", asker.credential.kind)
      data.member("expires", asker.credential.end.description)
    }
  }

  /// Nil for what has no event of its own: the end is said by the stream's `bye`, another right by another `grant`.
  static func event(for notice: GrantNotice, now: UnixTime) -> ServerSentEvent? {
    switch notice {
    case .expiring(let end):
      event("expiring") { data in
        data.member("at", end.description)
        data.member("inSeconds", max(0, end.seconds - now.seconds))
      }
    case .refreshed(let end):
      event("refreshed") { $0.member("expires", end.description) }
    case .crowded(let streams, let limit):
      event("crowded") { data in
        data.member("streams", streams)
        data.member("limit", limit)
        data.member(
          "advice",
          """
          This session has \(streams) streams open. A browser opens \(limit) connections to a server and lets everything else \
          wait: share one stream among your tabs.
          """)
      }
    case .reconsidered, .changed, .sentAway, .ended:
      nil
    }
  }

  private static func event(
    _ type: String, retry: Int? = nil, _ data: (inout JSONWriter) -> Void
  ) -> ServerSentEvent {
    var writer = JSONWriter()
    writer.object(data)
    return ServerSentEvent(event: type, data: writer.bytes, retryMilliseconds: retry)
  }
}
