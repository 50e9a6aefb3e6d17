/// The name of a header field or of a query parameter, reduced to its letters and digits in lower case, so that
/// `X-API-Key`, `api_key` and `apiKey[]` are told apart by their words only.
struct SensitiveName {
  private let letters: [UInt8]

  init(_ name: some Sequence<UInt8>) {
    letters = name.compactMap { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: nil
      }
    }
  }

  var isCredentialField: Bool { contains(Self.words) || contains(Self.fieldWords) }

  var isURLField: Bool { Self.urlFields.contains(letters) }

  var isCredentialParameter: Bool { contains(Self.words) || Self.parameters.contains(letters) }

  /// Words that give a secret away wherever they occur in a name.
  private static let words = bytes([
    "token", "secret", "password", "passwd", "passphrase", "credential", "apikey", "accesskey", "privatekey", "session",
    "signature", "csrf", "xsrf", "authorization", "cookie",
  ])

  private static let fieldWords = bytes(["authentication", "xauth"])

  /// Whole names, too short or too common to be looked for inside of others.
  private static let parameters = Set(
    bytes([
      "code", "login", "key", "auth", "jwt", "bearer", "ticket", "sid", "sig", "hmac", "otp", "pin", "pwd", "pass",
      "nonce", "assertion", "clientassertion", "samlresponse",
    ]))

  private static let urlFields = Set(bytes(["referer", "location", "contentlocation"]))

  private static func bytes(_ names: [String]) -> [[UInt8]] { names.map { Array($0.utf8) } }

  private func contains(_ words: [[UInt8]]) -> Bool {
    words.contains { word in
      letters.count >= word.count
        && (0...letters.count - word.count).contains { letters[$0...].starts(with: word) }
    }
  }
}
