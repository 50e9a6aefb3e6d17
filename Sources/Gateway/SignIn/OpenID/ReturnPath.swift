import HTTP

/// Where somebody wants to be after signing in: a place on this gateway and nowhere else.
///
/// A browser takes `//host`, `/\host` and, without the tab, `/<tab>/host` for another server. So all that is taken is an absolute path of
/// visible ASCII as the request reader would take it, with or without a query; everything else is the front page.
struct ReturnPath: Sendable, Equatable, CustomStringConvertible {
  let description: String

  static let frontPage = ReturnPath("/")
  /// Longer ones are not worth keeping for those who may never come back.
  private static let lengthLimit = 2000

  /// No fragment either: the page behind `/sign-in#…` would take what somebody else has put there for a sign-in link.
  init(_ text: String?) {
    guard let text, text.utf8.count <= Self.lengthLimit, text.utf8.first == UInt8(ascii: "/"),
      !text.hasPrefix("//"), !text.utf8.contains(UInt8(ascii: "\\")),
      (try? RequestTarget(parsing: text)) != nil
    else {
      description = "/"
      return
    }
    description = text
  }
}
