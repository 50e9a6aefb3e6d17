import A2A
import AgentKit
import Surveillance

/// Takes alerts, finds out of which kind they are, has the specialists for it work on them, and passes on everything that they tell.
struct OrchestratorAgent: Agent {
  let profile: AgentProfile
  private let specialists: [AlertKind: Specialist]

  init(specialists: [AlertKind: Specialist]) {
    self.specialists = specialists
    var profile = AgentProfile(
      name: "orchestrator", description: "Has trade surveillance alerts examined by the agents that know their kind.",
      version: Version.current,
      skills: [
        AgentSkill(
          id: "alert-analysis", name: "Analysis of alerts",
          description: "Reads an alert of a monitoring system, and gives an explained decision.",
          tags: ["surveillance", "insider-trading", "wash-trade"])
      ], inputModes: ["application/xml", "text/xml", "text/plain", "application/json"],
      outputModes: ["application/json", "text/html", "text/plain"])
    profile.isPausable = true
    profile.timeLimit = .seconds(600)
    self.profile = profile
  }

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    try await context.progress("Reading the alert.", type: .analysisStarted, phase: "received")
    let file = try AlertFile(reading: context.message)
    let (xml, alerts) = try await AlertQuestion(context: context, parameters: file.parameters).alerts(in: file)
    guard alerts.count <= AlertFile.maximumAlerts else {
      throw AgentFailure(
        "The file holds \(alerts.count) alerts; at most \(AlertFile.maximumAlerts) are taken at once. Send it in parts."
      )
    }
    let work = try await Routing(context: context, parameters: file.parameters).assignments(of: alerts)
    var round = HandoffRound(
      context: context, specialists: specialists, xml: xml, parameters: file.parameters, work: work)
    return try await round.run()
  }
}
