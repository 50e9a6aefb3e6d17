import A2A
import JSON
import Surveillance

/// What an analysis leaves in its task.
struct DecisionArtifacts {
  static let decision = "decision"
  private static let figures = "figures"
  private static let report = "report"
  private static let suspicion = "suspicion-report"

  private let value: Decision

  init(_ decision: Decision) { value = decision }

  /// The decision comes last: whoever has it has all of it.
  var all: [Artifact] {
    var artifacts = [
      json(
        Self.figures, "Figures", "What the decision's figures show, as data.", value.judgement.assessment.figures.json)
    ]
    artifacts.append(
      Artifact(
        id: Self.report,
        parts: [
          Part(
            .text(value.page), filename: "decision-\(fileName).html",
            mediaType: "text/html")
        ], name: "Report", description: "The decision with its figures, to keep or to print."))
    if let report = value.suspicionReport {
      artifacts.append(json(Self.suspicion, "Suspicion report", "A draft for the regulator, in six blocks.", report))
    }
    artifacts.append(json(Self.decision, "Decision", "The advice with all its evidence.", value.json))
    return artifacts
  }

  private func json(_ id: String, _ name: String, _ description: String, _ bytes: [UInt8]) -> Artifact {
    var parts: [Part] = []
    if let value = try? JSONValue(parsing: bytes) {
      parts = [Part(.data(value), filename: "\(id)-\(fileName).json", mediaType: "application/json")]
    }
    return Artifact(id: id, parts: parts, name: name, description: description)
  }

  /// The alert's id as a file's name.
  private var fileName: String {
    String(value.alert.id.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }.prefix(64))
  }
}
