import A2A
import JSON

/// What one event says of its task that a list would show.
struct TaskNews: Sendable {
  var state: TaskState?
  /// Of the status, or of a message that is all there is.
  var words: String?
  /// Under the progress extension.
  var report: JSONValue?
  /// Only a whole task tells it so.
  var isPaused: Bool?

  /// Nil for what says nothing of the kind.
  init?(_ event: TaskEvent) {
    switch event {
    case .status(let update):
      let message = update.status.message
      state = update.status.state
      words = message?.text
      report = Self.report(update.metadata) ?? Self.report(message?.metadata)
    case .task(let task):
      state = task.status.state
      words = task.status.message?.text
      isPaused = task.metadata?[PauseRequest.extensionURI]?["paused"]?.bool
    case .message(let message):
      words = message.text
    case .artifact:
      return nil
    }
  }

  /// The same of an event as it stands in the journal. Producers leave out what A2A asks for.
  init?(_ event: JSONValue) {
    if let update = event["statusUpdate"] {
      let message = update["status"]?["message"]
      state = TaskState(statusOf: update)
      words = Self.words(message)
      report = Self.report(update["metadata"]) ?? Self.report(message?["metadata"])
    } else if let task = event["task"] {
      state = TaskState(statusOf: task)
      words = Self.words(task["status"]?["message"])
      isPaused = task["metadata"]?[PauseRequest.extensionURI]?["paused"]?.bool
    } else if let message = event["message"] {
      words = Self.words(message)
    } else {
      return nil
    }
  }

  private static func words(_ message: JSONValue?) -> String? {
    message?["parts"]?.elements.compactMap { $0["text"]?.string }.joined(separator: "\n")
  }

  private static func report(_ metadata: JSONValue?) -> JSONValue? {
    guard let report = metadata?[ProgressReport.extensionURI], report["type"]?.string != nil else { return nil }
    return report
  }
}

extension TaskState {
  /// What `{"status":{"state":…}}` says, by A2A's names.
  fileprivate init?(statusOf told: JSONValue) {
    guard let state = told["status"]?["state"],
      let named = Self.byName.first(where: { state.equalsString($0.name) })
    else { return nil }
    self = named.state
  }

  private static let byName = allCases.map { state in
    (name: "TASK_STATE_" + state.word.uppercased().replacing("-", with: "_"), state: state)
  }
}
