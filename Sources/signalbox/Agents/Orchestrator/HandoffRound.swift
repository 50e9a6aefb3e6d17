import A2A
import AgentKit
import JSON
import Surveillance

/// All the work on one file: alert by alert, the kinds of one alert beside each other.
struct HandoffRound {
  let context: TaskContext
  let specialists: [AlertKind: Specialist]
  let xml: [UInt8]
  let parameters: AlertParameters
  let work: [Assignment]
  private var results: [HandoffResult] = []

  init(
    context: TaskContext, specialists: [AlertKind: Specialist], xml: [UInt8], parameters: AlertParameters,
    work: [Assignment]
  ) {
    self.context = context
    self.specialists = specialists
    self.xml = xml
    self.parameters = parameters
    self.work = work
  }

  mutating func run() async throws -> AgentMessage {
    for number in Set(work.map(\.number)).sorted() {
      results += try await together(work.filter { $0.number == number })
    }
    guard results.count > 1 else { return AgentMessage(results[0].lastWord) }
    let combined = CombinedDecision(results)
    try await context.artifact(combined.artifact)
    return AgentMessage(combined.sentence)
  }

  /// If one of them fails, the others are cancelled: half a decision is none.
  private func together(_ assignments: [Assignment]) async throws -> [HandoffResult] {
    try await withThrowingTaskGroup(of: HandoffResult.self) { group in
      for assignment in assignments {
        let handoff = try handoff(assignment)
        group.addTask { try await handoff.run() }
      }
      var results: [HandoffResult] = []
      for try await result in group { results.append(result) }
      return results.sorted { $0.assignment.kind.rawValue < $1.assignment.kind.rawValue }
    }
  }

  private func handoff(_ assignment: Assignment) throws -> Handoff {
    guard let specialist = specialists[assignment.kind] else {
      throw AgentFailure(
        "AGENT_UNAVAILABLE: no agent for \(Specialist.title(of: assignment.kind)) was named to the orchestrator. Start it with "
          + "--specialist \(Specialist.name(for: assignment.kind).rawValue)=URL.")
    }
    var parameters = parameters
    parameters.alert = assignment.number
    return Handoff(
      context: context, specialist: specialist, assignment: assignment, xml: xml, parameters: parameters,
      suffix: work.count == 1 ? "" : "-\(assignment.number)-\(specialist.name.rawValue)")
  }
}
