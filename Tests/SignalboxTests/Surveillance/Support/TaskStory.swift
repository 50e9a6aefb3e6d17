import A2A
import JSON

/// What was told of a task, as `signalbox tail --json` prints it.
struct TaskStory: Sendable {
  private(set) var records: [JSONValue] = []

  init(_ lines: String) {
    for line in lines.split(separator: "\n") { add(String(line)) }
  }

  mutating func add(_ line: String) {
    if let record = try? JSONValue(parsing: line) { records.append(record) }
  }

  /// What agents reported of their steps, in its order.
  var reports: [ProgressReport] {
    records.compactMap { ProgressReport(metadata: $0["data"]?["statusUpdate"]?["metadata"]) }
  }

  func reports(_ type: ProgressReport.Kind) -> [ProgressReport] { reports.filter { $0.type == type } }

  /// The names of the tools that a report of this type was about.
  func tools(_ type: ProgressReport.Kind) -> [String] { reports(type).compactMap(\.tool) }

  /// The phases of one agent's reports, each once for as long as it lasts. Nil: the task's own agent.
  func phases(of agent: String?) -> [String] {
    reports.filter { $0.agent == agent }.compactMap(\.phase).reduce(into: []) { phases, phase in
      if phases.last != phase { phases.append(phase) }
    }
  }

  /// The specialists' tasks, by the specialist's name.
  var parts: [String: String] {
    reports.reduce(into: [:]) { parts, report in
      if let agent = report.agent, let task = report.agentTask { parts[agent] = task }
    }
  }

  private var statuses: [JSONValue] { records.compactMap { $0["data"]?["statusUpdate"]?["status"] } }

  /// The states in which the task ended: there should be one.
  var ends: [String] {
    let terminal = ["COMPLETED", "FAILED", "CANCELED", "REJECTED"].map { "TASK_STATE_\($0)" }
    return statuses.compactMap { $0["state"]?.string }.filter(terminal.contains)
  }

  var lastWord: String { statuses.last?["message"]?["parts"]?[0]?["text"]?.string ?? "" }

  private var artifactRecords: [JSONValue] { records.compactMap { $0["data"]?["artifactUpdate"]?["artifact"] } }

  /// The ids of the artifacts, in the order in which they came.
  var artifacts: [String] { artifactRecords.compactMap { $0["artifactId"]?.string } }

  /// The task as its artifacts and its last status make it.
  var task: JSONValue {
    .object { task in
      task.array("artifacts") { list in for artifact in artifactRecords { list.value(artifact) } }
      if let status = statuses.last {
        task.key("status")
        task.value(status)
      }
    }
  }

  /// As they were asked.
  var questions: [JSONValue] { data(kind: "question").filter { $0["state"]?.string == "open" } }

  /// How each question ended.
  var closings: [JSONValue] { data(kind: "question").filter { $0["state"]?.string == "closed" } }

  var verdicts: [String] { data(kind: "verdict").compactMap { $0["verdict"]?.string } }

  func data(kind: String) -> [JSONValue] {
    records.filter { $0["kind"]?.string == kind }.compactMap { $0["data"] }
  }

  /// For the words of a test that fails.
  var summary: String {
    "\(reports.map { "\($0.type.name) \($0.tool ?? "")" }.joined(separator: ", ")); \(ends) \(lastWord)"
  }
}
