import HTTP
import Telemetry

/// The cookie that ties a sign-in to the browser it was begun in.
///
/// `SameSite=Lax` and not `Strict`, because the way back begins on a page of the issuer. It opens nothing by itself.
enum OpenIDCookie {
  static let name = "__Host-signalbox-signin"

  static func field(setting value: Secret) -> String {
    "\(name)=\(FormText.text(value)); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=\(OpenIDFlow.life)"
  }

  static let clearingField = "\(name)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"

  /// The value that a request brings. Nil also when it brings two: nobody could say which of them is ours.
  static func value(in fields: HTTPFields) -> Secret? {
    let values = fields.values(of: "cookie").flatMap { $0.split(separator: ";") }.compactMap { pair -> Substring? in
      let pair = pair.drop { $0 == " " }
      return pair.hasPrefix(name + "=") ? pair.dropFirst(name.count + 1) : nil
    }
    guard values.count == 1, let value = values.first, !value.isEmpty else { return nil }
    return Secret(String(value))
  }
}
