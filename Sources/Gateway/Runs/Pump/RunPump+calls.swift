import A2A
import A2AWire
import Journal
import Telemetry
import Wire

// To the agent. A call leaves when all that was written before it is stored.
extension RunPump {
  // MARK: The line

  func follow(_ action: RunAction) {
    line?.cancel()
    lineNumber += 1
    let (number, written) = (lineNumber, writer.put)
    line = Task(executorPreference: agent.loop.tasks) { await self.call(action, number, written) }
  }

  func hangUp() {
    line?.cancel()
    line = nil
    lineNumber += 1
  }

  private func hear(_ input: RunInput, _ number: Int) {
    guard number == lineNumber else { return }
    feed(input)
  }

  private func call(_ action: RunAction, _ number: Int, _ written: Int) async {
    guard await isStored(through: written), number == lineNumber else { return }
    do throws(AgentCallError) {
      switch action {
      case .prepare: hear(.ready(try await manner()), number)
      case .send(let message):
        let client = client.awaiting { try await self.letLeave(number) }
        if machine?.manner.streams == true {
          try await read(try await client.stream(request(message)), number)
        } else {
          hear(.answered(try await client.send(request(message))), number)
        }
      case .subscribe(let id): try await read(try await client.subscribe(SubscribeToTaskRequest(id: id)), number)
      case .look(let id): hear(.shown(try await client.task(GetTaskRequest(id: id, historyLength: 0))), number)
      case .search(let context): hear(.found(try await search(context)), number)
      case .write, .hangUp, .cancel, .say, .answer, .tell, .finish: break
      }
    } catch {
      // Whether it is the agent that is gone, or the one call, the directory finds out.
      if error.isTransport { agent.callFailed() }
      if number == lineNumber { log.info("call to the agent failed", ["error": .string(error.description)]) }
      hear(.failed(RunFault(error)), number)
    }
  }

  /// The connection for a message stands.
  private func letLeave(_ number: Int) async throws {
    hear(.connected, number)
    guard await isStored(through: writer.free), number == lineNumber else { throw CancellationError() }
    hear(.leaves, number)
  }

  private func manner() async throws(AgentCallError) -> AgentManner {
    let card = try await client.card()
    let interface = try await client.interface()
    return AgentManner(
      streams: card.capabilities.streaming == true, isCurrent: interface.dialect.version == .v1,
      pauses: card.takesPauses)
  }

  private func read(_ events: TaskEventStream, _ number: Int) async throws(AgentCallError) {
    while number == lineNumber, let event = try await events.next() {
      hear(.event(event), number)
      await room()
    }
    hear(.closed, number)
  }

  private func request(_ message: Message) -> SendMessageRequest {
    var configuration = SendConfiguration()
    configuration.acceptedOutputModes = machine?.memory.acceptedOutputModes ?? []
    return SendMessageRequest(message: message, configuration: configuration)
  }

  // MARK: Finding a task again

  /// The task that the first message made, if it made one. The context is of the whole conversation, so the tasks that are known are not it.
  private func search(_ context: String) async throws(AgentCallError) -> AgentTask? {
    var request = ListTasksRequest()
    request.contextID = context
    request.pageSize = 100
    var pages = TaskPages(request, of: client)
    var unknown: [AgentTask] = []
    let known = await knownTasks()
    while let page = try await pages.next() {
      unknown += page.tasks.filter { !known.contains($0.id) && ($0.contextID ?? context) == context }
    }
    let first = machine?.image.task.history?.first?.id
    return unknown.first { task in task.history?.contains { $0.id == first } == true }
      ?? (unknown.count == 1 ? unknown[0] : nil)
  }

  /// What the agent calls the other tasks of the conversation.
  private func knownTasks() async -> Set<String> {
    guard let opening = try? await journal.task(task)?.opening else { return [] }
    var query = TaskQuery(visible: [.init(owner: opening.owner, agents: [opening.agent])], limit: 1000)
    query.owner = opening.owner
    query.agent = opening.agent
    query.context = opening.context
    query.withSnapshots = false
    var known: Set<String> = []
    for other in (try? await journal.tasks(query)) ?? [] where other.id != task {
      let memos = (try? await journal.memos(of: other.id, under: RunMemory.memoName)) ?? []
      for memo in memos { if let id = RunMemory(memo)?.agentTask { known.insert(id) } }
    }
    return known
  }

  // MARK: Beside the line

  func cancelAtAgent(_ id: String, _ round: Int) {
    callBeside { pump in
      let client = pump.client.awaiting { await pump.feed(.cancelLeft(round: round)) }
      do throws(AgentCallError) {
        pump.feed(.cancelAnswered(try await client.cancel(CancelTaskRequest(id: id)), round: round))
      } catch {
        pump.feed(.cancelFailed(RunFault(error), round: round))
      }
    }
  }

  func say(_ message: Message) {
    callBeside { pump in
      var request = pump.request(message)
      request.configuration.returnImmediately = true
      do throws(AgentCallError) {
        _ = try await pump.client.send(request)
        pump.feed(.taken(messageID: message.id))
      } catch {
        pump.feed(.notTaken(messageID: message.id, RunFault(error)))
      }
    }
  }

  private func callBeside(_ body: @escaping @Sendable (isolated RunPump) async -> Void) {
    sideCallCount += 1
    // Not what is written behind it: an end may wait for the answer to this very call.
    let (number, written) = (sideCallCount, writer.put)
    sideCalls[number] = Task(executorPreference: agent.loop.tasks) {
      guard await self.isStored(through: written) else { return }
      await body(self)
      await self.forgetSideCall(number)
    }
  }

  private func forgetSideCall(_ number: Int) {
    sideCalls[number] = nil
  }
}
