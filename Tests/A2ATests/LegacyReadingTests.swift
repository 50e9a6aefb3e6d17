import A2A
import HTTP
import JSON
import Testing

/// What implementations of 0.3 are known to send, and what the old schema's ProtoJSON looks like.
struct LegacyReadingTests {
  private func operation(_ method: HTTPMethod, _ target: String, _ body: String = "") throws -> Operation? {
    let target = try RequestTarget(parsing: target, method: method)
    return try HTTPJSONReader.read(
      method: method, path: target.decodedSegments, tenant: nil, query: target.queryItems, fields: HTTPFields(),
      body: Array(body.utf8))?.operation
  }

  private func operation(_ method: String, _ params: String) throws -> Operation {
    let body = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#
    return try JSONRPCReader.read(body: Array(body.utf8), fields: HTTPFields(), query: []).operation
  }

  private func sent(_ parts: [Part], _ change: (inout SendConfiguration) -> Void = { _ in }) -> Operation {
    var configuration = SendConfiguration()
    change(&configuration)
    return .sendMessage(
      SendMessageRequest(
        message: Message(id: "m", role: .user, parts: parts), configuration: configuration))
  }

  @Test(arguments: [
    #"{"message":{"messageId":"m","role":"ROLE_USER","content":[{"text":"a"}]}}"#,
    #"{"request":{"message_id":"m","role":"ROLE_USER","content":[{"text":"a"}]}}"#,
    #"{"message":{"kind":"message","messageId":"m","role":"user","parts":[{"kind":"text","text":"a"}]}}"#,
  ])
  func `a message on HTTP+JSON, in any notation`(_ body: String) throws {
    #expect(try operation(.post, "/v1/message:send", body) == sent([.text("a")]))
  }

