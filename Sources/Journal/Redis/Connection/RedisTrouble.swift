/// Why there is no connection that can be used.
enum RedisTrouble: Error, Equatable {
  /// It may be there again in a moment; a clause that says what is wrong.
  case away(String)
  /// Somebody has to do something first.
  case refused(JournalError)
}

/// What an error of the server means.
enum RedisFault {
  /// It was not carried out, and this connection, or the moment, is the wrong one: once more on another.
  case stale
  case error(JournalError)

  /// - Parameter settings: what those begin with that say how the server and we know each other.
  init(_ text: String, of server: String, by settings: String) {
    let code = text.prefix { $0 != " " }
    switch code {
    case "EPOCH", "NOSCRIPT", "LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN", "UNBLOCKED":
      self = .stale
    default:
      self = .error(Self.error(String(code), text, server, settings))
    }
  }

  /// What the server says, some of it with a full stop and some without, for the middle of a sentence of ours.
  private static func clause(_ text: String) -> String { text.last == "." ? String(text.dropLast()) : text }

  private static func error(_ code: String, _ text: String, _ server: String, _ settings: String) -> JournalError {
    switch code {
    case "OOM":
      JournalError(
        .full,
        "The memory of \(server) is full (maxmemory). Give it more, or keep less; it goes on by itself.")
    case "READONLY":
      JournalError(
        .readOnly,
        "\(server) is a replica, which takes no writes. Name the primary, or an address that always leads to it.")
    case "MISCONF":
      JournalError(
        .readOnly, "\(server) cannot save to its disk, and takes no writes until it can. Its own log tells why: \(text)"
      )
    case _ where ["NOAUTH", "WRONGPASS"].contains(code) || text.hasPrefix("ERR AUTH "):
      JournalError(
        .unreadable,
        "\(server) does not let us in: \(clause(text)). Check \(settings).user and \(settings).password.")
    case "NOPERM":
      JournalError(
        .unreadable,
        "\(server) does not let its user do what the journal needs: \(clause(text)). docs/journal.md has the line for its access list."
      )
    case "WRONGTYPE":
      JournalError(
        .corrupt,
        "\(server) has keys of another program where the journal's should be. Choose another journal.redis.prefix.")
    case "NEWER":
      JournalError(
        .tooNew,
        "The journal at \(server) was made by a later version of this program. Use that one, or another prefix.")
    default:
      JournalError(.unreadable, "\(server) refused what the journal asked for: \(text)")
    }
  }
}
