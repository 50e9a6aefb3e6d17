import JSON

/// A model's answer, put together from what comes: a whole one, or the pieces of a stream.
struct ChatReply: Sendable, Equatable {
  struct Usage: Sendable, Equatable {
    var promptTokens: Int
    var completionTokens: Int
  }

  /// More than any narrative has.
  static let longest = 64_000
  /// More tokens than any answer has; whoever counts more has not counted.
  private static let mostTokens: ClosedRange<Int64> = 0...1_000_000_000

  private(set) var text = ""
  /// Why it stopped; nil: it has not.
  private(set) var finish: String?
  private(set) var usage: Usage?
  /// The stream has said that it is over.
  private(set) var isDone = false
  /// No word is missing.
  var isWhole: Bool { isDone || finish != nil }

  init() {}

  /// One event of a stream. Returns what it adds.
  mutating func take(piece: [UInt8]) throws(LanguageFailure) -> String {
    if piece == Array("[DONE]".utf8) {
      isDone = true
      return ""
    }
    return try take(Self.read(piece), "delta")
  }

  /// An answer that is no stream.
  mutating func take(whole: [UInt8]) throws(LanguageFailure) {
    _ = try take(Self.read(whole), "message")
    isDone = true
  }

  /// Once nothing more comes: the answer must be complete, and must be one.
  func check() throws(LanguageFailure) {
    guard isWhole else { throw LanguageFailure(.cut, "The answer broke off in the middle.") }
    switch finish {
    case "stop", nil: break
    case "length": throw LanguageFailure(.tooLong, "The answer was longer than LLM_MAX_TOKENS.")
    case "content_filter": throw LanguageFailure(.filtered, "The model's provider filtered the answer.")
    case let reason?:
      throw LanguageFailure(.nonsense, "The answer ended for the reason \(reason.prefix(40).debugDescription).")
    }
    guard !text.allSatisfy(\.isWhitespace) else { throw LanguageFailure(.nonsense, "The answer is empty.") }
  }

  private static func read(_ bytes: [UInt8]) throws(LanguageFailure) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw LanguageFailure(.nonsense, "The answer is no JSON: \(error.reason).")
    }
  }

  private mutating func take(_ value: JSONValue, _ member: String) throws(LanguageFailure) -> String {
    if let message = value["error"]?["message"]?.string ?? value["error"]?.string {
      throw LanguageFailure(.server, "The model's server says: \(message)")
    }
    if let usage = value["usage"], let prompt = usage["prompt_tokens"]?.int,
      let completion = usage["completion_tokens"]?.int, Self.mostTokens.contains(prompt),
      Self.mostTokens.contains(completion)
    {
      self.usage = Usage(promptTokens: Int(prompt), completionTokens: Int(completion))
    }
    guard let choices = value["choices"], choices.kind == .array else {
      throw LanguageFailure(.nonsense, "The answer has no choices.")
    }
    // The piece with the usage has none.
    guard let choice = choices[0] else { return "" }
    // Some send an empty one for none.
    if let reason = choice["finish_reason"]?.string, !reason.isEmpty { finish = reason }
    let added = choice[member]?["content"]?.string ?? ""
    guard text.utf8.count + added.utf8.count <= Self.longest else {
      throw LanguageFailure(.tooLong, "The answer has more than \(Self.longest) bytes.")
    }
    text += added
    return added
  }
}
