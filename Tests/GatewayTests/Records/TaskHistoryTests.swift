import A2A
import Journal
import Testing

@testable import Gateway

struct TaskHistoryTests {
  private var image = TaskImage(task: AgentTask(id: "task", contextID: "context", status: TaskStatus(.submitted)))

  private func message(_ role: Message.Role, _ text: String, id: String) -> Message {
    Message(id: id, role: role, text: text, contextID: "context", taskID: "task")
  }

  private func asking(_ text: String, id: String) -> TaskEvent {
    var status = TaskStatus(.inputRequired)
    status.message = message(.agent, text, id: id)
    return .status(.init(taskID: "task", contextID: "context", status: status))
  }

  @Test mutating func `Two messages of a person with the same id have both been said`() {
    image.take(said: message(.user, "One.", id: "same"), seq: 1)
    let entry = RunRecords.said("send", message(.user, "Two.", id: "same"), by: "alex")
    image.take(entry.kind, entry.payload, seq: 2)
    #expect(image.task.history?.map(\.text) == ["One.", "Two."])
  }

  @Test mutating func `A question that is told twice has been asked once, and stands before its answer`() {
    image.take(said: message(.user, "Please.", id: "1"), seq: 1)
    image.take(asking("Which?", id: "q"), seq: 2)
    image.take(said: message(.user, "This.", id: "2"), seq: 3)
    image.take(asking("Which?", id: "q"), seq: 4)
    image.take(.status(.init(taskID: "task", contextID: "context", status: TaskStatus(.working))), seq: 5)
    #expect(image.task.history?.map(\.text) == ["Please.", "Which?", "This."])
  }
}
