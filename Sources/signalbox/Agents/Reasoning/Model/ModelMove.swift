import JSON

/// What a model wants to do next, read from its reply.
enum ModelMove: Sendable, Equatable {
  case look(thought: String, [LookupCall])
  case answer(thought: String, String)

  static let longestAnswer = 4_000
  private static let longestThought = 500

  /// Throws with what is wrong with it, in words for the model.
  init(reading text: String) throws(LookupFault) {
    guard let start = text.firstIndex(of: "{"), let end = text.lastIndex(of: "}"), start < end else {
      throw LookupFault(text: "The reply is no JSON object.")
    }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: String(text[start...end]))
    } catch {
      throw LookupFault(text: "The reply is no JSON: \(error.reason).")
    }
    let thought = String((value["thought"]?.string ?? "").prefix(Self.longestThought))
    if let answer = value["answer"]?.string {
      guard !answer.allSatisfy(\.isWhitespace) else { throw LookupFault(text: "The answer is empty.") }
      guard answer.count <= Self.longestAnswer else {
        throw LookupFault(text: "The answer has more than \(Self.longestAnswer) characters.")
      }
      self = .answer(thought: thought, answer)
      return
    }
    guard let calls = value["calls"], calls.kind == .array, calls.count > 0 else {
      throw LookupFault(text: "The reply has neither an \"answer\" nor \"calls\".")
    }
    guard calls.count <= LookupRound.most else {
      throw LookupFault(text: "These are \(calls.count) calls; at most \(LookupRound.most) go at once.")
    }
    var read: [LookupCall] = []
    for call in calls.elements {
      let call = try LookupCall(reading: call)
      if !read.contains(call) { read.append(call) }
    }
    self = .look(thought: thought, read)
  }
}
