import A2A
import Testing

@testable import AgentKit

/// Another agent's task, as it is put together from what comes over two lines.
@Suite struct FollowedTaskTests {
  private func update(_ state: TaskState) -> TaskEvent {
    .status(.init(taskID: "t", contextID: "c", status: TaskStatus(state)))
  }

  @Test func `what comes behind the end changes nothing, such as a report that the answer to the cancel has overtaken`()
  {
    var followed = FollowedTask()
    followed.take(update(.working))
    #expect(followed.runningID == "t" && !followed.isOver)
    followed.take(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.canceled))))
    #expect(followed.runningID == nil && followed.isOver)
    followed.take(update(.working))
    followed.take(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.working))))
    #expect(followed.runningID == nil && followed.isOver)
  }
}
