package import A2A
package import JSON

/// What an agent says. A text is one.
package struct AgentMessage: Sendable, Equatable, ExpressibleByStringInterpolation {
  package var parts: [Part]
  /// An object.
  package var metadata: JSONValue?
  package var extensions: [String] = []

  package init(_ parts: [Part], metadata: JSONValue? = nil) {
    self.parts = parts
    self.metadata = metadata
  }

  package init(_ text: String) {
    self.init([.text(text)])
  }

  package init(stringLiteral text: String) {
    self.init(text)
  }

  func message(id: String, taskID: String?, contextID: String) -> Message {
    var message = Message(id: id, role: .agent, parts: parts, contextID: contextID, taskID: taskID)
    message.metadata = metadata
    message.extensions = extensions
    return message
  }
}
