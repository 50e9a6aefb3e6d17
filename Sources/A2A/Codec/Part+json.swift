import JSON

extension Part: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    if reader.notation.isV1 {
      self.init(
        try Self.content(reader), filename: try reader.string("filename"), mediaType: try reader.string("mediaType"))
      metadata = try reader.anyObject("metadata")
    } else {
      self = try Self(legacy: reader)
    }
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    guard notation.isV1 else { return writeLegacy(to: &object, as: notation) }
    switch content {
    case .text(let text): object.member("text", text)
    case .raw(let bytes): object.member("raw", Base64.encode(bytes))
    case .url(let url): object.member("url", url)
    case .data(let value): object.member("data", value)
    }
    object.member("metadata", ifObject: metadata)
    object.member("filename", ifAny: filename)
    object.member("mediaType", ifAny: mediaType)
  }

  private static func content(_ reader: ObjectReader) throws(FieldFault) -> Content {
    let present = ["text", "raw", "url", "data"].filter(reader.has)
    guard present.count <= 1 else {
      throw FieldFault("must have one of text, raw, url and data, not \(present.joined(separator: " and "))")
    }
    if let text = try reader.text("text") { return .text(text) }
    if let bytes = try reader.bytes("raw") { return .raw(bytes) }
    if let url = try reader.text("url") { return .url(url) }
    // Here null is no absence but a value.
    if let value = reader.object["data"] { return .data(value.detached()) }
    throw FieldFault("must have one of text, raw, url and data, and has none")
  }
}
