import HTTP
import Wire

/// What `POST /api/analyze` brings: the alert, and the agent where one is named.
struct AlertUpload {
  static let alertLimit = 1 << 20
  /// The form around an alert is small.
  static let options = Router.Options(bodyLimit: alertLimit + 65_536)
  private static let direct: Set<String> = ["application/xml", "text/xml", "application/json"]

  let alert: Alert
  private(set) var agent: String?

  init(_ request: Request) async throws {
    let contentType = request.head.fields["content-type"] ?? ""
    let type = contentType.prefix { $0 != ";" }.lowercased().split(separator: " ").joined(separator: " ")
    if Self.direct.contains(type) {
      let body = try await request.body.collect()
      guard body.count <= Self.alertLimit else { throw Refusal.alertTooLarge }
      alert = try Alert(body, mediaType: type, filename: nil)
      return
    }
    guard type == "multipart/form-data" else {
      // A form that was sent without its file is not even a form.
      let isForm = type.isEmpty || type == "application/x-www-form-urlencoded"
      throw isForm ? Refusal.noAlert : Refusal.alertType
    }
    var form = try AlertForm(contentType: contentType)
    try await request.body.forEachPiece { try form.take($0) }
    (alert, agent) = try form.finish()
  }
}

extension Refusal {
  static let noAlert = Refusal(
    .badRequest,
    "No alert file provided. Send it as the field \"alert\" or \"file\" of a form, or as the body, with "
      + "Content-Type: application/xml.", code: "no-alert")
  static let alertType = Refusal(
    .unsupportedMediaType,
    "An alert comes as multipart/form-data, or as it is: application/xml, text/xml or application/json.")
  static let alertTooLarge = Refusal(
    .contentTooLarge, "The alert is larger than \(AlertUpload.alertLimit) bytes, the most that one may have.")
}
