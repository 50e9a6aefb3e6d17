import HTTP
import Telemetry

/// `application/x-www-form-urlencoded`, as queries and token requests have it.
enum FormText {
  /// A space is `%20`, which every reader takes, in queries as in bodies.
  static func encode(_ items: [(String, String)]) -> String {
    items.map { "\(PercentEncoding.encode($0))=\(PercentEncoding.encode($1))" }.joined(separator: "&")
  }

  static func text(_ secret: Secret) -> String { String(decoding: secret.reveal(), as: UTF8.self) }
}
