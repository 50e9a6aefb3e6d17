package import JSON

/// One turn of a conversation.
package struct Message: Sendable, Equatable {
  package enum Role: Int, Sendable, CaseIterable {
    case user = 1
    case agent
  }

  /// Made by whoever made the message.
  package var id: String
  package var contextID: String?
  package var taskID: String?
  package var role: Role
  /// At least one.
  package var parts: [Part]
  /// An object.
  package var metadata: JSONValue?
  /// URIs of the extensions that are present in it.
  package var extensions: [String] = []
  /// Tasks that it speaks of: hints.
  package var referenceTaskIDs: [String] = []

  package init(id: String, role: Role, parts: [Part], contextID: String? = nil, taskID: String? = nil) {
    self.id = id
    self.role = role
    self.parts = parts
    self.contextID = contextID
    self.taskID = taskID
  }

  package init(id: String, role: Role, text: String, contextID: String? = nil, taskID: String? = nil) {
    self.init(id: id, role: role, parts: [.text(text)], contextID: contextID, taskID: taskID)
  }

  /// The text of its text parts, one to a line.
  package var text: String {
    parts.compactMap { part in if case .text(let text) = part.content { text } else { nil } }.joined(separator: "\n")
  }
}
