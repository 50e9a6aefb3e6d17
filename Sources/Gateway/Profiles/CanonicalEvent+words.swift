import A2A

// What there is to say for people, where an agent has left it out.
extension CanonicalEvent {
  /// Characters of what a tool has given.
  static let summaryLimit = 500

  /// Never empty.
  var words: String {
    let said: [String?] = [error, message, summary]
    return said.lazy.compactMap(\.self).first { !$0.isEmpty } ?? defaultWords
  }

  /// How much of a tool's work is done: 0 to 100.
  var percent: Int? {
    guard let step, let total, total > 0 else { return nil }
    return min(100, step * 100 / total)
  }

  private var defaultWords: String {
    let tool = tool ?? "A tool"
    return switch type {
    case .streamOpened: "Connected."
    case .heartbeat: "Still at work."
    case .taskSubmitted: "The task is submitted."
    case .analysisStarted: "The work has begun."
    case .progress, .thinking: "At work."
    case .routing: "Deciding who does it."
    case .agentHandoff: "Another agent goes on with it."
    case .stepStarted: "A step has begun."
    case .stepCompleted: "A step is done."
    case .toolStarted: "\(tool) has begun."
    case .toolProgress: "\(tool) is at work."
    case .toolCompleted: "\(tool) is done."
    case .toolFailed: "\(tool) has failed."
    case .modelStarted: "A language model was asked."
    case .modelChunk: ""
    case .modelCompleted: "The language model has answered."
    case .modelFailed: "The language model has failed."
    case .budgetWarning: "Most of the budget is used."
    case .budgetExceeded: "The budget is used up."
    case .inputRequired: "The agent waits for an answer."
    case .inputReceived: "Somebody has answered."
    case .paused: "The task is paused."
    case .resumed: "The task goes on."
    case .cancelRequested: "Somebody has asked to stop the task."
    case .verdict: "A command has changed nothing."
    case .artifact: "\(artifact?.name ?? artifact?.id ?? "A result") is there."
    case .gap: "Events may be missing."
    case .custom: name ?? "Something has happened."
    case .taskCompleted: "The task is completed."
    case .taskCanceled: "The task was canceled."
    case .taskRejected: "The agent has rejected the task."
    case .taskFailed: "The task has failed."
    }
  }
}
