import HTTP

/// The media types of the bindings.
enum MediaTypeNames {
  static let json = "application/json"
  static let a2a = "application/a2a+json"
  static let eventStream = "text/event-stream"

  /// The name alone, in lower case.
  static func essence(_ mediaType: String) -> String {
    let name = mediaType.utf8.prefix { $0 != UInt8(ascii: ";") }.filter { $0 != UInt8(ascii: " ") && $0 != 9 }
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  /// Nil, too, where none is given: then the body is what it should be, or fails on its own.
  static func refused(_ fields: HTTPFields) -> String? {
    guard let given = fields["content-type"] else { return nil }
    let name = essence(given)
    return name.isEmpty || name == json || name == a2a ? nil : given
  }

  static func unsupported(_ given: String) -> A2AError {
    A2AError(
      .contentTypeNotSupported,
      "The body is of type \(Excerpt.quoting(given.utf8)); send it as application/json or application/a2a+json.")
  }

  /// The type that a call in HTTP+JSON names for its answer: the one it accepts, or else the one of its own body.
  static func named(_ fields: HTTPFields) -> String? {
    let wanted = fields.listMembers(of: "accept") + fields.values(of: "content-type")
    return wanted.map(essence).first { $0 == json || $0 == a2a }
  }
}
