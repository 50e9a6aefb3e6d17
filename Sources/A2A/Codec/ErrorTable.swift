package import HTTP

/// One code in the words of each binding.
struct ErrorRow: Sendable {
  let code: A2AError.Code
  /// In JSON-RPC.
  let number: Int
  /// In HTTP+JSON: the status, and the name that stands for it in `google.rpc.Code`.
  let status: HTTPStatus
  let statusName: String
  let reason: String
  /// What 0.3 calls it.
  let legacyName: String

  init(
    _ code: A2AError.Code, _ number: Int, _ status: HTTPStatus, _ statusName: String, _ reason: String,
    _ legacyName: String
  ) {
    self.code = code
    self.number = number
    self.status = status
    self.statusName = statusName
    self.reason = reason
    self.legacyName = legacyName
  }

  static let all: [ErrorRow] = [
    .init(.taskNotFound, -32001, .notFound, "NOT_FOUND", "TASK_NOT_FOUND", "TaskNotFoundError"),
    .init(
      .taskNotCancelable, -32002, .badRequest, "FAILED_PRECONDITION", "TASK_NOT_CANCELABLE", "TaskNotCancelableError"),
    .init(
      .pushNotificationNotSupported, -32003, .badRequest, "FAILED_PRECONDITION", "PUSH_NOTIFICATION_NOT_SUPPORTED",
      "PushNotificationNotSupportedError"),
    .init(
      .unsupportedOperation, -32004, .badRequest, "FAILED_PRECONDITION", "UNSUPPORTED_OPERATION",
      "UnsupportedOperationError"),
    // 1.0.1 says 400 here, and 1.0.0 415; for the type of a request's own body, HTTP itself says 415.
    .init(
      .contentTypeNotSupported, -32005, .badRequest, "INVALID_ARGUMENT", "CONTENT_TYPE_NOT_SUPPORTED",
      "ContentTypeNotSupportedError"),
    .init(
      .invalidAgentResponse, -32006, .internalServerError, "INTERNAL", "INVALID_AGENT_RESPONSE",
      "InvalidAgentResponseError"),
    .init(
      .extendedCardNotConfigured, -32007, .badRequest, "FAILED_PRECONDITION", "EXTENDED_AGENT_CARD_NOT_CONFIGURED",
      "AuthenticatedExtendedCardNotConfiguredError"),
    .init(
      .extensionSupportRequired, -32008, .badRequest, "FAILED_PRECONDITION", "EXTENSION_SUPPORT_REQUIRED",
      "ExtensionSupportRequiredError"),
    .init(
      .versionNotSupported, -32009, .badRequest, "FAILED_PRECONDITION", "VERSION_NOT_SUPPORTED",
      "VersionNotSupportedError"),
    .init(.parseError, -32700, .badRequest, "INVALID_ARGUMENT", "PARSE_ERROR", "JSONParseError"),
    .init(.invalidRequest, -32600, .badRequest, "INVALID_ARGUMENT", "INVALID_REQUEST", "InvalidRequestError"),
    .init(.methodNotFound, -32601, .notFound, "NOT_FOUND", "METHOD_NOT_FOUND", "MethodNotFoundError"),
    .init(.invalidParams, -32602, .badRequest, "INVALID_ARGUMENT", "INVALID_PARAMS", "InvalidParamsError"),
    .init(.internalError, -32603, .internalServerError, "INTERNAL", "INTERNAL_ERROR", "InternalError"),
  ]
}

extension A2AError.Code {
  /// Nil for a code of a peer's own.
  var row: ErrorRow? { ErrorRow.all.first { $0.code == self } }

  /// The number in JSON-RPC; a peer's own as it was.
  package var number: Int {
    switch self {
    case .other(let number): number
    default: row?.number ?? -32603
    }
  }

  init(number: Int) {
    self = ErrorRow.all.first { $0.number == number }?.code ?? .other(number)
  }

  /// Of an HTTP answer. A code of a peer's own that is no status of an error has none there.
  package var status: HTTPStatus {
    switch self {
    case .other(let number) where 400...599 ~= number: HTTPStatus(code: number)
    case .other: .internalServerError
    default: row?.status ?? .internalServerError
    }
  }
}
