import HTTP
import JSON
import Wire

/// Why a model gave no words.
struct LanguageFailure: Error, Sendable, Equatable {
  enum Class: String, Sendable {
    case authentication, model, rate, server, network, cut, nonsense, filtered
    case tooLong = "too_long"
    case timeout, budget
    /// It answered well, and its words do not fit the facts.
    case facts
    case refused
  }

  /// Of what a server says; the rest is for its own log.
  private static let longestText = 400

  let kind: Class
  private(set) var text: String
  /// What the server asks for.
  var retryAfter: Duration?
  /// What the call has cost all the same; nil where there was none, or where that was told before.
  private(set) var bill: CostMeter?

  init(_ kind: Class, _ text: String, retryAfter: Duration? = nil) {
    self.kind = kind
    self.text = text
    self.retryAfter = retryAfter
  }

  /// As it may be told: servers quote what they were sent, and the key is nobody's business.
  func told(without key: String?) -> LanguageFailure {
    var failure = self
    if let key { failure.text = failure.text.replacing(key, with: "…") }
    if failure.text.count > Self.longestText { failure.text = failure.text.prefix(Self.longestText) + "…" }
    return failure
  }

  func billed(_ meter: CostMeter) -> LanguageFailure {
    var failure = self
    failure.bill = meter
    return failure
  }

  /// The same call may succeed a moment later.
  var isRetryable: Bool { kind == .rate || kind == .server }

  /// An answer of HTTP that is none of success.
  init(_ status: HTTPStatus, _ fields: HTTPFields, _ body: [UInt8]) {
    let said = (try? JSONValue(parsing: body))?["error"]?["message"]?.string ?? ""
    let text = "The model's server answered \(status.code)." + (said.isEmpty ? "" : " It says: \(said)")
    let wait = fields["retry-after"].flatMap { Int($0) }.flatMap {
      (0...86_400).contains($0) ? Duration.seconds($0) : nil
    }
    switch status.code {
    case 401, 403: self.init(.authentication, "Check OPENAI_API_KEY. " + text)
    case 404: self.init(.model, "Check OPENAI_MODEL and LLM_BASE_URL. " + text)
    case 429: self.init(.rate, text, retryAfter: wait)
    case 500...599: self.init(.server, text, retryAfter: wait)
    default: self.init(.refused, text)
    }
  }

  init(_ error: ClientError) {
    switch error.reason {
    case .timedOut: self.init(.timeout, error.description)
    case .brokenOff, .malformed, .eventStream: self.init(.cut, error.description)
    case .notAnEventStream, .bodyTooLarge: self.init(.nonsense, error.description)
    default: self.init(.network, error.description)
    }
  }
}
