import HTTP
import TestSupport
import Testing

@testable import signalbox

struct ChatReplyTests {
  /// The data of events as the server writes them.
  private static func data(_ events: [String]) -> [[UInt8]] {
    var parser = EventStreamParser()
    parser.append(Array(events.joined().utf8))
    var found: [[UInt8]] = []
    while case let next = parser.next(), next != .needsMore {
      if case .event(let event) = next { found.append(event.data) }
    }
    return found
  }

  private static func read(_ events: [String]) throws(LanguageFailure) -> ChatReply {
    var reply = ChatReply()
    for piece in data(events) { _ = try reply.take(piece: piece) }
    try reply.check()
    return reply
  }

  private func failure(_ events: [String]) -> LanguageFailure? {
    do throws(LanguageFailure) {
      _ = try Self.read(events)
      return nil
    } catch {
      return error
    }
  }

  @Test func `the words of the pieces are the answer, and the last piece has counted`() throws {
    let words = ["The ", "clerk", " bought — “before” 😀", " the news."]
    let reply = try Self.read(ModelWire.events(words, usage: .init(prompt: 12, completion: 5)))
    #expect(reply.text == words.joined())
    #expect(reply.usage == ChatReply.Usage(promptTokens: 12, completionTokens: 5))
    #expect(reply.finish == "stop")
    #expect(reply.isDone)
  }

  @Test func `each piece gives what it adds`() throws {
    var reply = ChatReply()
    #expect(
      try Self.data([ModelWire.event("", role: true), ModelWire.event("a"), ModelWire.event("b")]).map {
        try reply.take(piece: $0)
      } == ["", "a", "b"])
  }

  @Test func `wherever the stream is cut into pieces, the answer is the same`() throws {
    let words = ["Ä", "\u{1F469}\u{200D}\u{1F52C} ", "say \"no\"\n\t", "\\u0041"]
    let bytes = Array(ModelWire.events(words, usage: .init(prompt: 1, completion: 2)).joined().utf8)
    for place in 0...bytes.count {
      var parser = EventStreamParser()
      var reply = ChatReply()
      var heard = ""
      for half in [bytes[..<place], bytes[place...]] {
        parser.append(Array(half))
        while case let next = parser.next(), next != .needsMore {
          if case .event(let event) = next { heard += try reply.take(piece: event.data) }
        }
      }
      try reply.check()
      try #require(heard == words.joined() && reply.text == heard && reply.usage?.completionTokens == 2, "\(place)")
    }
  }

  @Test func `whatever bytes come, it is an answer or a failure`() {
    var random = SeededRandom(seed: 9)
    let good = Self.data(ModelWire.events(["Words"], usage: .init(prompt: 1, completion: 1)))
    var failures = 0
    for _ in 0..<4_000 {
      var piece = good[Int.random(in: good.indices, using: &random)]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: piece.indices, using: &random)
        if Bool.random(using: &random) {
          piece[place] = UInt8.random(in: 0...255, using: &random)
        } else {
          piece.remove(at: place)
        }
      }
      var reply = ChatReply()
      do throws(LanguageFailure) {
        _ = try reply.take(piece: piece)
        try reply.check()
      } catch {
        failures += 1
      }
    }
    #expect(failures > 1_000)
  }

  @Test func `an answer that is no stream is read as a whole`() throws {
    var reply = ChatReply()
    try reply.take(whole: Array(ModelWire.whole("All of it.", usage: .init(prompt: 3, completion: 4)).utf8))
    try reply.check()
    #expect(reply.text == "All of it.")
    #expect(reply.usage == ChatReply.Usage(promptTokens: 3, completionTokens: 4))
  }

  // MARK: Answers that are none

  @Test(
    arguments: [
      ("cut before the first word", [ModelWire.event("", role: true)], LanguageFailure.Class.cut),
      ("nothing", [], .cut),
      ("cut behind a word", [ModelWire.event("word")], .cut),
      ("too long for its tokens", ModelWire.events(["word"], usage: nil, finish: "length"), .tooLong),
      ("filtered", ModelWire.events(["word"], usage: nil, finish: "content_filter"), .filtered),
      ("a tool", ModelWire.events(["word"], usage: nil, finish: "tool_calls"), .nonsense),
      ("empty", ModelWire.events([], usage: nil), .nonsense),
      ("blank", ModelWire.events([" \n", "\t"], usage: nil), .nonsense),
      ("nothing but the end", [ModelWire.done], .nonsense),
      ("an error in the middle", [ModelWire.event("word"), "data: \(ModelWire.error("overloaded"))\n\n"], .server),
      ("an error as a text", ["data: {\"error\":\"overloaded\"}\n\n"], .server),
      ("no JSON", ["data: words\n\n"], .nonsense),
      ("half a JSON", ["data: {\"choices\":[{\n\n"], .nonsense),
      ("an array", ["data: []\n\n"], .nonsense),
      ("no choices", ["data: {\"id\":\"x\"}\n\n"], .nonsense),
      ("choices that are none", ["data: {\"choices\":{\"0\":{}}}\n\n"], .nonsense),
      (
        "content that is no text",
        ["data: {\"choices\":[{\"delta\":{\"content\":[1]},\"finish_reason\":\"stop\"}]}\n\n"], .nonsense
      ),
      ("an endless text", [ModelWire.event(String(repeating: "x", count: ChatReply.longest + 1))], .tooLong),
      (
        "an endless text in pieces", Array(repeating: ModelWire.event(String(repeating: "x", count: 8_000)), count: 9),
        .tooLong
      ),
    ] as [(String, [String], LanguageFailure.Class)])
  func `what is no answer has its class`(name: String, events: [String], kind: LanguageFailure.Class) {
    #expect(failure(events)?.kind == kind, "\(name)")
  }

  @Test func `an answer without the last word is whole all the same`() throws {
    #expect(try Self.read(ModelWire.events(["word"], usage: nil).dropLast()).text == "word")
    #expect(try Self.read([ModelWire.event("word"), ModelWire.done]).text == "word")
  }

  @Test func `an empty reason to end is none, and an error that is null neither`() throws {
    let piece = #"data: {"error":null,"choices":[{"delta":{"content":"word"},"finish_reason":""}]}"# + "\n\n"
    #expect(failure([piece])?.kind == .cut)
    #expect(try Self.read([piece, ModelWire.event(nil, finish: "stop")]).text == "word")
  }

  @Test(
    arguments: [
      ("0", "1000000000", ChatReply.Usage(promptTokens: 0, completionTokens: 1_000_000_000)),
      ("1", "1000000001", nil), ("9223372036854775807", "9223372036854775807", nil), ("99999999999999999999", "1", nil),
      ("-5", "1", nil), ("1", "-9223372036854775808", nil), ("\"7\"", "1", nil), ("1", "null", nil), ("1", "1.5", nil),
      ("[1]", "1", nil),
    ] as [(String, String, ChatReply.Usage?)])
  func `what is no number of tokens is no count`(prompt: String, completion: String, usage: ChatReply.Usage?) throws {
    var reply = ChatReply()
    _ = try reply.take(
      piece: Array(#"{"choices":[],"usage":{"prompt_tokens":\#(prompt),"completion_tokens":\#(completion)}}"#.utf8))
    #expect(reply.usage == usage)
  }
}
