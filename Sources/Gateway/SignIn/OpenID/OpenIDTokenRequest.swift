import HTTP
import Identity
import Telemetry
import Wire

/// The exchange of a code for an ID token (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
struct OpenIDTokenRequest: Sendable {
  let code: Secret
  let flow: OpenIDFlow
  let client: OpenIDClient

  func request(to endpoint: ServiceURL) -> ClientRequest {
    var items = [
      ("grant_type", "authorization_code"), ("code", FormText.text(code)), ("redirect_uri", flow.redirectURI),
      ("code_verifier", FormText.text(flow.verifier)),
    ]
    var fields = HTTPFields([("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")])
    if let secret = client.secret {
      fields["authorization"] = Self.basicCredentials(client.id, secret)
    } else {
      items.append(("client_id", client.id))
    }
    return ClientRequest(.post, endpoint, fields: fields, body: .bytes(Array(FormText.encode(items).utf8)))
  }

  /// What nobody else may get to read, should the issuer repeat it in an error.
  var secrets: [Secret] { [code, flow.verifier, flow.nonce] + (client.secret.map { [$0] } ?? []) }

  /// `client_secret_basic`: both halves are encoded as in a form first (RFC 6749 section 2.3.1).
  private static func basicCredentials(_ id: String, _ secret: Secret) -> String {
    let pair = "\(PercentEncoding.encode(id)):\(PercentEncoding.encode(FormText.text(secret)))"
    return "Basic \(base64(Array(pair.utf8)))"
  }

  /// The usual alphabet, padded (RFC 4648 section 4).
  private static func base64(_ bytes: [UInt8]) -> String {
    let text = Base64URL.encode(bytes).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    return String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
  }
}
