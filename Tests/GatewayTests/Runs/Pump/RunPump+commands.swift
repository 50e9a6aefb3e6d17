import A2A
import Journal
import TestSupport

@testable import Gateway

/// Commands as tests give them.
extension RunPump {
  /// Asks to stop, and waits for what comes of it. A task that has ended refuses.
  func cancel(by principal: String, id: String = "c1") async throws -> Verdict? {
    let receipt = try await take(RunCommand(id: id, by: principal, act: .cancel(why: nil)))
    return try await verdict(on: receipt, by: principal)
  }

  @discardableResult
  func send(_ message: Message, by principal: String) async throws -> CommandReceipt {
    try await take(RunCommand(id: "s-\(message.id)", by: principal, act: .say(message)))
  }

  func verdict(on receipt: CommandReceipt, by principal: String) async throws -> Verdict? {
    let name = CommandMemory.name(of: .init(by: principal, id: receipt.id))
    var verdict: Verdict?
    _ = try await eventually {
      verdict = try await self.journal.memos(of: self.task, under: name).first.flatMap { CommandMemory($0) }?.verdict
      return verdict != nil
    }
    return verdict
  }
}