  @Test(arguments: [
    (#"{"file":{"fileWithBytes":"AQI=","mimeType":"a/b","name":"n"}}"#, Part.Content.raw([1, 2])),
    (#"{"file":{"file_with_uri":"u","mime_type":"a/b","name":"n"}}"#, .url("u")),
    (#"{"kind":"file","file":{"bytes":"AQI=","mimeType":"a/b","name":"n"}}"#, .raw([1, 2])),
    (#"{"kind":"file","file":{"uri":"u","mimeType":"a/b","name":"n"}}"#, .url("u")),
  ])
  func `files on HTTP+JSON, in any notation`(_ part: String, _ content: Part.Content) throws {
    let body = #"{"message":{"messageId":"m","role":"ROLE_USER","content":[\#(part)]}}"#
    #expect(
      try operation(.post, "/v1/message:send", body) == sent([Part(content, filename: "n", mediaType: "a/b")]))
  }

  @Test func `data on HTTP+JSON, in any notation`() throws {
    for part in [#"{"data":{"data":{"x":1}}}"#, #"{"kind":"data","data":{"x":1}}"#] {
      let body = #"{"message":{"messageId":"m","role":"ROLE_USER","content":[\#(part)]}}"#
      #expect(try operation(.post, "/v1/message:send", body) == sent([.data(try parsed(#"{"x":1}"#))]))
    }
  }

  @Test(arguments: [
    ("", false), (#","configuration":{}"#, false), (#","configuration":{"blocking":true}"#, false),
    (#","configuration":{"blocking":false}"#, true),
  ])
  func `in JSON-RPC a call blocks unless it says otherwise`(_ more: String, _ returnsImmediately: Bool) throws {
    let params = #"{"message":{"messageId":"m","role":"user","parts":[{"kind":"text","text":"a"}]}\#(more)}"#
    #expect(
      try operation("message/send", params) == sent([.text("a")]) { $0.returnImmediately = returnsImmediately })
  }

  @Test(arguments: [
    ("", false), (#","configuration":{}"#, true), (#","configuration":{"blocking":true}"#, false),
    (#","configuration":{"blocking":false}"#, true),
  ])
  func `in ProtoJSON what is false is left out`(_ more: String, _ returnsImmediately: Bool) throws {
    let body = #"{"message":{"messageId":"m","role":"ROLE_USER","content":[{"text":"a"}]}\#(more)}"#
    #expect(
      try operation(.post, "/v1/message:send", body)
        == sent([.text("a")]) { $0.returnImmediately = returnsImmediately })
  }

  @Test(arguments: [
    #"{"parent":"tasks/t","configId":"c","config":{"pushNotificationConfig":{"url":"u","id":"c"}}}"#,
    #"{"parent":"tasks/t","config_id":"c","config":{"push_notification_config":{"url":"u"}}}"#,
    #"{"name":"tasks/t/pushNotificationConfigs/c","pushNotificationConfig":{"url":"u"}}"#,
    #"{"taskId":"t","pushNotificationConfig":{"url":"u","id":"c"}}"#,
    #"{"url":"u","id":"c"}"#,
  ])
  func `a push configuration on HTTP+JSON, in any wrapping`(_ body: String) throws {
    let config = PushConfig(url: "u", id: "c", taskID: "t")
    #expect(
      try operation(.post, "/v1/tasks/t/pushNotificationConfigs", body)
        == .createPushConfig(CreatePushConfigRequest(taskID: "t", config: config)))
  }

  @Test func `push configurations in JSON-RPC`() throws {
    let params = #"{"taskId":"t","pushNotificationConfig":{"url":"u","authentication":{"schemes":["A","B"]}}}"#
    var config = PushConfig(url: "u", taskID: "t")
    config.authentication = .init(scheme: "A")
    #expect(
      try operation("tasks/pushNotificationConfig/set", params)
        == .createPushConfig(CreatePushConfigRequest(taskID: "t", config: config)))
    #expect(
      try operation("tasks/pushNotificationConfig/get", #"{"id":"t","pushNotificationConfigId":"c"}"#)
        == .getPushConfig(PushConfigRequest(taskID: "t", id: "c")))
    // A configuration without an id has the task's.
    #expect(
      try operation("tasks/pushNotificationConfig/get", #"{"id":"t"}"#)
        == .getPushConfig(PushConfigRequest(taskID: "t", id: "t")))
  }

  @Test func `0 messages of history are no wish in 0.3`() throws {
    #expect(try operation("tasks/get", #"{"id":"t","historyLength":0}"#) == .getTask(GetTaskRequest(id: "t")))
    #expect(try operation(.get, "/v1/tasks/t?historyLength=0") == .getTask(GetTaskRequest(id: "t")))
  }

  @Test(
    arguments: [Dialect(.jsonRPC, .v0_3), Dialect(.httpJSON, .v0_3)],
    [
      #"{"kind":"task","id":"t","contextId":"c","status":{"state":"canceled"}}"#,
      #"{"id":"t","contextId":"c","status":{"state":"TASK_STATE_CANCELLED"}}"#,
      #"{"id":"t","context_id":"c","status":{"state":5}}"#,
      #"{"task":{"id":"t","contextId":"c","status":{"state":"canceled"}}}"#,
    ])
  func `a task in any notation is read`(_ dialect: Dialect, _ json: String) throws {
    let call = ClientCall(sent([.text("a")]), in: dialect, id: 1)
    let body = dialect.binding == .jsonRPC ? #"{"jsonrpc":"2.0","id":1,"result":\#(json)}"# : json
    let result = try call.result(status: .ok, mediaType: "application/json", body: Array(body.utf8))
    #expect(result == .sent(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.canceled)))))
  }

  @Test(arguments: [Dialect(.jsonRPC, .v0_3), Dialect(.httpJSON, .v0_3)])
  func `events with and without their kinds`(_ dialect: Dialect) throws {
    let call = ClientCall(.subscribeToTask(SubscribeToTaskRequest(id: "t")), in: dialect, id: 1)
    func event(_ json: String) throws -> TaskEvent {
      let data = dialect.binding == .jsonRPC ? #"{"jsonrpc":"2.0","id":1,"result":\#(json)}"# : json
      return try call.event(type: "", data: Array(data.utf8))
    }
    let update = TaskEvent.status(.init(taskID: "t", contextID: "c", status: TaskStatus(.working)))
    let ids = #""taskId":"t","contextId":"c""#
    #expect(try event(#"{"kind":"status-update",\#(ids),"status":{"state":"working"},"final":false}"#) == update)
    #expect(try event(#"{\#(ids),"status":{"state":"working"}}"#) == update)
    #expect(try event(#"{"statusUpdate":{\#(ids),"status":{"state":"TASK_STATE_WORKING"}}}"#) == update)
    let artifact = TaskEvent.artifact(.init(taskID: "t", contextID: "c", artifact: Artifact(id: "a", parts: [])))
    #expect(try event(#"{\#(ids),"artifact":{"artifactId":"a","parts":[]}}"#) == artifact)
    #expect(try event(#"{"kind":"artifact-update",\#(ids),"artifact":{"artifactId":"a"}}"#) == artifact)
    #expect(throws: A2AError.self) { try event(#"{"kind":"thought","text":"hm"}"#) }
    #expect(throws: A2AError.self) { try event("{}") }
  }

  @Test func `a state that 1.0 does not have is no state`() throws {
    let call = ClientCall(.getTask(GetTaskRequest(id: "t")), in: Dialect(.jsonRPC, .v0_3), id: 1)
    let task = #"{"kind":"task","id":"t","contextId":"c","status":{"state":"unknown"}}"#
    let body = #"{"jsonrpc":"2.0","id":1,"result":\#(task)}"#
    let error = #expect(throws: A2AError.self) {
      try call.result(status: .ok, mediaType: "application/json", body: Array(body.utf8))
    }
    #expect(error?.code == .invalidAgentResponse)
    #expect(error?.message.contains("status.state must be the name of a task state, not \"unknown\"") == true)
  }
}
