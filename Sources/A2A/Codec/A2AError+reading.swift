import HTTP
import JSON

// Errors of peers are read leniently: whatever is there is kept, and what is odd about it makes no second error.

extension A2AError {
  /// Of JSON-RPC's error object.
  init(rpcObject object: JSONValue) {
    let number = object["code"]?.int.flatMap(Int.init(exactly:))
    self.init(number.map(Code.init(number:)) ?? .internalError, object["message"]?.string ?? "")
    take(details: object["data"])
    if message.isEmpty { message = "The peer answered with error \(number ?? 0) and said nothing about it." }
  }

  /// Of an HTTP+JSON answer with a status that is none of success.
  init(status: HTTPStatus, mediaType: String, body: [UInt8]) {
    guard let value = try? JSONValue(parsing: body), value.kind == .object else {
      let shown = body.isEmpty ? "no body" : "\(Self.shown(mediaType)) \(Excerpt.quoting(body))"
      self.init(.other(status.code), "The peer answered HTTP \(status) with \(shown), which is no error of A2A.")
      grounds = .status
      return
    }
    self.init(body: value, status: status)
  }

  /// - Parameter status: nil inside a stream, where the body alone speaks.
  init(body: JSONValue, status: HTTPStatus?) {
    guard let object = body["error"], object.kind == .object else {
      self.init(legacyBody: body, status: status)
      return
    }
    let number = object["code"]?.int.flatMap(Int.init(exactly:))
    self.init(Code(number: number, status: status, name: object["status"]?.string), object["message"]?.string ?? "")
    take(details: object["details"] ?? object["data"])
    if message.isEmpty { message = Self.nothingSaid(status, number) }
  }

  /// `{type, message}`, as the SDK of 0.3 has it, or anything else.
  private init(legacyBody body: JSONValue, status: HTTPStatus?) {
    let type = body["type"]?.string
    let row = ErrorRow.all.first { $0.legacyName == type || $0.reason == type }
    let number = body["code"]?.int.flatMap(Int.init(exactly:))
    self.init(
      row?.code ?? Code(number: number, status: status, name: nil),
      body["message"]?.string ?? body["detail"]?.string ?? body["title"]?.string ?? Self.nothingSaid(status, number))
    reason = row == nil ? type : nil
    if row == nil, number == nil { grounds = .status }
    details = body
  }

  /// The reason in the details says best what it was; whatever else is in them is kept.
  private mutating func take(details value: JSONValue?) {
    guard let value, !value.isNull else { return }
    guard value.kind == .array else {
      details = value.detached()
      return
    }
    var rest: [JSONValue] = []
    for detail in value.elements where !take(info: detail) && !take(badRequest: detail) { rest.append(detail) }
    guard !rest.isEmpty else { return }
    details = .array(rest)
  }

  private mutating func take(info detail: JSONValue) -> Bool {
    guard reason == nil, detail["@type"]?.string == ErrorDetail.info, let reason = detail["reason"]?.string else {
      return false
    }
    guard detail["domain"]?.string == errorDomain else { return false }
    self.reason = reason
    if let row = ErrorRow.all.first(where: { $0.reason == reason }) { code = row.code }
    for (key, value) in detail["metadata"]?.members.map({ $0 }) ?? [] {
      metadata[key] = value.string ?? value.description
    }
    return true
  }

  private mutating func take(badRequest detail: JSONValue) -> Bool {
    guard violations.isEmpty, detail["@type"]?.string == ErrorDetail.badRequest,
      let list = detail["fieldViolations"], list.kind == .array
    else { return false }
    for violation in list.elements {
      violations.append(
        FieldViolation(
          field: violation["field"]?.string ?? "", description: violation["description"]?.string ?? ""))
    }
    return true
  }

  private static func nothingSaid(_ status: HTTPStatus?, _ number: Int?) -> String {
    let code = status.map { "HTTP \($0)" } ?? "error \(number ?? 0)"
    return "The peer answered \(code) and said nothing about it."
  }

  static func shown(_ mediaType: String) -> String {
    mediaType.isEmpty ? "a body of no type" : Excerpt.quoting(mediaType.utf8)
  }
}

extension A2AError.Code {
  /// Without a reason, one status covers many errors; what is left to go by is the number and the status's name.
  fileprivate init(number: Int?, status: HTTPStatus?, name: String?) {
    let code = number ?? status?.code ?? 500
    if code < 0 {
      self = .init(number: code)
      return
    }
    switch (code, name) {
    case (_, "NOT_FOUND"), (404, _): self = .taskNotFound
    case (_, "INVALID_ARGUMENT"): self = .invalidParams
    case (_, "UNIMPLEMENTED"): self = .unsupportedOperation
    case (415, _): self = .contentTypeNotSupported
    case (500, _): self = .internalError
    default: self = .other(code)
    }
  }
}
