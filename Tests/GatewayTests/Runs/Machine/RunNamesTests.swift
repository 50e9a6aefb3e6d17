import A2A
import Journal
import Testing

@testable import Gateway

/// What an agent calls a task and its conversation is in nothing that people are told, and the other way round.
@Suite struct RunNamesTests {
  private static let names = RunNames(task: "T", context: "C", agentTask: "inner-task", agentContext: "inner")

  @Test(arguments: [
    ("inner-task", "T"), ("inner-task-m1", "T-m1"), ("m.inner.7", "m.C.7"), ("inner-task/inner", "T/C"),
    ("inner-inner-task-inner", "C-T-C"), ("plain", "plain"), ("", ""), ("T-C", "T-C"),
  ])
  func `an id is told under our names wherever the agent's are a part of it`(_ id: String, _ expected: String) {
    #expect(Self.names.outside(id: id) == expected)
  }

  @Test func `what was put in is not taken for a name of the agent's`() {
    let names = RunNames(task: "task-a1", context: "talk", agentTask: "a1", agentContext: "k")
    #expect(names.outside(id: "a1-m1") == "task-a1-m1")
    #expect(names.outside(id: "k/a1") == "talk/task-a1")
  }

  @Test func `an id does not grow without bounds`() {
    let names = RunNames(task: "long-name", context: "C", agentTask: "1", agentContext: "inner")
    #expect(names.outside(id: String(repeating: "1", count: 1000)).utf8.count < 1100)
  }

  @Test func `before the task has a name at its agent, the conversation's is exchanged alone`() {
    let names = RunNames(task: "T", context: "C", agentTask: nil, agentContext: "inner")
    #expect(names.outside(id: "inner-task-m1") == "C-task-m1")
    #expect(names.inside(id: "T-m1") == "T-m1")
  }

  @Test func `an agent's name is in no id of any event, whatever way it comes`() {
    var message = Message(
      id: "inner-task-m1", role: .agent, text: "inner-task", contextID: "inner", taskID: "inner-task")
    message.referenceTaskIDs = ["inner-task", "another"]
    let artifact = Artifact(id: "inner-task-report", parts: [.text("inner-task")])
    let status = TaskStatus(.working, message: message)
    var shown = AgentTask(id: "inner-task", contextID: "inner", status: status)
    shown.artifacts = [artifact]
    shown.history = [message]
    let events: [TaskEvent] = [
      .task(shown), .message(message), .status(.init(taskID: "inner-task", contextID: "inner", status: status)),
      .artifact(.init(taskID: "inner-task", contextID: "inner", artifact: artifact)),
    ]
    for event in events {
      let told = Self.names.outside(event)
      let text = String(decoding: told.encoded(), as: UTF8.self)
      // What somebody wrote stays.
      #expect(!text.replacing(#""text":"inner-task""#, with: "").contains("inner"), "\(text)")
      // The same again is the same.
      #expect(Self.names.outside(event) == told)
    }
    #expect(Self.names.outside(message).referenceTaskIDs == ["T"])
  }

  @Test func `what people say of the task reaches its agent under the agent's name`() {
    var message = Message(id: "T-m2-C", role: .user, text: "T", contextID: "C", taskID: "T")
    message.referenceTaskIDs = ["T", "another"]
    let told = Self.names.inside(message)
    #expect(told.id == "inner-task-m2-C" && told.taskID == "inner-task" && told.contextID == "inner")
    #expect(told.text == "T" && told.referenceTaskIDs == ["inner-task"])
  }

  @Test func `a message whose id is made of the task's is known again when the agent has it`() {
    let message = Message(id: "t-m2", role: .user, text: "And this.")
    var stage = MachineStage.at(.following)
    let actions = stage.feed(MachineStage.saying(message))
    #expect(actions.contains { $0.short == "say a1-m2" }, "\(actions.map(\.short))")
    #expect(stage.machine.commands.inFlight.map(\.message?.id) == ["t-m2"])
    var refused = stage
    stage.feed(.taken(messageID: "a1-m2"))
    #expect(stage.machine.commands.open.isEmpty)
    let answer = refused.feed(.notTaken(messageID: "a1-m2", RunFault(.refused(.invalidParams), "No.")))
    #expect(answer.map(\.short) == ["write verdict refused&memo", "tell refused"])
    #expect(refused.machine.commands.open.isEmpty)
  }

  @Test func `a task that is shown again after a restart is no news, though its ids are made of the agent's name`() {
    let artifact = Artifact(id: "a1-report", parts: [.text("one")])
    var shown = MachineStage.shown(.working, artifacts: [artifact])
    shown.status.message = Message(id: "a1-m1", role: .agent, text: "Begun.", contextID: "inner", taskID: "a1")
    let before = MachineStage.at(.sending).after(.event(.task(shown)))
    let image = before.machine.image
    #expect(image.task.status.message?.id == "t-m1" && image.task.artifacts?.map(\.id) == ["t-report"])
    #expect(SnapshotDifference(from: image.task, to: before.machine.names.outside(shown)).isEmpty)
  }
}
