import Testing

@testable import Surveillance
@testable import signalbox

/// An open line to a model's server, and what is heard on it.
enum ModelLine {
  static let prompt = [
    ModelPrompt.Message(role: "system", content: "Say it better."), ModelPrompt.Message(role: "user", content: "{}"),
  ]

  static func environment(_ server: ModelServer, _ more: [String: String] = [:]) -> [String: String] {
    [
      "LLM_PROVIDER": "custom", "LLM_BASE_URL": server.origin, "OPENAI_API_KEY": ModelServer.key,
      "OPENAI_MODEL": "test-model", "LLM_TIMEOUT": "100",
    ].merging(more) { $1 }
  }

  static func with<Value>(
    _ environment: [String: String], _ body: (LanguageModel) async throws -> Value
  ) async throws -> Value {
    let model = try await LanguageModel.open(try #require(try LanguageSettings(environment)))
    do {
      let value = try await body(model)
      await model.close()
      return value
    } catch {
      await model.close()
      throw error
    }
  }

  static func request(_ model: LanguageModel, isStreaming: Bool = true) -> ChatRequest {
    ChatRequest(
      model: model.settings.model, messages: prompt, isStreaming: isStreaming, temperature: 0, maximumTokens: 400)
  }

  struct Heard {
    var words: [String] = []
    /// How often the server has only counted.
    var counts = 0
    /// What it had counted each time that something came.
    var usages: [ChatReply.Usage?] = []
    var reply: ChatReply?
    var failure: LanguageFailure?
  }

  /// Asks once, and tells what came of it.
  static func ask(_ environment: [String: String], isStreaming: Bool = true) async throws -> Heard {
    try await with(environment) { model in
      var heard = Heard()
      do {
        heard.reply = try await model.answer(request(model, isStreaming: isStreaming)) { words, reply in
          if words.isEmpty { heard.counts += 1 } else { heard.words.append(words) }
          heard.usages.append(reply.usage)
        }
      } catch let failure as LanguageFailure {
        heard.failure = failure
      }
      return heard
    }
  }
}
