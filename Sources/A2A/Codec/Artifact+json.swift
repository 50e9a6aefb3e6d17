import JSON

extension Artifact: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(
      id: try reader.requiredString("artifactId"), parts: try reader.list("parts") ?? [],
      name: try reader.string("name"), description: try reader.string("description"))
    metadata = try reader.anyObject("metadata")
    extensions = try reader.strings("extensions")
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.member("artifactId", id)
    object.member("name", ifAny: name)
    object.member("description", ifAny: description)
    object.list("parts", parts, as: notation)
    object.member("metadata", ifObject: metadata)
    object.strings("extensions", ifAny: extensions)
  }
}
