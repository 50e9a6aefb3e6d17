/// The value of a session's cookie: a name for the session that stays as long as the session does, and a secret that is changed for
/// another now and then. Both are random. A right name with a wrong secret is a cookie that was once good: nobody can make one up.
///
/// The token against cross-site requests is made from the name. So it is kept nowhere, outlives a restart, and stays as it is for open
/// pages when the cookie changes; and since a page's token does not lead back to the name, it opens nothing.
package struct SessionCookieValue: Sendable {
  static let nameLength = 16
  static let secretLength = 32

  private let name: [UInt8]
  private let secret: [UInt8]

  /// A new one.
  init() {
    name = SecureRandom.bytes(Self.nameLength)
    secret = SecureRandom.bytes(Self.secretLength)
  }

  private init(name: [UInt8], secret: [UInt8]) {
    self.name = name
    self.secret = secret
  }

  /// Nil for what `text` cannot be.
  package init?(_ text: String) {
    // Each 3 bytes are 4 letters. The length is looked at first, so that nobody makes us decode what is long.
    guard text.utf8.count == (Self.nameLength + Self.secretLength) * 4 / 3,
      let bytes = Base64URL.decode(text.utf8)
    else { return nil }
    name = Array(bytes[..<Self.nameLength])
    secret = Array(bytes[Self.nameLength...])
  }

  package var text: String { Base64URL.encode(name + secret) }

  /// What a page sends with each request that changes something.
  package var csrf: String { Base64URL.encode(Digest.sha256(Array("signalbox csrf ".utf8) + name)) }

  /// What sessions are looked up by.
  var nameHash: [UInt8] { Digest.sha256(name) }
  /// What is kept of the whole.
  var hash: [UInt8] { Digest.sha256(name + secret) }

  /// The cookie that takes the place of this one.
  func successor() -> SessionCookieValue {
    SessionCookieValue(name: name, secret: SecureRandom.bytes(Self.secretLength))
  }
}
