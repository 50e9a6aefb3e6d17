import A2A
import A2AWire
import AgentKit
import JSON
import Telemetry
import Testing

@testable import signalbox

/// What the orchestrator makes of a file, up to where it would call a specialist.
@Suite(.timeLimit(.minutes(1)))
struct RoutingTests {
  private static let call = CallContext(
    caller: .anonymous, dialect: Dialect(.jsonRPC, .v1), extensions: [], requestID: "test")

  /// - Parameter types: of the alerts in the file.
  private static func file(_ types: [String]) -> String {
    let alerts = types.enumerated().map { number, type in
      """
      <Alert><AlertID>A-\(number + 1)</AlertID><AlertType>\(type)</AlertType><Orders><Order><OrderID>R-1</OrderID>\
      <TraderID>T-1</TraderID><AccountID>A-1</AccountID><Symbol>ABC</Symbol><Side>BUY</Side><Quantity>100</Quantity>\
      <Price>1.00</Price><TradeDate>2026-09-28</TradeDate><TradeTime>15:00:00.000</TradeTime></Order></Orders></Alert>
      """
    }
    return "<SmartsAlerts>\(alerts.joined())</SmartsAlerts>"
  }

  /// The end of such a task, with no specialist to be had.
  private func task(_ types: [String], _ parameters: String? = nil) async throws -> AgentTask {
    let store = TaskStore(agent: OrchestratorAgent(specialists: [:]), log: Log(sink: DiscardSink(), clock: { 0 }))
    var parts: [Part] = [.text(Self.file(types))]
    if let parameters { parts.append(.data(try JSONValue(parsing: #"{"task_parameters":\#(parameters)}"#))) }
    let request = SendMessageRequest(message: Message(id: "m", role: .user, parts: parts))
    guard case .task(let task) = try await store.send(request, Self.call) else {
      throw A2AError(.internalError, "A message came instead of a task.")
    }
    return task
  }

  private func lastWord(_ types: [String], _ parameters: String? = nil) async throws -> String {
    let task = try await task(types, parameters)
    return "\(task.status.state): \(task.status.message?.text ?? "")"
  }

  @Test func `types that nobody knows are rejected together, with the kinds that are known`() async throws {
    let word = try await lastWord(["Spoofing", "Layering"])
    #expect(
      word == "rejected: No agent here knows alerts of the type \"Spoofing\", \"Layering\". Two kinds are known: "
        + "INSIDER_TRADING (insider trading) and WASH_TRADE (wash trades).")
    #expect(try await lastWord(["Spoofing"], #"{"interactive":false}"#).hasPrefix("rejected: "))
  }

  @Test func `a kind without an agent is told with the option that names one`() async throws {
    let insider = try await lastWord(["Insider Trading"])
    #expect(
      insider == "failed: AGENT_UNAVAILABLE: no agent for insider trading was named to the orchestrator. Start it with "
        + "--specialist insider-trading=URL.")
    // What nobody knows is left out where there is other work.
    let wash = try await lastWord(["Spoofing", "Wash Trade"])
    #expect(wash.contains("no agent for wash trades") && wash.contains("--specialist wash-trade=URL"), "\(wash)")
  }

  @Test func `the kind is asked for a single alert alone, and only where the task says so`() async throws {
    let asked = try await task(["Spoofing"], #"{"interactive":true,"question_seconds":9}"#)
    #expect(asked.status.state == .inputRequired)
    let question = try #require(Question(metadata: asked.status.message?.metadata))
    #expect(question.prompt == "Which kind of alert is this?" && question.onExpiry == "the alert is rejected.")
    #expect(question.why == "The alert A-1 is of the type \"Spoofing\", which is not known here.")
    #expect(try await task(["Spoofing", "Layering"], #"{"interactive":true}"#).status.state == .rejected)
  }

  @Test func `an alert that the file does not have, and more than are taken, fail with the numbers`() async throws {
    let missing = try await lastWord(["Insider Trading"], #"{"alert":2}"#)
    #expect(missing == "failed: The file holds 1 alerts, and task_parameters asks for number 2.")
    let many = try await lastWord(Array(repeating: "Wash Trade", count: 21))
    #expect(many == "failed: The file holds 21 alerts; at most 20 are taken at once. Send it in parts.")
  }
}
