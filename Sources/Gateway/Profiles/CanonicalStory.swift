import A2A
import JSON

/// What is to be remembered of a task while its records are read, because vocabularies say it later: derived from the records alone.
struct CanonicalStory: Sendable {
  /// Letters of a text that is kept to be said again.
  static let textLimit = 16_384

  let task: ToldTask
  /// Of the last record that was read.
  var seq: Int64 = 0
  /// Milliseconds since 1970, of the first record.
  var started: Int64 = 0
  var state = TaskState.submitted
  /// What the task was begun with.
  var prompt = ""
  /// Its agent is run by this gateway: then questions and ends are records of their own.
  var isRun = false
  /// The agent has begun.
  var hasBegun = false
  var isPaused = false
  private(set) var hasEnded = false
  /// Steps of the work: the numbers of a chain of reasoning.
  private(set) var steps = 0
  /// Each once, in the order in which they were first used.
  private(set) var tools: [String] = []
  private(set) var calls = OpenCalls()
  private(set) var costs = TaskCosts()
  /// The result, with the artifacts it is made of.
  private(set) var results: AgentTask
  /// What the agent has said without making a task of it.
  var answer: String?
  /// The last thing that was said of the work; what a model has written so far.
  private(set) var lastWords: String?
  private(set) var written = ""

  init(_ task: ToldTask) {
    self.task = task
    results = AgentTask(id: task.id, contextID: nil, status: TaskStatus(.submitted))
  }

  mutating func take(_ update: TaskEvent.ArtifactUpdate) {
    results.take(.artifact(update))
  }

  /// Gives the call of a tool its id and its name, where the agent has left them out.
  mutating func match(_ event: inout CanonicalEvent) {
    calls.match(&event)
  }

  mutating func note(_ event: CanonicalEvent) {
    state = event.state
    switch event.type {
    case .toolStarted: if let tool = event.tool, !tools.contains(tool) { tools.append(tool) }
    case .modelChunk: written = String((written + (event.message ?? "")).prefix(Self.textLimit))
    case .modelStarted: written = ""
    default: break
    }
    costs.take(event.type.rawValue, event.payload)
    if event.isStep { steps += 1 }
    if event.type.isFinal { hasEnded = true }
    if event.isOfWork, let words = event.summary ?? event.message { lastWords = words }
  }
}

extension CanonicalEvent {
  /// Whether its words are what the work has come to so far: not those of its end, of people, or of pieces.
  fileprivate var isOfWork: Bool {
    switch type {
    case .cancelRequested, .inputReceived, .verdict, .modelChunk: false
    default: !type.isFinal
    }
  }

  /// Whether a chain of reasoning counts it.
  var isStep: Bool {
    switch type {
    case .agentHandoff, .stepStarted, .stepCompleted: true
    case .thinking: fact("action") != nil
    default: false
    }
  }
}
