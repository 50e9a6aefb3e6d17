import HTTP

// What agents and forms make impossible.
extension Refusal {
  /// - Parameter words: the agent's own.
  static func cancelRefused(_ words: String) -> Refusal {
    Refusal(
      .conflict, "The agent does not stop the task, and says: \(AuditText.printable(words, limit: 500))",
      code: "cancel-refused")
  }

  /// - Parameter why: a sentence.
  static func agentUnreachable(_ why: String) -> Refusal {
    Refusal(
      .badGateway, "The agent could not be asked to stop; try again. \(AuditText.printable(why, limit: 500))",
      code: "agent-unreachable")
  }
}
