import A2A
import A2AWire
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Work by A2A through the gateway, with an agent behind it.
@Suite struct FrontWorkTests {
  @Test func `a send that waits gives the task at its end, under names of the gateway's`() async throws {
    try await FrontStand.run { stand async throws in
      for (prefix, person) in [("/agents/checker", TestPeople.oscar), ("/a2a", .oscar), ("/agents/checker", nil)] {
        try await stand.calling(prefix, as: person) { agent async throws in
          var request = SendMessageRequest.saying("go on")
          request.message.contextID = "ours"
          let task = try await agent.send(request).task()
          #expect(task.status.state == .completed && task.status.message?.text == "Done: go on")
          #expect(task.contextID == "ours" && task.history?.map(\.text) == ["go on"])
          #expect(task.artifacts?.first?.parts.count == 3)
          let stored = try #require(await stand.gateway.gateway.records).journal
          #expect(try await stored.task(task.id)?.opening.owner == person?.rawValue ?? "good-agent")
          #expect(try await agent.task(GetTaskRequest(id: task.id)).status == task.status)
        }
      }
    }
  }

  @Test func `a stream is a task and its updates, to the end`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let stream = try await agent.stream(.saying("go on"))
        var made = AgentTask(id: "", contextID: nil, status: TaskStatus(.submitted))
        var told: [String] = []
        while let event = try await stream.next() {
          told.append(event.short)
          made.take(event)
        }
        #expect(told.first?.hasPrefix("task ") == true && told.last == "completed Done: go on", "\(told)")
        #expect(told.count { $0.hasPrefix("task") || $0.hasPrefix("message") } == 1, "\(told)")
        #expect(made.artifacts?.first?.parts.count == 3)
        let stored = try await agent.task(GetTaskRequest(id: made.id))
        #expect(stored.status == made.status && stored.artifacts == made.artifacts)
      }
    }
  }

  @Test func `an agent that answers without a task is heard as that, and the gateway has a task of it`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        guard case .message(let answer) = try await agent.send(.saying("reply")) else {
          throw TLSClient.Failure(description: "a task came")
        }
        #expect(answer.text == "Hello." && answer.taskID == nil && answer.contextID != nil)
        let stream = try await agent.stream(.saying("reply"))
        #expect(try await stream.next()?.short == "message Hello.")
        #expect(try await stream.next() == nil)
        let tasks = try await agent.tasks(ListTasksRequest()).tasks
        #expect(tasks.map(\.status.state) == [.completed, .completed])
        #expect(tasks.first?.status.message?.text == "Hello.")
      }
    }
  }

  @Test func `a question ends the send, the answer goes on with the task, and a subscription hears all of it`()
    async throws
  {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let asked = try await agent.send(.saying("ask")).task()
        #expect(asked.status.state == .inputRequired && asked.status.message?.text.hasPrefix("Which?") == true)
        let subscription = try await agent.subscribe(SubscribeToTaskRequest(id: asked.id))
        #expect(try await subscription.next()?.short == "task inputRequired")
        let ended = try await agent.send(.saying("This one.", to: asked)).task()
        #expect(ended.id == asked.id && ended.status.state == .completed)
        #expect(ended.status.message?.text == "You said: This one.")
        #expect(ended.history?.map(\.text).contains("This one.") == true)
        var last: TaskEvent?
        while let event = try await subscription.next() { last = event }
        #expect(last?.short == "completed You said: This one.")
        await #expect(throws: AgentCallError.self) { try await agent.send(.saying("More.", to: asked)) }
      }
    }
  }

  @Test func `a stream of an answer begins behind it`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let first = try await agent.stream(.saying("ask"))
        var asked = AgentTask(id: "", contextID: nil, status: TaskStatus(.submitted))
        var last: TaskEvent?
        while let event = try await first.next() {
          if case .task(let task) = event { asked = task }
          last = event
        }
        #expect(last?.state == .inputRequired)
        let second = try await agent.stream(.saying("This one.", to: asked))
        var told: [TaskEvent] = []
        while let event = try await second.next() { told.append(event) }
        guard case .task(let begun)? = told.first else { throw TLSClient.Failure(description: "\(told)") }
        #expect(begun.history?.last?.text == "This one.")
        #expect(told.last?.short == "completed You said: This one.")
      }
    }
  }

  @Test func `a cancel has the agent's answer: stopped, or no with its words`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let waiting = try await agent.send(.atOnce("wait")).task()
        #expect(!waiting.status.state.isTerminal)
        #expect(
          try await eventually { try await agent.task(GetTaskRequest(id: waiting.id)).status.state == .working })
        #expect(try await agent.cancel(CancelTaskRequest(id: waiting.id)).status.state == .canceled)
        // Asked again, it is as it is.
        #expect(try await agent.cancel(CancelTaskRequest(id: waiting.id)).status.state == .canceled)
        let stubborn = try await agent.send(.atOnce("stubborn")).task()
        #expect(
          try await eventually {
            try await agent.task(GetTaskRequest(id: stubborn.id)).status.message?.text == "Not now."
          })
        let refusal = await #expect(throws: AgentCallError.self) {
          try await agent.cancel(CancelTaskRequest(id: stubborn.id))
        }
        #expect("\(String(describing: refusal))".contains("half way through a trade"))
        let failed = try await agent.send(.saying("fail")).task()
        #expect(failed.status.state == .failed)
        await #expect(throws: AgentCallError.self) { try await agent.cancel(CancelTaskRequest(id: failed.id)) }
      }
    }
  }

  @Test func `a key begins one task, however often it comes; a message's id does not`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let keyed = agent.with(HTTPFields([("idempotency-key", "k-1")]))
        let first = try await keyed.send(.saying("go")).task()
        #expect(try await keyed.send(.saying("go")).task().id == first.id)
        let same = SendMessageRequest.saying("go")
        let (one, two) = (try await agent.send(same).task(), try await agent.send(same).task())
        #expect(one.id != two.id && one.id != first.id)
      }
    }
  }

  @Test func `0.3 is spoken as well, whatever the agent was asked in`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling(version: .v0_3) { agent async throws in
        let stream = try await agent.stream(.saying("go on"))
        var last: TaskEvent?
        while let event = try await stream.next() { last = event }
        #expect(last?.short == "completed Done: go on")
        #expect(try await agent.send(.saying("go on")).task().status.state == .completed)
      }
    }
  }

  @Test func `the card is the agent's in what it can do, and the gateway's in all else`() async throws {
    try await FrontStand.run { stand async throws in
      try await stand.calling { agent async throws in
        let card = try await agent.card()
        #expect(card.name == "Front agent" && card.version == "7" && card.skills.map(\.id) == ["obey"])
        #expect(
          card.interfaces.allSatisfy { $0.url == "https://localhost:\(stand.gateway.port(.people))/agents/checker" })
        #expect(card.capabilities.streaming == true && card.capabilities.pushNotifications != true)
        #expect(!card.capabilities.extensions.contains { $0.uri == "https://example.test/other" })
        #expect(card.capabilities.extensions.contains { $0.uri == ProgressReport.extensionURI })
        #expect(card.securitySchemes.map(\.name) == ["bearer", "mutual-tls"])
        let extended = try await agent.extendedCard()
        #expect(extended.skills.map(\.id).contains("secret"))
        let access = extended.capabilities.extensions.last?.parameters
        #expect(access?["principal"]?.string == "oscar" && access?["roles"]?[0]?.string == "analyst")
        #expect(access?["may"]?.elements.compactMap(\.string) == ["watch", "submit", "cancel", "answer"])
      }
      try await stand.calling(as: .vera) { agent async throws in
        let extended = try await agent.extendedCard()
        #expect(extended.skills.map(\.id) == ["obey"])
        #expect(
          extended.capabilities.extensions.last?.parameters?["may"]?.elements.compactMap(\.string) == ["watch"])
      }
      // Nobody at all may see the card, at the root too.
      for path in ["/.well-known/agent-card.json", "/a2a/.well-known/agent-card.json"] {
        let answer = try #require(try await stand.gateway.get(path))
        let url = try AgentCard(reading: answer.body).interfaces.first?.url
        #expect(url == "https://localhost:\(stand.gateway.port(.people))/a2a")
      }
    }
  }

  @Test func `more waiting sends than streams are allowed begin nothing`() async throws {
    try await FrontStand.run {
      $0.identity.rates.streamsPerPrincipal = 1
    } _: { stand async throws in
      try await stand.calling { agent async throws in
        let stream = try await agent.stream(.saying("wait"))
        _ = try await stream.next()
        let refusal = await #expect(throws: AgentCallError.self) { try await agent.send(.saying("go")) }
        #expect("\(String(describing: refusal))".contains("429"), "\(String(describing: refusal))")
        #expect(try await agent.tasks(ListTasksRequest()).tasks.count == 1)
        // What does not wait needs no such right.
        _ = try await agent.send(.atOnce("go"))
      }
    }
  }

  @Test func `after a restart of the gateway a task is subscribed to and answered under its id, and ends once`()
    async throws
  {
    try await FrontStand.serving { origin async throws in
      let folder = try TemporaryFolder()
      let configure: (inout GatewayConfiguration) -> Void = { $0.journal.file = folder.path("journal.sqlite") }
      let asked = try await FrontStand.inFront(of: origin, configure: configure) { stand async throws in
        try await stand.calling { try await $0.send(.saying("ask")).task() }
      }
      try await FrontStand.inFront(of: origin, configure: configure) { stand async throws in
        try await stand.calling { agent async throws in
          let subscription = try await agent.subscribe(SubscribeToTaskRequest(id: asked.id))
          #expect(try await subscription.next()?.short.hasPrefix("task ") == true)
          let ended = try await agent.send(.saying("This one.", to: asked)).task()
          #expect(ended.id == asked.id && ended.status.message?.text == "You said: This one.")
          var ends = 0
          while let event = try await subscription.next() { ends += event.state?.isTerminal == true ? 1 : 0 }
          #expect(ends == 1)
          #expect(try await agent.tasks(ListTasksRequest()).totalSize == 1)
        }
      }
    }
  }
}
