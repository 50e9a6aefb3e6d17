import A2A
import A2AWire
import JSON
import TestSupport
import Testing

/// Our client and the SDK's agent, over mTLS, in every dialect. One conversation at a time, because that agent has one thread.
@Suite(.enabled(if: SDK.isInstalled, SDK.isMissing), .timeLimit(.minutes(5)), .serialized, .sdkAgent)
struct OurClientTests {
  @Test(arguments: Dialect.all)
  func `A message becomes a task that can be read again`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      #expect(try await conversation.client.interface().dialect == dialect)
      let task = try await conversation.task(conversation.request("tck-complete-task"), .completed)
      #expect(task.status.message?.text == "Hello from TCK")
      #expect(task.status.timestamp != nil)
      let read = try await conversation.client.task(GetTaskRequest(id: task.id))
      #expect(read.id == task.id && read.contextID == task.contextID && read.status == task.status)
      let short = try await conversation.client.task(GetTaskRequest(id: task.id, historyLength: 1))
      #expect(short.history?.count == 1)
    }
  }

  @Test(arguments: Dialect.all)
  func `Every kind of part arrives as it is`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      func part(_ behaviour: String) async throws -> Part {
        let task = try await conversation.task(conversation.request(behaviour), .completed)
        #expect(task.artifacts?.count == 1)
        return try #require(task.artifacts?.first?.parts.first)
      }
      #expect(try await part("tck-artifact-text") == .text("Generated text content"))
      // In the HTTP+JSON of 0.3 the SDK writes base64 of base64, which nothing tells from a file with that text in it.
      let bytes = dialect == Dialect(.httpJSON, .v0_3) ? "dGNr" : "tck"
      #expect(
        try await part("tck-artifact-file")
          == Part(.raw(Array(bytes.utf8)), filename: "output.txt", mediaType: "text/plain"))
      #expect(
        try await part("tck-artifact-file-url")
          == Part(.url("https://example.com/output.txt"), filename: "output.txt", mediaType: "text/plain"))
      guard case .data(let data) = try await part("tck-artifact-data").content else {
        Issue.record("It is no data.")
        return
      }
      #expect(data["key"]?.string == "value")
      #expect(data["count"]?.double == 42)
    }
  }

  @Test(arguments: Dialect.all)
  func `A direct answer is a message, whole and as a stream`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let answer = try await conversation.client.send(conversation.request("tck-message-response"))
      guard case .message(let message) = answer else {
        Issue.record("It is no message.")
        return
      }
      #expect(message.text == "Direct message response" && message.role == .agent)
      let stream = try await conversation.client.stream(conversation.request("tck-message-response"))
      #expect(try await stream.lines() == ["message: Direct message response"])
    }
  }

  @Test(arguments: Dialect.all)
  func `A stream brings progress and chunks in order, and ends with its task`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let stream = try await conversation.client.stream(conversation.request("sdk-steps"))
      let task = try await conversation.task(beginning: stream)
      #expect(
        try await stream.lines() == [
          "status working: Step 1 of 3", "status working: Step 2 of 3", "status working: Step 3 of 3",
          "artifact: first ", "artifact appended last: second", "status completed: Done",
        ])
      let read = try await conversation.client.task(GetTaskRequest(id: task.id))
      #expect(read.artifacts?.map { $0.parts.text } == ["first second"])
    }
  }

  @Test(arguments: Dialect.all)
  func `A question is answered on the same task`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let question = try await conversation.client.stream(conversation.request("test-question"))
      let task = try await conversation.task(beginning: question)
      #expect(try await question.lines() == ["status inputRequired: Was the trade cleared beforehand?"])
      let answer = try await conversation.client.stream(conversation.request("answer", "yes", task: task))
      #expect(try await answer.lines() == ["status working", "status completed: Answered: yes"])
    }
  }

  @Test(arguments: Dialect.all)
  func `Subscribers see what another request brings about`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let task = try await conversation.task(conversation.request("tck-input-required"), .inputRequired)
      let streams = [
        try await conversation.client.subscribe(SubscribeToTaskRequest(id: task.id)),
        try await conversation.client.subscribe(SubscribeToTaskRequest(id: task.id)),
      ]
      for stream in streams { #expect(try await conversation.task(beginning: stream).id == task.id) }
      _ = try await conversation.task(conversation.request("tck-stream-001", task: task), .completed)
      for stream in streams {
        // The SDK repeats the task when a message continues it.
        let lines = try await stream.lines().filter { !$0.hasPrefix("task") }
        #expect(lines == ["status working", "artifact last: Stream hello from TCK", "status completed"])
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `To leave a stream cancels nothing, and to cancel ends the stream`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let left = try await conversation.client.stream(conversation.request("test-endless"))
      let task = try await conversation.task(beginning: left)
      #expect(try await left.next()?.state == .working)
      await left.close()
      #expect(try await conversation.client.task(GetTaskRequest(id: task.id)).status.state == .working)
      let followed = try await conversation.client.subscribe(SubscribeToTaskRequest(id: task.id))
      #expect(try await followed.next()?.line == "task working")
      #expect(try await conversation.client.cancel(CancelTaskRequest(id: task.id)).status.state == .canceled)
      #expect(try await followed.lines() == ["status canceled"])
    }
  }

  @Test(arguments: Dialect.all)
  func `Tasks that fail and tasks that are rejected say why`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let failed = try await conversation.task(conversation.request("test-fail"), .failed)
      #expect(failed.status.message?.text == "The market data of 2026-03-01 is missing.")
      let rejected = try await conversation.task(conversation.request("tck-reject-task"), .rejected)
      #expect(rejected.status.message?.text == "Rejected")
    }
  }

  @Test(arguments: Dialect.all)
  func `Push notifications are configured, and come with their token`(dialect: Dialect) async throws {
    try await PushReceiver.run { receiver in
      try await Conversation.run(dialect) { conversation in
        let client = conversation.client
        let task = try await conversation.task(conversation.request("tck-input-required"), .inputRequired)
        let config = PushConfig(url: receiver.url, id: "mine", taskID: task.id, token: "a-token")
        let made = try await client.createPushConfig(CreatePushConfigRequest(taskID: task.id, config: config))
        #expect(made.id == "mine" && made.url == receiver.url)
        let mine = PushConfigRequest(taskID: task.id, id: "mine")
        #expect(try await client.pushConfig(mine).token == "a-token")
        #expect(try await client.pushConfigs(ListPushConfigsRequest(taskID: task.id)).configs.map(\.id) == ["mine"])
        _ = try await conversation.task(conversation.request("tck-complete-task", task: task), .completed)
        let push = try await receiver.push(containing: "COMPLETED")
        #expect(push["headers"]?["x-a2a-notification-token"]?.string == "a-token")
        #expect(push["body"]?["statusUpdate"]?["taskId"]?.string == task.id)
        // The SDK's agent has no such route in the HTTP+JSON of 0.3.
        if dialect != Dialect(.httpJSON, .v0_3) {
          try await client.deletePushConfig(mine)
          #expect(try await client.pushConfigs(ListPushConfigsRequest(taskID: task.id)).configs.isEmpty)
        }
      }
    }
  }

  // 0.3 has no such operation there.
  @Test(arguments: Dialect.all.filter { $0.version == .v1 })
  func `Tasks are listed, page by page and newest first`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let first = try await conversation.task(conversation.request("tck-complete-task"), .completed)
      var ids = [first.id]
      for _ in 1...2 {
        var request = conversation.request("tck-complete-task")
        request.message.contextID = first.contextID
        ids.append(try await conversation.task(request, .completed).id)
      }
      var request = ListTasksRequest()
      request.contextID = first.contextID
      request.pageSize = 2
      var pages = TaskPages(request, of: conversation.client)
      var listed: [[String]] = []
      while let page = try await pages.next() { listed.append(page.tasks.map(\.id)) }
      #expect(listed == [[ids[2], ids[1]], [ids[0]]])
    }
  }

  @Test(arguments: Dialect.all)
  func `The extended card is another one, and takes the place of the first`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let card = try await conversation.client.card()
      #expect(card.name == "SDK agent" && card.capabilities.streaming == true)
      #expect(card.securitySchemes.contains { if case .mutualTLS = $0.scheme { true } else { false } })
      #expect(try await conversation.client.extendedCard().name == "SDK agent, extended")
      #expect(try await conversation.client.card().name == "SDK agent, extended")
    }
  }

  @Test(arguments: Dialect.all)
  func `What the agent refuses has its own code`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let client = conversation.client
      let over = try await conversation.task(conversation.request("tck-complete-task"), .completed)
      #expect(
        try await conversation.refusal { _ = try await client.task(GetTaskRequest(id: "unknown")) } == .taskNotFound)
      #expect(
        try await conversation.refusal { _ = try await client.cancel(CancelTaskRequest(id: over.id)) }
          == .taskNotCancelable)
      #expect(
        try await conversation.refusal { _ = try await client.send(conversation.request("x", task: over)) }
          == .unsupportedOperation)
      #expect(
        try await conversation.refusal { _ = try await client.send(conversation.request("sdk-refused")) }
          == .invalidParams)
    }
  }

  @Test(arguments: Dialect.all)
  func `A subscription to a task that is not there ends with an error`(dialect: Dialect) async throws {
    try await Conversation.run(dialect) { conversation in
      let error = await #expect(throws: AgentCallError.self) {
        try await conversation.client.subscribe(SubscribeToTaskRequest(id: "unknown")).next()
      }
      switch error?.reason {
      // In the HTTP+JSON of 0.3 the SDK begins a stream, and breaks off.
      case .cut(lastState: nil, _): #expect(dialect == Dialect(.httpJSON, .v0_3))
      case .refused(let refusal, _): #expect(refusal.code == .taskNotFound)
      default: Issue.record("It ended with \(String(describing: error)).")
      }
    }
  }

  @Test func `Without a certificate the agent is not to be had`() async throws {
    try await Conversation.run(Dialect(.jsonRPC, .v1), showing: nil) { conversation in
      let error = await #expect(throws: AgentCallError.self) { try await conversation.client.card() }
      guard case .transport = error?.reason else {
        Issue.record("It ended with \(String(describing: error)).")
        return
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `An agent that dies leaves a stream that is cut, not one that has ended`(dialect: Dialect) async throws {
    try await SDKAgent.run { agent in
      try await Conversation.run(dialect, with: agent) { conversation in
        let stream = try await conversation.client.stream(conversation.request("test-endless"))
        _ = try await conversation.task(beginning: stream)
        #expect(try await stream.next()?.state == .working)
        agent.program.signal(9)
        let error = await #expect(throws: AgentCallError.self) { try await stream.next() }
        guard case .cut(lastState: .working, _) = error?.reason else {
          Issue.record("It ended with \(String(describing: error)).")
          return
        }
      }
    }
  }
}
