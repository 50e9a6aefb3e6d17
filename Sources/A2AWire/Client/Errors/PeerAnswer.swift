package import HTTP
import Wire

/// The HTTP side of an answer that refuses something.
package struct PeerAnswer: Sendable, Equatable {
  package let status: HTTPStatus
  package let mediaType: String
  /// How the agent wants us to prove who we are (`WWW-Authenticate`).
  package let challenge: String?
  /// After how long it may be tried again; a date is not read.
  package let retryAfter: Duration?
  /// Where a redirect leads. It is not followed: the card says where an agent is.
  package let location: String?
  /// The first bytes of the body.
  package let beginning: [UInt8]

  init(_ response: ClientResponse, body: [UInt8]) {
    status = response.status
    mediaType = response.mediaType
    let fields = response.fields
    challenge = fields["www-authenticate"]
    retryAfter = fields["retry-after"].flatMap { Int($0) }.flatMap { (0...86_400).contains($0) ? .seconds($0) : nil }
    location = fields["location"]
    beginning = Array(body.prefix(ForeignText.limit))
  }

  /// What it says, for an answer without an error of A2A.
  var text: String {
    var text = "Agent returned \(status.code)"
    if let location { text += ", to go to \(ForeignText.quoting(location)), which is not followed" }
    if let challenge { text += ", and asks for \(ForeignText.quoting(challenge))" }
    if let retryAfter { text += ", and asks to come back after \(retryAfter.components.seconds) s" }
    if mediaType.isEmpty && beginning.isEmpty { return text + " and without a body" }
    return text + ", \(mediaType.isEmpty ? "no content type" : "the content type \(ForeignText.quoting(mediaType))")"
      + " and a body that begins with \(ForeignText.quoting(beginning))"
  }
}
