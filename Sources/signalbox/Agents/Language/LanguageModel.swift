import HTTP
import Surveillance
import Wire

/// A line to a language model.
struct LanguageModel: Sendable {
  private static let answerLimit = 1 << 20
  private static let retries = 1
  private static let usualWait: Duration = .seconds(1)
  /// Whoever asks for more is not waited for: an analyst is.
  private static let longestWait: Duration = .seconds(10)

  let settings: LanguageSettings
  private let client: HTTPClient
  private let loop: Loop

  static func open(_ settings: LanguageSettings) async throws -> LanguageModel {
    let tls =
      settings.url.scheme.isEncrypted
      ? ClientTLS(trust: try trust(in: settings.authorityFile)) : ClientTLS(trust: .nobody())
    let loop = try await Loop.start(name: "language model")
    do {
      let client = try HTTPClient(loop: loop, configuration: ClientConfiguration(tls: tls))
      return LanguageModel(settings: settings, client: client, loop: loop)
    } catch {
      await loop.stop()
      throw error
    }
  }

  private static func trust(in file: String) throws(CommandFailure) -> ServerTrust {
    do throws(WireError) {
      return try ServerTrust.load(authorityFile: file)
    } catch {
      throw .failure("The authority of the language model (LLM_CA) cannot be used. \(error.message)")
    }
  }

  func close() async {
    await client.close()
    await loop.stop()
  }

  func request(_ prompt: ModelPrompt, model: String?, isStreaming: Bool) -> ChatRequest {
    ChatRequest(
      model: model ?? settings.model, messages: prompt.messages, isStreaming: isStreaming && settings.isStreaming,
      temperature: settings.temperature, maximumTokens: settings.maximumTokens)
  }

  /// Asks once, and once more where the server says that it is busy or broken; not where words have come already.
  /// - Parameter hear: is given what has come just now, which is nothing when the server has only counted, and the answer so far; may throw
  ///   to end it.
  func answer(
    _ request: ChatRequest, hear: (String, ChatReply) async throws -> Void
  ) async throws -> ChatReply {
    var left = Self.retries
    while true {
      var hasWords = false
      do {
        return try await call(request) { piece, reply in
          if !piece.isEmpty { hasWords = true }
          try await hear(piece, reply)
        }
      } catch let failure as LanguageFailure where failure.isRetryable && left > 0 && !hasWords {
        left -= 1
        let wait = failure.retryAfter ?? Self.usualWait
        guard wait <= Self.longestWait else { throw failure }
        try await Task.sleep(for: wait)
      }
    }
  }

  private func call(
    _ request: ChatRequest, hear: (String, ChatReply) async throws -> Void
  ) async throws -> ChatReply {
    do {
      let response = try await client.send(httpRequest(request))
      guard response.status == .ok else {
        throw LanguageFailure(
          response.status, response.fields, try await response.body.collect(limit: Self.answerLimit))
      }
      var reply = ChatReply()
      if response.mediaType == "text/event-stream" {
        let events = try await response.events()
        while !reply.isDone, let event = try await events.next() {
          let counted = reply.usage
          let piece = try reply.take(piece: event.data)
          if !piece.isEmpty || reply.usage != counted { try await hear(piece, reply) }
        }
      } else {
        try reply.take(whole: try await response.body.collect(limit: Self.answerLimit))
        try await hear(reply.text, reply)
      }
      try reply.check()
      return reply
    } catch let error as ClientError {
      throw LanguageFailure(error).told(without: settings.key)
    } catch let failure as LanguageFailure {
      throw failure.told(without: settings.key)
    }
  }

  private func httpRequest(_ request: ChatRequest) -> ClientRequest {
    var fields = settings.credentials
    fields["content-type"] = "application/json"
    fields["accept"] = request.isStreaming ? "text/event-stream" : "application/json"
    var deadlines = ClientDeadlines()
    deadlines.connect = min(deadlines.connect, settings.timeout)
    deadlines.answer = settings.timeout
    deadlines.idle = settings.timeout
    deadlines.total = settings.timeout
    return ClientRequest(.post, settings.url, fields: fields, body: .bytes(request.bytes), deadlines: deadlines)
  }
}
