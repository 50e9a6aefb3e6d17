import JSON
import Journal

/// A workflow put together from what its stream tells: the same events, folded.
struct WorkflowStory: Sendable {
  /// Steps, and calls of tools, that are kept: the latest.
  static let limit = 1_000

  private(set) var prompt: String?
  private(set) var agentType: String?
  private(set) var chain: [JSONValue] = []
  private(set) var calls: [ToolUse] = []
  private(set) var tools: [String] = []
  /// Of the event that ends it: what came of it, and what it took.
  private(set) var end: JSONValue?
  private(set) var stepCount = 0

  /// One call of a tool: how it began, and how it ended.
  struct ToolUse: Sendable {
    let start: JSONValue
    var end: JSONValue?
  }

  mutating func take(_ event: ProfileEvent) {
    guard let value = try? JSONValue(parsing: event.data), let type = value["type"]?.string else { return }
    switch type {
    case WorkflowVocabulary.workflowStarted:
      prompt = value["initial_prompt"]?.string
      agentType = value["agent_type"]?.string
    case WorkflowVocabulary.reasoningStep:
      stepCount += 1
      chain.append(value)
      if chain.count > Self.limit { chain.removeFirst() }
    case WorkflowVocabulary.toolStart: begin(value)
    case WorkflowVocabulary.toolEnd: close(value)
    case WorkflowVocabulary.workflowCompleted, WorkflowVocabulary.workflowError: end = value
    default: break
    }
  }

  private mutating func begin(_ start: JSONValue) {
    if let name = start["tool_name"]?.string, !tools.contains(name) { tools.append(name) }
    calls.append(ToolUse(start: start))
    if calls.count > Self.limit { calls.removeFirst() }
  }

  /// Tools run at the same time, so an end belongs to the call that it names, not to the one that began last.
  private mutating func close(_ end: JSONValue) {
    let index = calls.lastIndex { call in
      call.end == nil && call.start["tool_call_id"]?.string == end["tool_call_id"]?.string
    }
    if let index { calls[index].end = end }
  }
}

extension WorkflowStory {
  /// Of a task as it was when it was read.
  static func of(_ task: StoredTask, in journal: any Journal) async throws(JournalError) -> WorkflowStory {
    var story = WorkflowStory()
    var history = ToldHistory(of: task, as: .workflow, in: journal)
    while let piece = try await history.next() {
      for event in piece.flatMap(\.told) { story.take(event) }
    }
    return story
  }
}
