import A2A
import HTTP
import JSON
import Testing

/// The exact texts of 1.0 and 0.3: nothing unknown, null or defaulted is written.
struct WritingTests {
  private static let task = {
    var task = AgentTask(
      id: "t", contextID: "c",
      status: TaskStatus(
        .inputRequired, message: Message(id: "m", role: .agent, text: "Which?"),
        timestamp: Timestamp(millisecondsSince1970: 1_772_357_400_005)))
    task.artifacts = [Artifact(id: "a", parts: [Part(.raw([1, 2]), filename: "f", mediaType: "text/plain")])]
    return task
  }()

  private func reply(_ dialect: Dialect) throws -> ReplyWriter {
    let call = ClientCall(.getExtendedCard(GetExtendedCardRequest()), in: dialect, id: 1)
    let server = try #require(try received(call))
    return server.replies
  }

  @Test func `a task in 1.0`() throws {
    let status =
      #"{"state":"TASK_STATE_INPUT_REQUIRED","message":{"messageId":"m","role":"ROLE_AGENT","#
      + #""parts":[{"text":"Which?"}]},"timestamp":"2026-03-01T09:30:00.005Z"}"#
    let artifacts = #"[{"artifactId":"a","parts":[{"raw":"AQI=","filename":"f","mediaType":"text/plain"}]}]"#
    let task = #"{"id":"t","contextId":"c","status":\#(status),"artifacts":\#(artifacts)}"#
    #expect(try reply(Dialect(.httpJSON, .v1)).answer(.task(Self.task)).text == task)
    #expect(
      try reply(Dialect(.jsonRPC, .v1)).answer(.task(Self.task)).text
        == #"{"jsonrpc":"2.0","id":1,"result":\#(task)}"#)
    #expect(
      try reply(Dialect(.httpJSON, .v1)).answer(.sent(.task(Self.task))).text == #"{"task":\#(task)}"#)
  }

  @Test func `a task in 0.3 over JSON-RPC`() throws {
    let status =
      #"{"state":"input-required","message":{"kind":"message","messageId":"m","role":"agent","#
      + #""parts":[{"kind":"text","text":"Which?"}]},"timestamp":"2026-03-01T09:30:00.005Z"}"#
    let file = #"{"bytes":"AQI=","mimeType":"text/plain","name":"f"}"#
    let task =
      #"{"kind":"task","id":"t","contextId":"c","status":\#(status),"#
      + #""artifacts":[{"artifactId":"a","parts":[{"kind":"file","file":\#(file)}]}]}"#
    let replies = try reply(Dialect(.jsonRPC, .v0_3))
    #expect(replies.answer(.task(Self.task)).text == #"{"jsonrpc":"2.0","id":1,"result":\#(task)}"#)
    #expect(replies.answer(.sent(.task(Self.task))).text == #"{"jsonrpc":"2.0","id":1,"result":\#(task)}"#)
    #expect(String(decoding: Self.task.encodedAs0_3(), as: UTF8.self) == task)
  }

  @Test func `a task in 0.3 over HTTP+JSON`() throws {
    let status =
      #"{"state":"TASK_STATE_INPUT_REQUIRED","message":{"messageId":"m","role":"ROLE_AGENT","#
      + #""content":[{"text":"Which?"}]},"timestamp":"2026-03-01T09:30:00.005Z"}"#
    let file = #"{"fileWithBytes":"AQI=","mimeType":"text/plain","name":"f"}"#
    let artifacts = #"[{"artifactId":"a","parts":[{"file":\#(file)}]}]"#
    let task = #"{"id":"t","contextId":"c","status":\#(status),"artifacts":\#(artifacts)}"#
    let replies = try reply(Dialect(.httpJSON, .v0_3))
    #expect(replies.answer(.task(Self.task)).text == task)
    #expect(replies.answer(.sent(.task(Self.task))).text == #"{"task":\#(task)}"#)
    var canceled = AgentTask(id: "t", contextID: nil, status: TaskStatus(.canceled))
    canceled.metadata = nil
    #expect(replies.answer(.task(canceled)).text == #"{"id":"t","status":{"state":"TASK_STATE_CANCELLED"}}"#)
  }

