/// Takes secrets out of what a request carries in the open, before anybody logs it.
///
/// The rule goes by names, as a value does not say what it is. It errs on the side of silence: any name that
/// contains a word such as `token` is redacted, known or not.
package enum Redaction {
  /// What stands in place of a secret.
  package static let mark = "[redacted]"

  /// The value of a header field as it may be logged: redacted if the field carries a credential, and with the secrets
  /// in its query taken out if it carries a URL.
  package static func field(_ name: String, _ value: String) -> String {
    let name = SensitiveName(name.utf8)
    if name.isCredentialField { return mark }
    return name.isURLField ? target(value) : value
  }

  /// A request target or a URL as it may be logged: without its password, and without the values of parameters that
  /// carry secrets, wherever such parameters can stand (query, fragment, path).
  package static func target(_ target: String) -> String {
    String(decoding: RedactedURL(Array(target.utf8)).bytes, as: UTF8.self)
  }

  /// A query without its question mark, or a form body, as it may be logged.
  package static func query(_ query: String) -> String {
    String(decoding: RedactedURL(query: Array(query.utf8)).bytes, as: UTF8.self)
  }
}
