import A2A
import AgentKit
import JSON
import Surveillance

/// Takes the looks of one step beside each other, where people see them.
struct LookupRound: Sendable {
  /// At once.
  static let most = 8

  let context: TaskContext
  let lookups: Lookups
  let pace: Duration
  let mostSteps: Int

  /// - Parameters:
  ///   - thought: why these are taken now.
  ///   - step: from 1.
  func take(_ calls: [LookupCall], because thought: String, step: Int) async throws -> [TakenLook] {
    try await context.progress(
      thought, type: .stepStarted, phase: ReasoningPhase.execution, step: step, payload: Self.payload(calls))
    let found = try await withThrowingTaskGroup(of: (Int, TakenLook).self) { group in
      for (index, call) in calls.enumerated() { group.addTask { (index, try await take(call)) } }
      var found: [(Int, TakenLook)] = []
      for try await evidence in group { found.append(evidence) }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
    let rows = found.reduce(0) { $0 + $1.result.rows }
    try await context.progress(
      "\(Lookups.count(found.count, "look")) taken, \(Lookups.count(rows, "row")) found.", type: .stepCompleted,
      phase: ReasoningPhase.execution, step: step)
    return found
  }

  /// What is done, and with what: readers of reasoning steps look for it.
  private static func payload(_ calls: [LookupCall]) -> JSONValue {
    .object { payload in
      payload.member("action", calls.map(\.tool.rawValue).joined(separator: ", "))
      payload.object("action_input") { input in
        if calls.count == 1 {
          for (name, value) in calls[0].input.members { input.member(name, value) }
        } else {
          input.array("calls") { list in for call in calls { list.value(call.input) } }
        }
      }
    }
  }

  private func take(_ call: LookupCall) async throws -> TakenLook {
    try await context.tool(call.tool.rawValue, input: call.input) { tool in
      try await tool.progress(step: 1, total: 2, message: "Looking into the reference data.")
      if pace > .zero { try await Task.sleep(for: pace) }
      let result = try await lookups.run(call)
      try await tool.progress(step: 2, total: 2, records: result.rows, message: "Read what was found.")
      if pace > .zero { try await Task.sleep(for: pace) }
      tool.summary(result.sentence)
      return TakenLook(call: call, id: tool.id, result: result)
    }
  }
}
