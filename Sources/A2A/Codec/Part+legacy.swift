import JSON

// Parts in 0.3. Its data is an object always: another value is wrapped, and marked in the metadata, as the SDK of
// Python does.

private let marker = "data_part_compat"

extension Part {
  init(legacy reader: ObjectReader) throws(FieldFault) {
    let metadata = try reader.anyObject("metadata")
    if let text = try reader.text("text") {
      self.init(.text(text))
    } else if let file = try reader.reader("file") {
      do throws(FieldFault) {
        self = try Self(file: file)
      } catch {
        throw error.inside("file")
      }
    } else if let data = try reader.anyObject("data") {
      self.init(.data(try Self.data(data, reader, isWrapped: metadata?[marker]?.bool == true)))
      self.metadata = metadata?.without(marker)
      return
    } else {
      throw FieldFault("must have one of text, file and data, and has none")
    }
    self.metadata = metadata
  }

  private init(file: ObjectReader) throws(FieldFault) {
    if let bytes = try file.bytes(file.name(among: "bytes", "fileWithBytes")) {
      self.init(.raw(bytes))
    } else if let url = try file.text(file.name(among: "uri", "fileWithUri")) {
      self.init(.url(url))
    } else {
      throw FieldFault("must have the file's bytes or its uri, and has neither")
    }
    filename = try file.string("name")
    mediaType = try file.string("mimeType")
  }

  /// ProtoJSON has the object in an object of its own; who writes kinds there too does not.
  private static func data(
    _ value: JSONValue, _ reader: ObjectReader, isWrapped: Bool
  ) throws(FieldFault) -> JSONValue {
    var data = value
    if reader.notation == .proto0_3, !reader.has("kind") {
      guard let inner = value["data"], inner.kind == .object else {
        throw FieldFault("must be an object with an object named data", at: "data")
      }
      data = inner
    }
    guard isWrapped else { return data }
    guard let wrapped = data["value"] else {
      throw FieldFault("must have a value, because it is marked so", at: "data")
    }
    return wrapped
  }

  func writeLegacy(to object: inout JSONWriter, as notation: Notation) {
    let saysKind = notation == .kinds
    switch content {
    case .text(let text):
      if saysKind { object.member("kind", "text") }
      object.member("text", text)
    case .raw(let bytes):
      if saysKind { object.member("kind", "file") }
      object.object("file") {
        $0.member(saysKind ? "bytes" : "fileWithBytes", Base64.encode(bytes))
        writeFile(to: &$0)
      }
    case .url(let url):
      if saysKind { object.member("kind", "file") }
      object.object("file") {
        $0.member(saysKind ? "uri" : "fileWithUri", url)
        writeFile(to: &$0)
      }
    case .data(let value):
      if saysKind { object.member("kind", "data") }
      if saysKind {
        object.key("data")
        Self.write(data: value, to: &object)
      } else {
        object.object("data") {
          $0.key("data")
          Self.write(data: value, to: &$0)
        }
      }
      if value.kind != .object {
        return object.member("metadata", JSONValue.object(metadata, with: marker) { $0.bool(true) })
      }
    }
    object.member("metadata", ifObject: metadata)
  }

  private func writeFile(to file: inout JSONWriter) {
    file.member("mimeType", ifAny: mediaType)
    file.member("name", ifAny: filename)
  }

  private static func write(data value: JSONValue, to writer: inout JSONWriter) {
    if value.kind == .object {
      writer.value(value)
    } else {
      writer.object { $0.member("value", value) }
    }
  }
}
