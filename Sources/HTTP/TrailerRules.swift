/// Which fields never stand behind a body: those that frame, route, authenticate or describe it (RFC 9110 section 6.5.1).
enum TrailerRules {
  private static let forbidden: Set<String> = [
    "authorization", "cache-control", "connection", "content-encoding", "content-length", "content-range",
    "content-type",
    "cookie", "expect", "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
    "keep-alive", "max-forwards", "origin", "pragma", "proxy-authenticate", "proxy-authorization", "proxy-connection",
    "range", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "www-authenticate",
  ]

  static func check(_ trailers: HTTPFields) throws(MessageFault) {
    for (name, _) in trailers where forbidden.contains(name) || name.hasPrefix("sec-") {
      throw .malformed("The field \(Excerpt.quoting(name)) stands behind the body; send it before the body.")
    }
  }
}
