import A2A
import AgentKit
import JSON
import Surveillance

/// Several decisions as one: the gravest of them, and which said what.
struct CombinedDecision {
  private let results: [HandoffResult]

  init(_ results: [HandoffResult]) { self.results = results }

  /// One that cannot be read needs a person.
  var determination: String {
    let all = results.map { $0.determination.flatMap(Determination.init) ?? .needsHumanReview }
    return (Determination.combined(all) ?? .needsHumanReview).rawValue
  }

  var sentence: String {
    let parts = results.map { result in
      "\(result.assignment.alertID), \(Specialist.title(of: result.assignment.kind)): "
        + "\(result.determination ?? "no determination")"
    }
    return "\(determination). \(parts.joined(separator: "; "))."
  }

  var artifact: Artifact {
    var artifact = Artifact(
      id: DecisionArtifacts.decision,
      parts: [
        Part(
          .data(
            .object { object in
              object.member("determination", determination)
              object.array("decisions") { list in
                for result in results {
                  list.object { entry in
                    entry.member("alert_id", result.assignment.alertID)
                    entry.member("alert_type", result.assignment.kind.rawValue)
                    entry.member("determination", ifPresent: result.determination)
                  }
                }
              }
            }), mediaType: "application/json")
      ], name: "Decision")
    artifact.description = "The gravest of the decisions, which stand beside it."
    return artifact
  }
}
