package import JSON

/// "Begin nothing new" and "go on", to an agent whose card names the extension. It travels in the metadata of a message to the task: an agent that
/// takes it answers the message, and starts no further tool until it is told to go on; one that cannot refuses the message.
package enum PauseRequest: String, Sendable, Equatable {
  package static let extensionURI = "https://signalbox.dev/a2a/extensions/pause/v1"

  case pause
  case resume

  /// For people who read along.
  package var text: String {
    switch self {
    case .pause: "Pause: begin nothing new."
    case .resume: "Go on."
    }
  }

  /// The object for a message's `metadata`.
  package func metadata() -> JSONValue {
    .object { object in object.object(Self.extensionURI) { $0.member("request", rawValue) } }
  }

  /// Nil when the message asks for neither.
  package init?(metadata: JSONValue?) {
    guard let request = metadata?[Self.extensionURI]?["request"]?.string else { return nil }
    self.init(rawValue: request)
  }
}
