import A2A
import AgentKit
import Surveillance

/// Asks for the alert where a task came without one that can be used.
struct AlertQuestion {
  private static let field = "alert_content"

  let context: TaskContext
  let parameters: AlertParameters

  /// Throws where nobody may be asked, and where nobody answers.
  func ask(because why: String) async throws -> [UInt8] {
    guard parameters.mayAsk else { throw AgentFailure("\(why) Send the alert file as text or bytes.") }
    let outcome = try await context.ask(
      QuestionDraft(
        "Paste the alert.", why: why,
        fields: [
          QuestionField(
            Self.field, "Alert, as XML", .longtext(maximumLength: AlertFile.maximumBytes),
            help: "The whole file, as the monitoring system wrote it.")
        ], within: parameters.questionTime))
    guard case .text(let text)? = outcome.answer[Self.field] else {
      throw AgentFailure("The answer has no alert in it. Send the alert file as a new task.")
    }
    return Array(text.utf8)
  }

  /// The alerts of a file, or of what people paste instead of one that has none.
  func alerts(in file: AlertFile) async throws -> (xml: [UInt8], alerts: [Alert]) {
    var xml: [UInt8]
    if let given = file.xml { xml = given } else { xml = try await ask(because: "The message has no alert in it.") }
    while true {
      let alerts: [Alert]
      do throws(AlertError) {
        alerts = try AlertParser.parse(xml)
      } catch {
        throw AgentFailure(error.description)
      }
      guard alerts.allSatisfy(\.trades.isEmpty) else { return (xml, alerts) }
      xml = try await ask(because: "The alert names no trade that can be looked at.")
    }
  }
}
