import A2A
import AgentKit

/// The alert file of a task, and how it is to be worked on: what the message's parts say.
struct AlertFile: Sendable {
  static let maximumBytes = 1 << 20
  /// Of one file: each is work for an agent.
  static let maximumAlerts = 20

  /// Nil: the message has none.
  var xml: [UInt8]?
  var parameters = AlertParameters()

  /// Throws with what is too much, or of the wrong kind.
  init(reading message: Message) throws(AgentFailure) {
    var hasParameters = false
    for part in message.parts {
      switch part.content {
      case .text(let text):
        if text.allSatisfy(\.isWhitespace) { continue }
        try take(Array(text.utf8))
      case .raw(let bytes): try take(bytes)
      case .data(let value):
        guard !hasParameters else {
          throw AgentFailure("The message has two data parts. Send one with task_parameters.")
        }
        hasParameters = true
        parameters = try AlertParameters(reading: value)
      case .url(let url):
        throw AgentFailure("Alerts are not fetched from \(url.prefix(200)). Send the file itself, as text or bytes.")
      }
    }
  }

  private mutating func take(_ bytes: [UInt8]) throws(AgentFailure) {
    guard xml == nil else {
      throw AgentFailure("The message has two files. Send one alert file with each task; it may hold several alerts.")
    }
    guard bytes.count <= Self.maximumBytes else {
      throw AgentFailure("The alert file has \(bytes.count) bytes; at most \(Self.maximumBytes) are read.")
    }
    xml = bytes
  }
}
