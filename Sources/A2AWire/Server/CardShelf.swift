import HTTP
import Synchronization
import Wire

/// The agent card as a document: with its tag and since when it is as it is, and 304 for those who have it.
final class CardShelf: Sendable {
  private struct Edition {
    let tag: String
    let since: Int64
  }

  private let maxAge: Int
  private let now: @Sendable () -> Int64
  /// By path. There are as many as there are services, since nothing else has a card.
  private let editions = Mutex<[String: Edition]>([:])

  init(maxAge: Int, now: @escaping @Sendable () -> Int64 = UnixClock.now) {
    self.maxAge = maxAge
    self.now = now
  }

  func answer(_ card: [UInt8], at path: String, to request: HTTPFields) -> Response {
    let edition = edition(of: card, at: path)
    var fields = HTTPFields([
      ("etag", edition.tag), ("last-modified", HTTPDate.format(unixSeconds: edition.since)),
      ("cache-control", "max-age=\(maxAge)"),
    ])
    if Self.hasCurrent(edition, request) { return Response(.notModified, fields: fields) }
    fields["content-type"] = "application/json"
    return Response(fields: fields, body: .bytes(card))
  }

  /// RFC 9110 section 13.2.2: a date says nothing where there is a tag.
  private static func hasCurrent(_ edition: Edition, _ request: HTTPFields) -> Bool {
    let tags = request.values(of: "if-none-match")
    if !tags.isEmpty { return EntityTags.matches(ifNoneMatch: tags.joined(separator: ", "), etag: edition.tag) }
    guard let since = request["if-modified-since"].flatMap(HTTPDate.parse) else { return false }
    return edition.since <= since
  }

  private func edition(of card: [UInt8], at path: String) -> Edition {
    let tag = "\"\(SHA256.hexadecimal(card).prefix(16))\""
    return editions.withLock { editions in
      if let known = editions[path], known.tag == tag { return known }
      let edition = Edition(tag: tag, since: now())
      editions[path] = edition
      return edition
    }
  }
}
