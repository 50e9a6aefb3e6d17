package import JSON

/// A piece of content.
package struct Part: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case text(String)
    case raw([UInt8])
    case url(String)
    /// Any JSON value.
    case data(JSONValue)
  }

  package var content: Content
  /// An object.
  package var metadata: JSONValue?
  package var filename: String?
  package var mediaType: String?

  package init(_ content: Content, filename: String? = nil, mediaType: String? = nil) {
    self.content = content
    self.filename = filename
    self.mediaType = mediaType
  }

  package static func text(_ text: String) -> Part { Part(.text(text)) }
  package static func data(_ value: JSONValue) -> Part { Part(.data(value)) }
}
