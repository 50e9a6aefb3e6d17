import A2A
import HTTP
import Identity
import Journal

extension Runs {
  /// Begins a task: it is in the journal when this returns, and its agent hears of it as soon as there is a place.
  func submit(_ order: WorkOrder, by asker: Asker) async throws -> Submitted {
    guard !isStopping else { throw Refusal.endingNow }
    let agent = try agent(named: order.agent, for: asker.principal)
    let name = agent.configuration.name
    let facts = try asker.requireNewTask(at: name)
    guard !order.message.parts.isEmpty else { throw Refusal.noMessageParts }
    try rates.pass(.submit, principal: asker.principal.name)
    if let fault = agent.quarantine { throw Refusal.quarantined(name, fault) }

    let context = order.message.contextID ?? TaskID.make()
    let conversation = InnerContexts.Conversation(owner: facts.owner, agent: name, context: context)
    contexts.enter(conversation)
    defer { contexts.leave(conversation) }
    let known = order.message.contextID == nil ? nil : try await agentContext(of: conversation)
    let inner = contexts.settle(conversation, on: known ?? TaskID.make())
    let run = RunOpening(
      order, id: TaskID.make(), context: context, agentContext: inner, facts: facts, by: asker.principal.name)
    return try await open(run, at: agent, by: asker)
  }

  /// The agent that is meant, if this principal may have anything to do with it: the same refusal for one that is not there.
  private func agent(named asked: String?, for principal: Principal) throws(Refusal) -> KnownAgent {
    guard let name = asked ?? directory.defaultName else { throw .noAgentNamed }
    return try directory.agent(name, for: principal)
  }

  /// What the agent calls that conversation, if an earlier task of it is still kept.
  private func agentContext(of conversation: InnerContexts.Conversation) async throws(JournalError) -> String? {
    var query = TaskQuery(
      visible: [.init(owner: conversation.owner, agents: [conversation.agent])], limit: 1)
    query.owner = conversation.owner
    query.agent = conversation.agent
    query.context = conversation.context
    query.withSnapshots = false
    guard let task = try await journal.tasks(query).first else { return nil }
    let memos = try await journal.memos(of: task.id, under: RunMemory.memoName)
    return memos.compactMap(RunMemory.init).first?.agentContext
  }

  /// A place is taken before anything is stored, so that what is stored is also worked on.
  private func open(_ run: RunOpening, at agent: KnownAgent, by asker: Asker) async throws -> Submitted {
    guard mayOwn else { throw Refusal.runMoving }
    let ticket = AdmissionQueue.Ticket(task: run.id, agent: run.opening.agent, owner: run.opening.owner)
    let fence = fence
    live[run.id] = .opening(hasPlace: false)
    do {
      try await askForPlace(ticket)
      let place = hasPlace(run.id) ? nil : await placesInLine()[run.id]
      guard isMine(fence) else { throw Refusal.runMoving }
      var batch = run.batch(place: place, at: clock.milliseconds())
      batch.fence = fence
      switch try await journal.append(batch) {
      case .stored(let records):
        // Otherwise it is stored, and whoever takes over finds it.
        if isMine(fence) {
          begin(run, run.task(records, snapshot: batch.change?.snapshot), at: agent, told: place)
        }
        return Submitted(
          task: run.id, context: run.opening.context ?? run.id, offset: records[records.count - 1].offset, isNew: true)
      case .duplicate(.opening(let known)):
        if isMine(fence) { forget(run.id) }
        return try await openedBefore(known, by: asker)
      case .duplicate: preconditionFailure("Only an opening was sent.")
      case .refused(let reason): throw Refusal(reason)
      }
    } catch {
      // Otherwise it is forgotten already; or it is stored, and taken up again.
      if isMine(fence) { forget(run.id) }
      throw error
    }
  }

  private func hasPlace(_ id: String) -> Bool {
    if case .opening(hasPlace: true) = live[id] { true } else { false }
  }

  private func begin(_ run: RunOpening, _ task: StoredTask, at agent: KnownAgent, told place: Int?) {
    let start = RunStart.fresh(task, run.memory, run.message)
    // It may have been given a place meanwhile.
    if hasPlace(run.id) {
      work(start, at: agent)
    } else {
      live[run.id] = .waiting(WaitingTask(start: start, agent: agent, told: place))
      tellPlaces()
    }
    count()
  }

  /// The same answer as the first time. A key is its owner's; what was begun with it may be for somebody else to see, or a producer's.
  private func openedBefore(_ id: String, by asker: Asker) async throws -> Submitted {
    let task: StoredTask
    do {
      task = try await TaskAccess(journal: journal).task(id, .watch, by: asker)
    } catch is Refusal {
      throw Refusal.submitKeyTaken
    }
    let second = try await journal.record(2, of: id)
    return Submitted(
      task: id, context: task.opening.context ?? id, offset: second?.offset ?? task.firstOffset, isNew: false)
  }
}