  @Test func `data that is no object is wrapped in 0.3`() throws {
    let message = Message(id: "m", role: .agent, parts: [.data(try parsed("[1]"))])
    let text = try reply(Dialect(.jsonRPC, .v0_3)).answer(.sent(.message(message))).text
    #expect(text.contains(#"{"kind":"data","data":{"value":[1]},"metadata":{"data_part_compat":true}}"#))
  }

  @Test func `0.3 says which update is the last`() throws {
    let event = TaskEvent.status(.init(taskID: "t", contextID: "c", status: TaskStatus(.completed)))
    func text(_ dialect: Dialect, isLast: Bool) throws -> String {
      String(decoding: try reply(dialect).event(event, isLast: isLast), as: UTF8.self)
    }
    let update = #""taskId":"t","contextId":"c","status""#
    for isLast in [true, false] {
      let result = #"{"kind":"status-update",\#(update):{"state":"completed"},"final":\#(isLast)}"#
      #expect(
        try text(Dialect(.jsonRPC, .v0_3), isLast: isLast) == #"{"jsonrpc":"2.0","id":1,"result":\#(result)}"#)
    }
    #expect(
      try text(Dialect(.httpJSON, .v0_3), isLast: true)
        == #"{"statusUpdate":{\#(update):{"state":"TASK_STATE_COMPLETED"},"final":true}}"#)
    for isLast in [false, true] {
      #expect(
        try text(Dialect(.httpJSON, .v1), isLast: isLast)
          == #"{"statusUpdate":{\#(update):{"state":"TASK_STATE_COMPLETED"}}}"#)
    }
  }

  @Test func `pages and empty answers`() throws {
    let page = TaskPage(tasks: [], nextPageToken: nil, pageSize: 50, totalSize: 0)
    let rest = try reply(Dialect(.httpJSON, .v1))
    #expect(rest.answer(.tasks(page)).text == #"{"tasks":[],"nextPageToken":"","pageSize":50,"totalSize":0}"#)
    #expect(rest.answer(.pushConfigs(PushConfigPage(configs: []))).text == #"{"configs":[]}"#)
    #expect(rest.answer(.nothing).text == "{}")
    let old = try reply(Dialect(.jsonRPC, .v0_3))
    #expect(old.answer(.pushConfigs(PushConfigPage(configs: []))).text == #"{"jsonrpc":"2.0","id":1,"result":[]}"#)
    #expect(old.answer(.nothing).text == #"{"jsonrpc":"2.0","id":1,"result":null}"#)
  }

  @Test func `push configurations in each notation`() throws {
    var config = PushConfig(url: "https://e", id: "p", taskID: "t", token: "k")
    config.authentication = .init(scheme: "Bearer", credentials: "s")
    let inner = #""url":"https://e","token":"k","authentication""#
    let old = #"{"id":"p",\#(inner):{"schemes":["Bearer"],"credentials":"s"}}"#
    #expect(
      try reply(Dialect(.httpJSON, .v1)).answer(.pushConfig(config)).text
        == #"{"id":"p","taskId":"t",\#(inner):{"scheme":"Bearer","credentials":"s"}}"#)
    #expect(
      try reply(Dialect(.jsonRPC, .v0_3)).answer(.pushConfig(config)).text
        == #"{"jsonrpc":"2.0","id":1,"result":{"taskId":"t","pushNotificationConfig":\#(old)}}"#)
    #expect(
      try reply(Dialect(.httpJSON, .v0_3)).answer(.pushConfig(config)).text
        == #"{"name":"tasks/t/pushNotificationConfigs/p","pushNotificationConfig":\#(old)}"#)
  }

  @Test func `what a task does not have is not there, and an empty list is`() throws {
    var task = AgentTask(id: "t", contextID: nil, status: TaskStatus(.submitted))
    #expect(String(decoding: task.encoded(), as: UTF8.self) == #"{"id":"t","status":{"state":"TASK_STATE_SUBMITTED"}}"#)
    task.history = []
    #expect(
      String(decoding: task.encoded(), as: UTF8.self)
        == #"{"id":"t","status":{"state":"TASK_STATE_SUBMITTED"},"history":[]}"#)
  }
}
