import HTTP
import JSON
import Wire

/// What a model's server does with one request, in the wire format of OpenAI's chat completions.
enum ModelAnswer: Sendable {
  struct Usage: Sendable {
    var prompt: Int
    var completion: Int
  }

  /// A good answer, as a stream of these pieces or as a whole, whichever was asked for.
  case words([String], usage: Usage? = Usage(prompt: 900, completion: 60), finish: String = "stop")
  case status(Int, message: String = "It says why.", fields: HTTPFields = HTTPFields())
  /// These bytes, whatever was asked for.
  case content(String, type: String)
  /// A stream of these texts, which ends as it should.
  case stream([String])
  /// A stream of these texts, and then the connection breaks.
  case cut([String])
  /// These words, and then signs of life for as long as anybody listens.
  case endless([String])
  /// Not even a head.
  case silence
}

/// The pieces of an answer on the wire.
enum ModelWire {
  static let done = "data: [DONE]\n\n"
  /// What proxies send so that nobody takes the line for dead.
  static let keepAlive = ": PROCESSING\n\n"

  /// One event of a stream.
  static func event(_ content: String?, role: Bool = false, finish: String? = nil) -> String {
    event { object in
      object.array("choices") { list in
        list.object { choice in
          choice.member("index", 0)
          choice.object("delta") { delta in
            if role { delta.member("role", "assistant") }
            delta.member("content", ifPresent: content)
          }
          if let finish { choice.member("finish_reason", finish) } else { choice.member("finish_reason", nil) }
        }
      }
      object.member("usage", nil)
    }
  }

  static func event(_ usage: ModelAnswer.Usage) -> String {
    event { object in
      object.array("choices") { _ in }
      write(usage, to: &object)
    }
  }

  static func whole(_ text: String, usage: ModelAnswer.Usage?, finish: String = "stop") -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", "chatcmpl-1")
      object.member("object", "chat.completion")
      object.array("choices") { list in
        list.object { choice in
          choice.member("index", 0)
          choice.object("message") { message in
            message.member("role", "assistant")
            message.member("content", text)
          }
          choice.member("finish_reason", finish)
        }
      }
      if let usage { write(usage, to: &object) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// All events of a good answer, in order.
  static func events(_ words: [String], usage: ModelAnswer.Usage?, finish: String = "stop") -> [String] {
    [keepAlive, event("", role: true)] + words.map { event($0) } + [event(nil, finish: finish)]
      + (usage.map { [event($0)] } ?? []) + [done]
  }

  static func error(_ message: String, type: String = "invalid_request_error") -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.object("error") { error in
        error.member("message", message)
        error.member("type", type)
        error.member("code", nil)
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func event(_ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", "chatcmpl-1")
      object.member("object", "chat.completion.chunk")
      object.member("created", 1_780_000_000)
      object.member("model", "test-model")
      write(&object)
    }
    return "data: \(String(decoding: writer.bytes, as: UTF8.self))\n\n"
  }

  private static func write(_ usage: ModelAnswer.Usage, to object: inout JSONWriter) {
    object.object("usage") { counts in
      counts.member("prompt_tokens", usage.prompt)
      counts.member("completion_tokens", usage.completion)
      counts.member("total_tokens", usage.prompt + usage.completion)
    }
  }
}
