/// The two versions that are spoken here.
package enum HTTPVersion: Hashable, Sendable, CustomStringConvertible {
  case http10
  case http11

  package var description: String { self == .http10 ? "HTTP/1.0" : "HTTP/1.1" }
}
