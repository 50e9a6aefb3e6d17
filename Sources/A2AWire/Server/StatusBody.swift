import HTTP
import JSON
import Wire

/// An error outside every call, as HTTP+JSON writes errors (google.rpc.Status).
///
/// A JSON-RPC client that looks no further than `error.message` understands it, too.
struct StatusBody: Sendable, Equatable {
  let status: HTTPStatus
  /// A name of google.rpc.Code, such as `PERMISSION_DENIED`.
  let code: String
  let message: String
  /// Of google.rpc.ErrorInfo.
  let reason: String
  var fields = HTTPFields()

  static func forbidden(_ refusal: CallerRefused) -> StatusBody {
    StatusBody(
      status: .forbidden, code: "PERMISSION_DENIED", message: refusal.description, reason: "CALLER_NOT_ALLOWED")
  }

  static let nothingHere = StatusBody(
    status: .notFound, code: "NOT_FOUND",
    message: "Nothing is served under this method and path. The agent card says where its interfaces are.",
    reason: "NO_SUCH_PATH")

  static func tooManyStreams(_ message: String) -> StatusBody {
    StatusBody(
      status: .tooManyRequests, code: "RESOURCE_EXHAUSTED", message: message, reason: "TOO_MANY_STREAMS",
      fields: HTTPFields([("retry-after", "10")]))
  }

  /// Between listening and knowing the own address.
  static let noAddressYet = StatusBody(
    status: .serviceUnavailable, code: "UNAVAILABLE",
    message: "This agent is starting and has no address to put into its card yet. Ask again in a second.",
    reason: "STARTING", fields: HTTPFields([("retry-after", "1")]))

  func response(mediaType: String = "application/json") -> Response {
    var writer = JSONWriter()
    writer.object { body in
      body.object("error") { error in
        error.member("code", status.code)
        error.member("status", code)
        error.member("message", message)
        error.array("details") { details in
          details.object { info in
            info.member("@type", "type.googleapis.com/google.rpc.ErrorInfo")
            info.member("reason", reason)
            info.member("domain", "signalbox.dev")
          }
        }
      }
    }
    var fields = fields
    fields["content-type"] = mediaType
    fields["cache-control"] = "no-store"
    return Response(status, fields: fields, body: .bytes(writer.bytes))
  }
}
