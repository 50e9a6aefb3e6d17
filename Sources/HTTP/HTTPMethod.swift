/// A request method: any token, compared with case (RFC 9110 section 9.1).
package struct HTTPMethod: Hashable, Sendable, CustomStringConvertible {
  /// No method anybody uses is longer; a longer one is answered with 501.
  package static let maxLength = 32

  package let rawValue: String

  /// Makes a method of a name the program knows. A name from outside has passed the reader.
  package init(_ rawValue: String) {
    precondition(FieldText.isToken(rawValue), "A method is a token, and \(Excerpt.quoting(rawValue)) is none.")
    self.rawValue = rawValue
  }

  init(parsed rawValue: String) { self.rawValue = rawValue }

  package var description: String { rawValue }

  package static let get = HTTPMethod("GET")
  package static let head = HTTPMethod("HEAD")
  package static let post = HTTPMethod("POST")
  package static let put = HTTPMethod("PUT")
  package static let patch = HTTPMethod("PATCH")
  package static let delete = HTTPMethod("DELETE")
  package static let options = HTTPMethod("OPTIONS")
  package static let connect = HTTPMethod("CONNECT")
  package static let trace = HTTPMethod("TRACE")
}
