package import JSON

/// What a task has produced, whole or so far.
package struct Artifact: Sendable, Equatable {
  /// Unique in its task.
  package var id: String
  package var name: String?
  package var description: String?
  /// At least one.
  package var parts: [Part]
  /// An object.
  package var metadata: JSONValue?
  package var extensions: [String] = []

  package init(id: String, parts: [Part], name: String? = nil, description: String? = nil) {
    self.id = id
    self.parts = parts
    self.name = name
    self.description = description
  }
}
