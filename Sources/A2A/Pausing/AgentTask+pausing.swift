package import JSON

extension PauseRequest {
  /// The `metadata` of a task for as long as it is paused: reports are gone with the next one, so who comes later would not know.
  package static let mark = JSONValue.object { object in
    object.object(extensionURI) { $0.member("paused", true) }
  }
}

extension AgentTask {
  /// Its agent begins nothing new in it.
  package var isPaused: Bool { metadata?[PauseRequest.extensionURI]?["paused"]?.bool == true }
}
