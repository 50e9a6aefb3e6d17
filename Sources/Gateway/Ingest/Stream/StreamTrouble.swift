import Journal

/// Why nothing is read at the moment, in words for an operator. It goes on by itself when that is over.
struct StreamTrouble: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// - Parameter text: an error of Redis: a code in capitals, then a sentence.
  init(_ text: String, at configuration: StreamIngestConfiguration) {
    let (server, stream) = (configuration.redis.server.description, configuration.stream)
    switch text.prefix(while: { $0 != " " }) {
    case "NOGROUP":
      description =
        "The stream \(stream) at \(server), or its consumer group \(configuration.group), has gone. It is made again, and whatever "
        + "the stream has is read from its beginning; what was stored before is not stored again."
    case "WRONGTYPE":
      description =
        "A key at \(server) is no stream, or none of ours: \(stream), or one whose name begins so. Choose another "
        + "ingest.redis.stream, or remove the key."
    case "NOPERM": description = Self.missingRight(server, text)
    case "NOAUTH":
      description =
        "\(server) wants a password. Set ingest.redis.password, and ingest.redis.user if it is not the default one."
    case "OOM":
      description = "The memory of \(server) is full (maxmemory). Give it more, or have producers trim the stream."
    case "READONLY": description = "\(server) is a replica, which takes no writes. Name the primary."
    case "MISCONF": description = "\(server) cannot save to its disk, and takes no writes until it can: \(text)"
    case "LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN", "UNBLOCKED":
      description = "\(server) is not ready: \(text)"
    case "TOOOLD": description = "\(server) is older than Redis 7.0, which the stream needs. Bring it up to date."
    default:
      // What a script may not do is said by an older server without the code.
      let isRight = text.contains("can't run this command") || text.contains("permission")
      description = isRight ? Self.missingRight(server, text) : "\(server) refused what was asked: \(text)"
    }
  }

  private static func missingRight(_ server: String, _ text: String) -> String {
    let words = text.last == "." ? String(text.dropLast()) : text
    return
      "\(server) does not let its user do what reading the stream needs: \(words). docs/ingest-redis.md has the line for its access list."
  }
}
