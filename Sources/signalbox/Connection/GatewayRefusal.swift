import HTTP
import JSON

/// An answer of the gateway that is none of those that were hoped for.
struct GatewayRefusal: Error, Sendable, Equatable {
  let status: HTTPStatus
  /// What the gateway says itself, fit for a terminal; empty when it says nothing.
  let detail: String
  /// How long it asks to be left alone, in seconds.
  let retryAfter: Int?

  init(_ status: HTTPStatus, fields: HTTPFields = HTTPFields(), body: [UInt8]) {
    self.status = status
    detail = TerminalText.line((try? JSONValue(parsing: body))?["detail"]?.string ?? "", limit: 300)
    retryAfter = fields["retry-after"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Another try may fare better without anybody having mended anything.
  var isPassing: Bool {
    [.requestTimeout, .tooManyRequests, .badGateway, .serviceUnavailable, .gatewayTimeout].contains(status)
  }

  /// A sentence or two: what the gateway says itself, or what to do where it says nothing.
  var sentence: String {
    "The gateway refused with \(status.code)." + (detail.isEmpty ? advice : " It says: \(detail)")
  }

  private var advice: String {
    switch status {
    case .unauthorized: " Check that the certificate or token is good."
    case .forbidden: " The policy does not let this principal do that."
    case .notFound: " Check the address: that may be no gateway."
    default: ""
    }
  }
}
