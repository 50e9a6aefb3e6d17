import HTTP
import JSON
import TestSupport
import Testing

@testable import signalbox

/// The line to a model, against a server that speaks its wire format.
@Suite(.timeLimit(.minutes(2)))
struct LanguageModelTests {
  private static let words = ["The clerk ", "bought “before” ", "the news. 😀"]

  @Test(arguments: [true, false])
  func `a good answer comes in pieces where it is streamed, and as a whole where it is not`(isStreaming: Bool)
    async throws
  {
    try await ModelServer.run([.words(Self.words)]) { server in
      let heard = try await ModelLine.ask(ModelLine.environment(server), isStreaming: isStreaming)
      #expect(heard.failure == nil)
      #expect(heard.words == (isStreaming ? Self.words : [Self.words.joined()]))
      #expect(heard.reply?.text == Self.words.joined())
      #expect(heard.reply?.usage == ChatReply.Usage(promptTokens: 900, completionTokens: 60))
      // Whoever counts along hears of it before anybody looks whether the answer is one.
      #expect(heard.usages == (isStreaming ? [nil, nil, nil] : []) + [heard.reply?.usage])
      #expect(heard.counts == (isStreaming ? 1 : 0))
      #expect(server.refusals == [])
      #expect(server.calls.map(\.target) == ["/v1/chat/completions"])
      #expect(server.calls.first?.body["stream"]?.bool == isStreaming)
    }
  }

  @Test func `an azure server is asked in its own way`() async throws {
    try await ModelServer.run([.words(Self.words)]) { server in
      let heard = try await ModelLine.ask(
        ModelLine.environment(server, ["LLM_PROVIDER": "azure", "OPENAI_MODEL": "my model"]))
      #expect(heard.reply?.text == Self.words.joined())
      #expect(server.refusals == [])
      #expect(server.calls.map(\.target) == ["/openai/deployments/my%20model/chat/completions?api-version=2024-06-01"])
    }
  }

  @Test func `a server that streams unasked, or does not though it was asked, is understood`() async throws {
    try await ModelServer.run([
      .content(ModelWire.whole("All of it.", usage: nil), type: "application/json"),
      .stream(ModelWire.events(["In ", "pieces."], usage: nil)),
    ]) { server in
      let whole = try await ModelLine.ask(ModelLine.environment(server), isStreaming: true)
      #expect(whole.words == ["All of it."])
      let pieces = try await ModelLine.ask(ModelLine.environment(server), isStreaming: false)
      #expect(pieces.words == ["In ", "pieces."])
    }
  }

  @Test(
    arguments: [
      ("403", [.status(403)], .authentication, "403"), ("404", [.status(404)], .model, "OPENAI_MODEL"),
      ("400", [.status(400, message: "max_tokens is too large")], .refused, "max_tokens is too large"),
      ("a redirect", [.status(307, fields: HTTPFields([("location", "https://elsewhere.example/")]))], .refused, "307"),
      ("nonsense", [.content("<html>", type: "application/json")], .nonsense, "JSON"),
      ("a page", [.content("<html>", type: "text/html")], .nonsense, "JSON"),
      ("an empty body", [.content("", type: "application/json")], .nonsense, "JSON"),
      ("too much", [.content(String(repeating: " ", count: 2 << 20), type: "application/json")], .nonsense, "1048576"),
      ("nonsense in a stream", [.stream(["data: nonsense\n\n"])], .nonsense, "JSON"),
      ("a stream that ends in the middle", [.stream([ModelWire.event("word")])], .cut, "broke off"),
      ("a stream that is cut before a word", [.cut([ModelWire.keepAlive])], .cut, "broke off"),
      ("a stream that is cut behind a word", [.cut([ModelWire.event("word")])], .cut, "broke off"),
      ("an endless line", [.stream(["data: " + String(repeating: "x", count: 2 << 20)])], .cut, "event stream"),
      ("filtered", [.words(["word"], finish: "content_filter")], .filtered, "filtered"),
      ("too long", [.words(["word"], finish: "length")], .tooLong, "LLM_MAX_TOKENS"),
      (
        "an error behind words", [.stream([ModelWire.event("word"), "data: \(ModelWire.error("overloaded"))\n\n"])],
        .server, "overloaded"
      ),
    ] as [(String, [ModelAnswer], LanguageFailure.Class, String)])
  func `what is no answer fails at once, with its class and a cause`(
    name: String, script: [ModelAnswer], kind: LanguageFailure.Class, cause: String
  ) async throws {
    try await ModelServer.run(script) { server in
      let heard = try await ModelLine.ask(ModelLine.environment(server))
      #expect(heard.failure?.kind == kind, "\(name): \(String(describing: heard.failure))")
      #expect(heard.failure?.text.contains(cause) == true, "\(name): \(heard.failure?.text ?? "")")
      #expect(server.calls.count == 1)
    }
  }

