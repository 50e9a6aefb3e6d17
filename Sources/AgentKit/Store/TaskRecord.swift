import A2A
import A2AWire
import HTTP
import JSON

/// A task as its callers see it, as a value: what may follow what, and what is kept.
struct TaskRecord {
  let id: String
  let contextID: String
  let owner: Caller
  /// Its place among all tasks that were ever made.
  let number: Int
  private(set) var status: TaskStatus
  private(set) var artifacts: [Artifact] = []
  private(set) var history: [Message] = []
  /// An object.
  var metadata: JSONValue?
  /// The status message is part of the conversation and goes into the history when another follows; reports do not.
  private var statusIsSaid = false
  private var closedArtifacts: Set<String> = []
  private var artifactBytes = 0
  private var historyBytes = 0
  private var messages = 0
  /// All that was said to the task since it began, also what is not kept any more.
  private var heard: Set<Heard> = []
  private var heardBytes = 0

  /// What makes a message the same one again. Clients of the field use ids again, for something else.
  private struct Heard: Hashable {
    let id: String
    let content: Int

    init(_ message: Message) {
      id = message.id
      var hasher = Hasher()
      hasher.combine(Message(id: "", role: message.role, parts: message.parts).encoded())
      content = hasher.finalize()
    }
  }

  init(id: String, contextID: String, owner: Caller, number: Int, at time: Timestamp) {
    self.id = id
    self.contextID = contextID
    self.owner = owner
    self.number = number
    status = TaskStatus(.submitted, timestamp: time)
  }

  var isEnded: Bool { status.state.isTerminal }
  /// A blocking call is answered now.
  var isSettled: Bool { status.state.isTerminal || status.state.isInterrupted }
  var byteCount: Int { artifactBytes + historyBytes + heardBytes + (status.message?.byteCount ?? 0) + 512 }

  func snapshot(historyLength: Int? = nil, withArtifacts: Bool = true) -> AgentTask {
    var task = AgentTask(id: id, contextID: contextID, status: status)
    if withArtifacts { task.artifacts = artifacts }
    task.metadata = metadata
    switch historyLength {
    case nil: task.history = history
    case 0?: task.history = nil
    case let length?: task.history = history.suffix(length)
    }
    return task
  }

  mutating func newMessageID() -> String {
    messages += 1
    return "\(id)-m\(messages)"
  }

  /// - Parameter isSaid: the message belongs to the conversation.
  mutating func change(
    to state: TaskState, saying message: Message?, isSaid: Bool, at time: Timestamp, limits: TaskLimits
  ) -> TaskStatus {
    precondition(!isEnded, "A terminal state is final.")
    if statusIsSaid, let said = status.message { keep(said, limits) }
    status = TaskStatus(state, message: message, timestamp: time)
    statusIsSaid = isSaid
    return status
  }

  /// Puts a caller's message behind what was said so far. A question that it answers comes first.
  /// - Parameter isFirst: what it begins with; who says the same later says it anew.
  mutating func hear(_ message: Message, isFirst: Bool = false, limits: TaskLimits) {
    if !isFirst, heard.insert(Heard(message)).inserted { heardBytes += message.id.utf8.count + 16 }
    if statusIsSaid, let said = status.message {
      keep(said, limits)
      statusIsSaid = false
    }
    keep(message, limits)
  }

  /// Whoever does not know whether a message has come sends it again.
  func hasHeard(_ message: Message) -> Bool { heard.contains(Heard(message)) }

  private mutating func keep(_ message: Message, _ limits: TaskLimits) {
    history.append(message)
    historyBytes += message.byteCount
    while history.count > limits.historyMessages || (historyBytes > limits.historyBytes && history.count > 1) {
      historyBytes -= history.removeFirst().byteCount
    }
  }

  mutating func add(
    _ artifact: Artifact, append: Bool, lastChunk: Bool, limits: TaskLimits
  ) throws(AgentFailure) {
    guard !artifact.parts.isEmpty else {
      throw AgentFailure("The artifact \(Excerpt.quoting(artifact.id.utf8)) has no parts.", reason: .misuse)
    }
    let index = artifacts.firstIndex { $0.id == artifact.id }
    let added = append ? artifact.parts.byteCount : artifact.byteCount
    let replaced = append ? 0 : index.map { artifacts[$0].byteCount } ?? 0
    guard artifactBytes - replaced + added <= limits.artifactBytes else {
      throw AgentFailure(
        "The artifacts of a task may have \(limits.artifactBytes) bytes; with \(Excerpt.quoting(artifact.id.utf8)) they "
          + "would have \(artifactBytes - replaced + added).", reason: .limit)
    }
    if append {
      guard let index, !closedArtifacts.contains(artifact.id) else {
        throw AgentFailure(
          "Nothing can be appended to the artifact \(Excerpt.quoting(artifact.id.utf8)): it has not begun, or has ended.",
          reason: .misuse)
      }
      artifacts[index].parts += artifact.parts
    } else if let index {
      artifacts[index] = artifact
    } else {
      guard artifacts.count < limits.artifacts else {
        throw AgentFailure("A task may have \(limits.artifacts) artifacts; this would be one more.", reason: .limit)
      }
      artifacts.append(artifact)
    }
    artifactBytes += added - replaced
    if lastChunk { closedArtifacts.insert(artifact.id) } else if !append { closedArtifacts.remove(artifact.id) }
  }
}
