import A2A
import A2AWire
import JSON

@testable import AgentKit

extension SendMessageRequest {
  static func pausing(_ request: PauseRequest, _ task: AgentTask) -> SendMessageRequest {
    var message = Message(id: "p-\(request.rawValue)", role: .user, text: request.text, taskID: task.id)
    message.metadata = request.metadata()
    message.extensions = [PauseRequest.extensionURI]
    return SendMessageRequest(message: message)
  }
}

extension TestStore {
  @discardableResult
  func ask(_ request: PauseRequest, _ task: AgentTask) async throws -> AgentTask {
    guard case .task(let task) = try await store.send(.pausing(request, task), .by(.named("a"))) else {
      throw Unexpected(what: "a message instead of a task")
    }
    return task
  }
}

extension TaskContext {
  /// How often work was held back so far.
  var heldCount: Int { get async { await store.heldCount } }
}