  @Test func `a wrong key is refused, with what to look at`() async throws {
    try await ModelServer.run { server in
      let heard = try await ModelLine.ask(ModelLine.environment(server, ["OPENAI_API_KEY": "sk-wrong"]))
      #expect(heard.failure?.kind == .authentication)
      #expect(heard.failure?.text.contains("OPENAI_API_KEY") == true)
      #expect(heard.failure?.text.contains("Incorrect API key provided.") == true)
      #expect(server.refusals.count == 1)
    }
  }

  @Test func `a server that quotes the key has it told to nobody`() async throws {
    let quote = "Not good: \(ModelServer.key)"
    try await ModelServer.run([
      .status(401, message: quote), .status(400, message: quote), .stream(["data: \(ModelWire.error(quote))\n\n"]),
      .stream(["data: \(ModelWire.error(quote))\n\n"]),
    ]) { server in
      for _ in 0..<3 {
        let failure = try await ModelLine.ask(ModelLine.environment(server)).failure
        #expect(failure?.text.contains("Not good: …") == true, "\(failure?.text ?? "")")
      }
      #expect(server.calls.count == 4)
    }
  }

  // MARK: Once more

  @Test(
    arguments: [
      ("429", .status(429, fields: HTTPFields([("retry-after", "0")]))),
      ("500", .status(500, fields: HTTPFields([("retry-after", "0")]))),
      ("503", .status(503, fields: HTTPFields([("retry-after", "0")]))),
      ("an error in place of words", .stream([ModelWire.keepAlive, "data: \(ModelWire.error("overloaded"))\n\n"])),
    ] as [(String, ModelAnswer)])
  func `a server that is busy is asked once more`(name: String, busy: ModelAnswer) async throws {
    try await ModelServer.run([busy, .words(Self.words)]) { server in
      let heard = try await ModelLine.ask(ModelLine.environment(server))
      #expect(heard.reply?.text == Self.words.joined(), "\(name): \(String(describing: heard.failure))")
      #expect(heard.words == Self.words)
      #expect(server.calls.count == 2)
      #expect(server.calls.first?.body.description == server.calls.last?.body.description)
    }
  }

  @Test(arguments: [(429, LanguageFailure.Class.rate), (503, .server)])
  func `and not twice more`(status: Int, kind: LanguageFailure.Class) async throws {
    let busy = ModelAnswer.status(status, fields: HTTPFields([("retry-after", "0")]))
    try await ModelServer.run([busy, busy, .words(Self.words)]) { server in
      let heard = try await ModelLine.ask(ModelLine.environment(server))
      #expect(heard.failure?.kind == kind)
      #expect(server.calls.count == 2)
    }
  }

  @Test func `it waits as long as the server says, and a second where it says nothing`() async throws {
    for fields in [HTTPFields([("retry-after", "1")]), HTTPFields()] {
      try await ModelServer.run([.status(429, fields: fields), .words(Self.words)]) { server in
        let start = ContinuousClock.now
        let heard = try await ModelLine.ask(ModelLine.environment(server))
        #expect(heard.failure == nil)
        #expect(ContinuousClock.now - start >= .seconds(1))
      }
    }
  }

  @Test func `whoever wants more patience than an analyst has is not waited for`() async throws {
    try await ModelServer.run([.status(429, fields: HTTPFields([("retry-after", "11")])), .words(Self.words)]) {
      server in
      let start = ContinuousClock.now
      let heard = try await ModelLine.ask(ModelLine.environment(server))
      #expect(heard.failure?.kind == .rate)
      #expect(server.calls.count == 1)
      #expect(ContinuousClock.now - start < .seconds(10))
    }
  }
}
