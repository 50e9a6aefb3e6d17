/// Why a token is not good. Descriptions are sentences in printable ASCII, without quotation marks and backslashes (RFC 6750 section 3
/// allows neither), that quote nothing secret; they go to whoever showed it.
package enum TokenFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// It cannot be read as a token. A sentence.
  case malformed(String)
  /// How it is signed is not accepted here. A sentence.
  case algorithm(String)
  /// None of the issuer's keys that are known here has signed it.
  case unknownKey
  case signature
  case issuer
  case audience
  case expired(UnixTime)
  case notYetValid(UnixTime)
  /// Something that it says, or leaves out. A sentence.
  case claim(String)
  /// Nobody's fault: there are no keys to judge by at the moment. To be answered with 503.
  case keysUnavailable

  package var description: String {
    switch self {
    case .malformed(let sentence), .algorithm(let sentence), .claim(let sentence): sentence
    case .unknownKey: "The token is signed with a key that its issuer does not publish; get a new token."
    case .signature: "The signature of the token does not fit; send the token unchanged, as the issuer gave it."
    case .issuer: "The token comes from another issuer than the one trusted here; get one from that issuer."
    case .audience: "The token is not made out for this service; get one with this service as its audience."
    case .expired(let time): "The token has expired at \(time); get a new one."
    case .notYetValid(let time): "The token is good from \(time) on; use it then, or set the clocks right."
    case .keysUnavailable:
      "Tokens cannot be checked at the moment, because the keys of their issuer are not known; try again later."
    }
  }
}
