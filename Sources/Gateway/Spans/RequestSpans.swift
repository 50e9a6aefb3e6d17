import HTTP
import Telemetry
import Wire

/// Records requests as steps of their traces: those that begin work, say something to it, stop it or ask for it in A2A. Of all others
/// there are too many, and no task hangs on them.
struct RequestSpans: Sendable {
  let sink: any SpanSink

  /// Whether requests with this method to routes of this pattern are recorded.
  static func concern(_ method: HTTPMethod, _ pattern: String) -> Bool {
    !CrossSiteRules.isSafe(method)
      && ["/api/tasks", "/api/analyze", "/a2a", "/agents/"].contains { pattern.hasPrefix($0) }
  }

  /// Answers by `handler`, and records that. The step ends when the answer begins: what a stream brings later are steps of others.
  func record(
    _ request: Request, pattern: String, _ handler: (Request) async throws -> Response
  ) async throws -> Response {
    guard request.trace.isSampled else { return try await handler(request) }
    let start = UnixClock.microseconds()
    do {
      let response = try await handler(request)
      take(request, pattern, start, response.status.code)
      return response
    } catch {
      let refusal = error as? Refusal
      take(
        request, pattern, start, refusal?.status.code ?? 500, refusal?.detail ?? "The server failed on this request.")
      throw error
    }
  }

  private func take(_ request: Request, _ pattern: String, _ start: Int64, _ status: Int, _ why: String? = nil) {
    sink.take(
      TraceSpan(
        "\(request.head.method) \(pattern)", .server, request.trace, parent: request.head.callersTrace?.spanID,
        start: start, end: UnixClock.microseconds(),
        attributes: [
          "http.request.method": .string(request.head.method.rawValue), "http.route": .string(pattern),
          "http.response.status_code": .int(status), "signalbox.request": .string(request.id),
        ],
        // What the client has done wrong is no failure of the server's.
        error: status >= 500 ? why ?? "The answer was \(status)." : nil))
  }
}
