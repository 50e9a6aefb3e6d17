import HTTP
import Identity

/// One-time links, good here or at all gateways that share a journal.
enum LinkKeeper: Sendable {
  case own(SignInLinks)
  /// - Parameter life: seconds for which a link is good.
  case shared(SharedSessions, life: Int64)

  func make(for name: String, now: UnixTime) async throws(Refusal) -> (token: String, expires: UnixTime) {
    let made: Result<(token: String, expires: UnixTime), SignInLinks.Full>
    switch self {
    case .own(let links):
      do throws(SignInLinks.Full) {
        made = .success(try links.make(for: name, now: now))
      } catch {
        made = .failure(error)
      }
    case .shared(let sessions, let life):
      do throws(LedgerAway) {
        made = try await sessions.makeLink(for: name, life: life, now: now)
      } catch {
        throw .sessionsAway
      }
    }
    switch made {
    case .success(let link): return link
    case .failure(let full):
      throw Refusal.tooMany("open sign-in links", retryAfter: max(1, full.nextEnd.seconds - now.seconds))
    }
  }

  /// The name that a link was made out to; nil when it is not good.
  func redeem(_ token: String, now: UnixTime) async throws(Refusal) -> String? {
    switch self {
    case .own(let links): return links.redeem(token, now: now)
    case .shared(let sessions, _):
      do throws(LedgerAway) {
        return try await sessions.redeem(token, now: now)
      } catch {
        throw .sessionsAway
      }
    }
  }
}
