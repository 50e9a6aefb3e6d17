import A2A
import AgentKit
import JSON
import Surveillance

/// One alert, and one kind of work on it.
struct Assignment: Sendable, Equatable {
  /// Its place in the file, from 1.
  let number: Int
  let alertID: String
  let kind: AlertKind
}

/// Finds out which work an alert needs.
struct Routing {
  private static let stop = "stop"
  private static let field = "choice"

  let context: TaskContext
  let parameters: AlertParameters

  /// Throws ``AgentRejection`` where there is no work for any of them.
  func assignments(of alerts: [Alert]) async throws -> [Assignment] {
    var work: [Assignment] = []
    let chosen = alerts.indices.filter { parameters.alert == nil || parameters.alert == $0 + 1 }
    for index in chosen {
      let alert = alerts[index]
      let title = chosen.count == 1 ? nil : AlertHeading.title(of: chosen.map { alerts[$0] })
      let kinds = try await kinds(of: alert, isAlone: alerts.count == 1, title: title)
      work += kinds.map { Assignment(number: index + 1, alertID: alert.id, kind: $0) }
    }
    guard work.isEmpty else { return work }
    if let number = parameters.alert, number > alerts.count {
      throw AgentFailure("The file holds \(alerts.count) alerts, and task_parameters asks for number \(number).")
    }
    throw Self.rejection(alerts.map(\.type))
  }

  /// - Parameter title: of the whole task; nil where it is about this alert alone.
  private func kinds(of alert: Alert, isAlone: Bool, title: String?) async throws -> [AlertKind] {
    // In a fixed order, so that the same file gives the same work.
    var kinds = AlertKind.allCases.filter(alert.kinds.contains)
    if kinds.isEmpty, isAlone, parameters.isInteractive == true { kinds = try await askKind(of: alert) }
    let heading = AlertHeading(alert, kinds: kinds)
    let names = kinds.map(Specialist.title).joined(separator: " and ")
    try await context.progress(
      kinds.isEmpty
        ? "The alert \(alert.id) is of the type \"\(alert.type)\", which no agent here knows; it is left out."
        : "The alert \(alert.id) is about \(names).", type: .routing, title: title ?? heading.title,
      phase: "parsed",
      payload: .object { payload in
        heading.write(alert, into: &payload)
        payload.array("kinds") { list in for kind in kinds { list.string(kind.rawValue) } }
      })
    return kinds
  }

  private func askKind(of alert: Alert) async throws -> [AlertKind] {
    let options =
      AlertKind.allCases.map { QuestionField.Option($0.rawValue, "An alert about \(Specialist.title(of: $0))") }
      + [QuestionField.Option(Self.stop, "Neither: stop here")]
    let outcome = try await context.ask(
      .choice(
        "Which kind of alert is this?", options,
        why: "The alert \(alert.id) is of the type \"\(alert.type)\", which is not known here.",
        within: parameters.questionTime,
        otherwise: .init([Self.field: .text(Self.stop)], consequence: "the alert is rejected.")))
    guard case .text(let answer)? = outcome.answer[Self.field], let kind = AlertKind(rawValue: answer) else {
      return []
    }
    return [kind]
  }

  private static func rejection(_ types: [String]) -> AgentRejection {
    let list = types.map { "\"\($0)\"" }.joined(separator: ", ")
    let known = AlertKind.allCases.map { "\($0.rawValue) (\(Specialist.title(of: $0)))" }.joined(separator: " and ")
    return AgentRejection("No agent here knows alerts of the type \(list). Two kinds are known: \(known).")
  }
}
