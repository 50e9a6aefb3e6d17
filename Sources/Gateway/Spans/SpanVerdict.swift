import HTTP

/// What a collector's answer means for the spans that were sent.
enum SpanVerdict: Sendable, Equatable {
  case taken
  /// It cannot take them now, and asks for a pause, or leaves that to us.
  case later(after: Duration?)
  /// It will never take them; a sentence.
  case never(String)

  /// By OTLP's rules: of the errors, four are worth another try.
  init(status: HTTPStatus, retryAfter: String?) {
    switch status.code {
    case 200..<300: self = .taken
    case 429, 502, 503, 504:
      self = .later(after: retryAfter.flatMap { Int64($0) }.map { .seconds(min(max($0, 0), Self.longestPause)) })
    default: self = .never("The collector answered \(status.code).")
    }
  }

  private static let longestPause: Int64 = 60
}
