/// The head of one part of a form (RFC 7578).
package struct MultipartPart: Sendable, Equatable {
  /// Of the form's field.
  package let name: String
  /// Nil for what is no file. Only to be shown: it is the sender's, and may be a path.
  package let filename: String?
  /// Without its parameters, in lower case; nil where nothing was said.
  package let mediaType: String?

  init(_ fields: HTTPFields) throws(MessageFault) {
    let dispositions = fields.values(of: "content-disposition")
    guard dispositions.count == 1, let disposition = ParameterizedValue(dispositions[0]),
      disposition.value == "form-data", let name = disposition.parameters["name"], !name.isEmpty
    else {
      throw .malformed("A part of the form has no Content-Disposition of the kind: form-data; name=\"alert\".")
    }
    guard disposition.parameters["filename*"] == nil else {
      throw .malformed("A part of the form has a filename*, which forms do not have; send filename, in UTF-8.")
    }
    let codings = fields.values(of: "content-transfer-encoding").map { $0.lowercased() }
    guard codings.allSatisfy({ ["binary", "7bit", "8bit"].contains($0) }) else {
      throw .malformed("A part of the form has a Content-Transfer-Encoding; send its bytes as they are.")
    }
    let types = fields.values(of: "content-type")
    guard types.count <= 1 else { throw .malformed("A part of the form has more than one Content-Type; send one.") }
    if let type = types.first {
      guard let type = ParameterizedValue(type) else {
        throw .malformed("A part of the form has the Content-Type \(Excerpt.quoting(type)), which is none.")
      }
      mediaType = type.value
    } else {
      mediaType = nil
    }
    self.name = name
    filename = disposition.parameters["filename"]
  }
}
