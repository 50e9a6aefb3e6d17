import HTTP

/// The form, piece by piece.
struct AlertForm {
  private static let wordLimit = 1024

  private enum Field {
    case alert, agent
  }

  private var reader: MultipartReader
  private var part: (field: Field, head: MultipartPart)?
  private var content: [UInt8] = []
  private var alert: Alert?
  private var agent: String?

  init(contentType: String) throws(Refusal) {
    do throws(MessageFault) {
      reader = try MultipartReader(contentType: contentType)
    } catch {
      throw .badBody(error.detail)
    }
  }

  mutating func take(_ piece: [UInt8]) throws(Refusal) {
    reader.append(piece)
    while true {
      switch reader.next() {
      case .needsMore: return
      case .part(let head):
        try endPart()
        part = (try Self.field(head.name), head)
      case .data(let bytes):
        content += bytes
        try checkLength()
      case .end: try endPart()
      case .failed(let fault): throw .badBody(fault.detail)
      }
    }
  }

  mutating func finish() throws(Refusal) -> (Alert, agent: String?) {
    do throws(MessageFault) {
      try reader.finish()
    } catch {
      throw .badBody(error.detail)
    }
    guard let alert else { throw .noAlert }
    return (alert, agent)
  }

  private static func field(_ name: String) throws(Refusal) -> Field {
    switch name {
    case "alert", "file": return .alert
    case "agent": return .agent
    default:
      throw .badBody(
        "The form has a field \(Excerpt.quoting(name.utf8)), which says nothing here. It may have \"alert\" (or \"file\") "
          + "and \"agent\".")
    }
  }

  private func checkLength() throws(Refusal) {
    switch part?.field {
    case .alert: if content.count > AlertUpload.alertLimit { throw .alertTooLarge }
    case .agent: if content.count > Self.wordLimit { throw .badBody("The form's \"agent\" is too long for a name.") }
    case nil: break
    }
  }

  private mutating func endPart() throws(Refusal) {
    guard let (field, head) = part else { return }
    switch field {
    case .alert:
      guard alert == nil else { throw .badBody("The form has more than one alert. Send each in a request of its own.") }
      alert = try Alert(content, mediaType: head.mediaType, filename: head.filename)
    case .agent:
      guard agent == nil, let name = String(validating: content, as: UTF8.self) else {
        throw .badBody("The form's \"agent\" is no text, or comes twice. Send one name.")
      }
      // An empty field of a page is one that nobody has filled in.
      agent = name.isEmpty ? nil : name
    }
    part = nil
    content = []
  }
}
