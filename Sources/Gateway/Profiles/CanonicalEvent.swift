import A2A
import JSON
import Journal

/// One thing that has happened to a task, read from a record: what every vocabulary is written from.
struct CanonicalEvent: Sendable, Equatable {
  let type: CanonicalType
  let task: String
  /// Of its record.
  let seq: Int64
  /// The same for every reader: of the task and the record, and of the place among those that the record tells of.
  var id: String
  /// Milliseconds since 1970, when it was journaled.
  let time: Int64
  /// How the task stands with it.
  var state: TaskState
  var isFinal: Bool { type.isFinal }

  /// What the sender calls it, where that is none of the types.
  var name: String?
  /// A sentence for people.
  var message: String?
  /// Who does it: the agent of the task, or one that it has passed work to.
  var agent: String?
  var agentTask: String?
  /// Who has said it, where that was a person.
  var by: String?
  var tool: String?
  /// Tells two calls of one tool apart.
  var callID: String?
  var step: Int?
  var total: Int?
  var records: Int?
  var phase: String?
  var durationMilliseconds: Int?
  var input: JSONValue?
  var summary: String?
  var error: String?
  /// For programs: why the task failed.
  var code: String?
  /// Whatever else its sender has said.
  var payload: JSONValue?
  var artifact: Artifact?
  var append = false
  var lastChunk = false

  init(_ type: CanonicalType, _ record: Record, state: TaskState) {
    self.init(type, task: record.task, seq: record.seq, time: record.time, state: state)
  }

  init(_ type: CanonicalType, task: String, seq: Int64, time: Int64, state: TaskState) {
    self.type = type
    self.task = task
    self.seq = seq
    id = "\(task)-\(seq)"
    self.time = time
    self.state = state
  }

  /// What is known from an agent's report.
  mutating func take(_ report: ProgressReport) {
    message = report.message ?? message
    agent = report.agent ?? agent
    agentTask = report.agentTask
    (tool, callID, step, total) = (report.tool, report.callID, report.step, report.total)
    (records, phase, durationMilliseconds) = (report.records, report.phase, report.durationMilliseconds)
    (input, summary, error, payload) = (report.input, report.summary, report.error, report.payload)
    code = report.payload?["code"]?.string
  }

  /// The first of these members of the payload that is there.
  func fact(_ names: String...) -> JSONValue? {
    for name in names { if let value = payload?[name], !value.isNull { return value } }
    return nil
  }
}
