import A2A
import AgentKit
import JSON
import Surveillance

/// Examines alerts of one kind: reads the alert, has tools look at the reference data, asks people where that helps, and gives an advice
/// with its reasons.
struct SpecialistAgent: Agent {
  let profile: AgentProfile
  private let kind: AlertKind
  private let desk: AnalysisDesk
  private let pace: Duration

  init(kind: AlertKind, desk: AnalysisDesk, pace: Duration) {
    self.kind = kind
    self.desk = desk
    self.pace = pace
    let title = Specialist.title(of: kind)
    var profile = AgentProfile(
      name: Specialist.name(for: kind).rawValue,
      description: "Examines alerts about \(title), and gives an explained advice.",
      version: Version.current,
      skills: [
        AgentSkill(
          id: Specialist.skill(for: kind), name: "Analysis of alerts about \(title)",
          description: "Looks at the reference data with tools, and weighs what they find by a policy.",
          tags: ["surveillance", Specialist.name(for: kind).rawValue])
      ], inputModes: ["application/xml", "text/xml", "text/plain", "application/json"],
      outputModes: ["application/json", "text/html", "text/plain"])
    profile.isPausable = true
    profile.timeLimit = .seconds(600)
    profile.costLimit = desk.model?.settings.budget
    self.profile = profile
  }

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    try await context.progress("Reading the alert.", type: .analysisStarted, phase: "received")
    let file = try AlertFile(reading: context.message)
    let (xml, alerts) = try await AlertQuestion(context: context, parameters: file.parameters).alerts(in: file)
    let alert = try choose(alerts, file.parameters)
    return try await Analysis(
      context: context, kind: kind, alert: alert, alertText: String(decoding: xml, as: UTF8.self),
      parameters: file.parameters, desk: desk,
      runner: ToolRunner(context, pace: pace)
    ).run()
  }

  private func choose(_ alerts: [Alert], _ parameters: AlertParameters) throws(AgentFailure) -> Alert {
    guard let number = parameters.alert else {
      guard alerts.count == 1 else {
        throw AgentFailure(
          "The file holds \(alerts.count) alerts. Give it to the orchestrator, or say which with \"alert\" in task_parameters."
        )
      }
      return alerts[0]
    }
    guard alerts.indices.contains(number - 1) else {
      throw AgentFailure("The file holds \(alerts.count) alerts, and task_parameters asks for number \(number).")
    }
    return alerts[number - 1]
  }
}
