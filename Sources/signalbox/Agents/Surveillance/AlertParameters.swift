import A2A
import AgentKit
import JSON

/// How an alert is to be worked on: the `task_parameters` of a message's data part.
struct AlertParameters: Sendable, Equatable {
  private static let group = "task_parameters"
  private static let interactiveKey = "interactive"
  private static let questionSecondsKey = "question_seconds"
  private static let deadlineKey = "deadline_s"
  private static let modelKey = "model"
  private static let streamingKey = "enable_streaming"
  private static let alertKey = "alert"
  private static let all = [interactiveKey, questionSecondsKey, deadlineKey, modelKey, streamingKey, alertKey]
  private static let seconds: ClosedRange<Int64> = 1...86_400

  static let longestQuestion: Duration = .seconds(seconds.upperBound)

  /// People are asked what the data cannot tell. Nil: they are, but not what kind of alert it is.
  var isInteractive: Bool?
  /// How long a question stays open.
  var questionTime: Duration = .seconds(300)
  /// How long the analysis may take, waiting for people aside.
  var timeLimit: Duration?
  /// The language model that is asked, where the agent has one.
  var model: String?
  /// Whether that model's words are shown as they come.
  var isStreaming = true
  /// Which alert of the file this is about, from 1. Nil: all of them.
  var alert: Int?

  var mayAsk: Bool { isInteractive ?? true }

  init() {}

  /// Throws with the member that is wrong, and what it should be.
  init(reading value: JSONValue) throws(AgentFailure) {
    self.init()
    guard value.kind == .object else { throw Self.refusal("The data part of the message", "an object") }
    for (name, _) in value.members where name != Self.group {
      throw AgentFailure("The data part has a member \"\(name)\", which nobody here knows. There is: \(Self.group).")
    }
    guard let group = value[Self.group] else { return }
    guard group.kind == .object else { throw Self.refusal(Self.group, "an object") }
    for (name, value) in group.members where !value.isNull { try take(name, value) }
  }

  private mutating func take(_ name: String, _ value: JSONValue) throws(AgentFailure) {
    switch name {
    case Self.interactiveKey: isInteractive = try Self.flag(name, value)
    case Self.streamingKey: isStreaming = try Self.flag(name, value)
    case Self.questionSecondsKey: questionTime = .seconds(try Self.number(name, value, Self.seconds))
    case Self.deadlineKey: timeLimit = .seconds(try Self.number(name, value, Self.seconds))
    case Self.alertKey: alert = Int(try Self.number(name, value, 1...Int64(AlertFile.maximumAlerts)))
    case Self.modelKey:
      guard let text = value.string, !text.isEmpty, text.utf8.count <= 200 else {
        throw Self.refusal(name, "the name of a model")
      }
      model = text
    default:
      throw AgentFailure(
        "\(Self.group) has a member \"\(name)\", which nobody here knows. There are: \(Self.all.joined(separator: ", "))."
      )
    }
  }

  private static func flag(_ name: String, _ value: JSONValue) throws(AgentFailure) -> Bool {
    guard let flag = value.bool else { throw refusal(name, "true or false") }
    return flag
  }

  private static func number(
    _ name: String, _ value: JSONValue, _ range: ClosedRange<Int64>
  ) throws(AgentFailure) -> Int64 {
    guard let number = value.int, range.contains(number) else {
      throw refusal(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func refusal(_ name: String, _ expected: String) -> AgentFailure {
    AgentFailure("\(name) must be \(expected).")
  }

  /// As a data part for another agent.
  var part: Part {
    var writer = JSONWriter()
    writer.object { object in
      object.object(Self.group) { group in
        group.member(Self.interactiveKey, ifPresent: isInteractive)
        group.member(Self.questionSecondsKey, Int(questionTime.components.seconds))
        group.member(Self.deadlineKey, ifPresent: timeLimit.map { Int($0.components.seconds) })
        group.member(Self.modelKey, ifPresent: model)
        group.member(Self.streamingKey, isStreaming)
        group.member(Self.alertKey, ifPresent: alert)
      }
    }
    // What a writer has made is JSON.
    return Part((try? JSONValue(parsing: writer.bytes)).map { .data($0) } ?? .text(""))
  }
}
