import HTTP
import JSON

/// What the domain of `google.rpc.ErrorInfo` must be for its reason to be one of A2A.
let errorDomain = "a2a-protocol.org"

enum ErrorDetail {
  static let info = "type.googleapis.com/google.rpc.ErrorInfo"
  static let badRequest = "type.googleapis.com/google.rpc.BadRequest"
}

extension A2AError {
  /// JSON-RPC's error object.
  func writeObject(to object: inout JSONWriter) {
    object.member("code", code.number)
    object.member("message", message)
    object.array("data") { writeDetails(to: &$0) }
  }

  /// The body of HTTP+JSON, as AIP-193 has it. 0.3 does not say what it should be: its SDK reads `type` and `message`,
  /// which stand beside it there.
  func writeBody(to object: inout JSONWriter, status: HTTPStatus, version: ProtocolVersion) {
    if version == .v0_3 {
      object.member("type", ifAny: code.row?.legacyName)
      object.member("message", message)
    }
    object.object("error") { object in
      object.member("code", status.code)
      object.member("status", code.row?.statusName ?? Self.statusName(status))
      object.member("message", message)
      object.array("details") { writeDetails(to: &$0) }
    }
  }

  private func writeDetails(to array: inout JSONWriter) {
    array.object { info in
      info.member("@type", ErrorDetail.info)
      info.member("reason", reason ?? code.row?.reason ?? "UNKNOWN_ERROR")
      info.member("domain", errorDomain)
      guard !metadata.isEmpty else { return }
      info.object("metadata") { object in
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { object.member(key, value) }
      }
    }
    if !violations.isEmpty {
      array.object { badRequest in
        badRequest.member("@type", ErrorDetail.badRequest)
        badRequest.array("fieldViolations") { array in
          for violation in violations {
            array.object {
              $0.member("field", violation.field)
              $0.member("description", violation.description)
            }
          }
        }
      }
    }
    guard let details else { return }
    if details.kind == .array {
      for detail in details.elements { array.value(detail) }
    } else {
      array.value(details)
    }
  }

  /// The name in `google.rpc.Code` that an HTTP status stands for.
  static func statusName(_ status: HTTPStatus) -> String {
    switch status.code {
    case 400: "INVALID_ARGUMENT"
    case 401: "UNAUTHENTICATED"
    case 403: "PERMISSION_DENIED"
    case 404: "NOT_FOUND"
    case 409: "ABORTED"
    case 429: "RESOURCE_EXHAUSTED"
    case 501: "UNIMPLEMENTED"
    case 503: "UNAVAILABLE"
    case 504: "DEADLINE_EXCEEDED"
    case 500...: "INTERNAL"
    default: "FAILED_PRECONDITION"
    }
  }
}
