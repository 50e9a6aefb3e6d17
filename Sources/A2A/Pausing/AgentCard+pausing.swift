extension AgentCard {
  /// It names the extension: its agent can be asked to pause.
  package var takesPauses: Bool { capabilities.extensions.contains { $0.uri == PauseRequest.extensionURI } }
}
