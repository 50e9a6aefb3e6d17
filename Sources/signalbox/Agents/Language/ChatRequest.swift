import JSON
import Surveillance

/// What is sent to a model: OpenAI's chat completions.
struct ChatRequest: Sendable {
  let model: String
  let messages: [ModelPrompt.Message]
  let isStreaming: Bool
  let temperature: Double
  let maximumTokens: Int

  var bytes: [UInt8] {
    var writer = JSONWriter(reserving: 16_384)
    writer.object { object in
      object.member("model", model)
      object.array("messages") { list in
        for message in messages {
          list.object { entry in
            entry.member("role", message.role)
            entry.member("content", message.content)
          }
        }
      }
      object.member("stream", isStreaming)
      if isStreaming { object.object("stream_options") { $0.member("include_usage", true) } }
      object.member("temperature", temperature)
      object.member("max_tokens", maximumTokens)
    }
    return writer.bytes
  }

  /// Before anybody has counted: four characters make a token, or so.
  static func tokens(in characters: Int) -> Int { (characters + 3) / 4 }

  var promptTokens: Int { messages.reduce(0) { $0 + Self.tokens(in: $1.content.utf8.count) } }
}
