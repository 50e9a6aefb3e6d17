package import Identity

/// Who may come to a route. Every route has to say it; what it says is in the table that the tests hold against their rows.
package enum RouteAccess: Sendable, Equatable {
  /// Everybody, and nobody's credentials are looked at: static pages, probes.
  case open
  /// Everybody, because it is the door itself: counted as tries to sign in.
  case signIn
  /// Everybody; who shows a credential is known by it, and it must be good.
  case anyone
  /// Whoever is known here.
  case known
  /// Those who may do this, to something at least. What it is done to is judged by the handler, with `Asker.require`.
  case may(Action)
}
