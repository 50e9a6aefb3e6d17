import A2A
import AgentKit
import JSON

/// A question as its message brings it: the words, and the `task_parameters` of a data part.
struct AskedQuestion: Sendable, Equatable {
  private static let longest = 4_000

  let text: String
  private(set) var parameters = ReasoningParameters()

  /// Throws with what is missing, too much, or of the wrong kind.
  init(reading message: Message) throws(AgentFailure) {
    var texts: [String] = []
    var hasParameters = false
    for part in message.parts {
      switch part.content {
      case .text(let text): texts.append(text)
      case .raw, .url:
        throw AgentFailure("Questions are asked in words. Send them as text; files are for other agents.")
      case .data(let value):
        guard !hasParameters else {
          throw AgentFailure("The message has two data parts. Send one with task_parameters.")
        }
        hasParameters = true
        parameters = try ReasoningParameters(reading: value)
      }
    }
    text = texts.joined(separator: "\n")
    guard !text.allSatisfy(\.isWhitespace) else {
      throw AgentFailure("The message asks nothing. Send a question, such as: Who owns the account A-9152?")
    }
    guard text.count <= Self.longest else {
      throw AgentFailure("The question has \(text.count) characters; at most \(Self.longest) are read.")
    }
  }
}

/// How a question is to be worked on.
struct ReasoningParameters: Sendable, Equatable {
  private static let group = "task_parameters"
  private static let interactiveKey = "interactive"
  private static let questionSecondsKey = "question_seconds"
  private static let stepsKey = "max_steps"
  private static let modelKey = "model"
  private static let all = [interactiveKey, questionSecondsKey, stepsKey, modelKey]

  /// People are asked whom a question means.
  var isInteractive = true
  /// How long a question to people stays open.
  var questionTime: Duration = .seconds(300)
  /// Rounds of looking something up.
  var mostSteps = 6
  /// The language model that is asked, where the agent has one.
  var model: String?

  init() {}

  /// Throws with the member that is wrong, and what it should be.
  init(reading value: JSONValue) throws(AgentFailure) {
    guard value.kind == .object else { throw AgentFailure("The data part of the message must be an object.") }
    for (name, _) in value.members where name != Self.group {
      throw AgentFailure(
        "The data part has a member \"\(name.prefix(60))\", which nobody here knows. There is: \(Self.group).")
    }
    guard let group = value[Self.group] else { return }
    guard group.kind == .object else { throw AgentFailure("\(Self.group) must be an object.") }
    for (name, value) in group.members where !value.isNull { try take(name, value) }
  }

  private mutating func take(_ name: String, _ value: JSONValue) throws(AgentFailure) {
    switch name {
    case Self.interactiveKey:
      guard let flag = value.bool else { throw AgentFailure("\(name) must be true or false.") }
      isInteractive = flag
    case Self.questionSecondsKey: questionTime = .seconds(try Self.number(name, value, 1...86_400))
    case Self.stepsKey: mostSteps = Int(try Self.number(name, value, 1...12))
    case Self.modelKey:
      guard let text = value.string, !text.isEmpty, text.utf8.count <= 200 else {
        throw AgentFailure("\(name) must be the name of a model.")
      }
      model = text
    default:
      throw AgentFailure(
        "\(Self.group) has a member \"\(name.prefix(60))\", which nobody here knows. There are: "
          + "\(Self.all.joined(separator: ", ")).")
    }
  }

  private static func number(
    _ name: String, _ value: JSONValue, _ range: ClosedRange<Int64>
  ) throws(AgentFailure) -> Int64 {
    guard let number = value.int, range.contains(number) else {
      throw AgentFailure("\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}
