import HTTP
import JSON
import TestSupport
import Testing

extension ServedProcess {
  /// Gives a command, and waits for what comes of it.
  func verdict(
    _ command: String, of task: String, _ body: String = "{}", by clients: Clients
  ) async throws -> (word: String, why: String, seconds: Double) {
    let start = ContinuousClock.now
    let (status, answer) = try await post("/api/tasks/\(task):\(command)?wait=60", Array(body.utf8), by: clients)
    let text = String(decoding: answer, as: UTF8.self)
    try #require(status.code == 200, "\(text)")
    let verdict = try #require(try JSONValue(parsing: answer)["verdict"], "\(text)")
    return (verdict["verdict"]?.string ?? "", verdict["why"]?.string ?? "", start.duration(to: .now) / .seconds(1))
  }
}

extension WorkedTask {
  /// What the agent has reported, in order: such as `tool_started gated_1`.
  var reports: [String] {
    kinds("event").flatMap { record -> [String] in
      (record["data"]?["statusUpdate"]?["metadata"]?.members.map { $0.value } ?? []).compactMap { report in
        guard let type = report["type"]?.string else { return nil }
        return [type, report["tool"]?.string ?? ""].joined(separator: " ")
      }
    }
  }

  /// Somewhere in what the agent has said.
  func says(_ text: String) -> Bool {
    kinds("event").contains { record in
      let message = record["data"]?["statusUpdate"]?["status"]?["message"]
      return message?["parts"]?[0]?["text"]?.string?.contains(text) == true
    }
  }
}
