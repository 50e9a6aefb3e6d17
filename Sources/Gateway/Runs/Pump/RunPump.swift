import A2A
import A2AWire
import HTTP
import Journal
import Telemetry
import Wire

/// Does what a `RunMachine` says: calls the agent, journals, waits. Its tasks prefer the agent's loop, so that an event comes from the socket
/// to the journal without a stop on another thread.
actor RunPump: Run {
  private enum Stage {
    case new([CheckedContinuation<Void, Never>])
    case running(CheckedContinuation<Void, Never>)
    case over
  }

  let task: String
  let agent: KnownAgent
  let client: AgentClient
  let journal: any Journal
  /// Under which it writes.
  let fence: Fence?
  let time: RunTime
  let log: Log
  private let spans: (any SpanSink)?
  private let start: RunStart
  private let deadlines: RunDeadlines
  private let random: @Sendable () -> Double
  private let news: @Sendable (RunNews) -> Void
  private var stage = Stage.new([])
  /// The gateway stops: nothing is waited for any more that may not come.
  private(set) var isLeaving = false
  /// Milliseconds between two tries at a journal that is away, beside the time that it lets pass itself.
  static let journalPause: Int64 = 200
  /// And at one that is full.
  static let roomPause: Int64 = 1000
  /// Nil until it runs.
  var machine: RunMachine?
  var writer: RunWriter
  var outlines = OutlineKeeping()
  /// Counts lines: what comes from an earlier one is not heard any more.
  var lineNumber = 0
  var line: Task<Void, Never>?
  var sideCalls: [Int: Task<Void, Never>] = [:]
  var sideCallCount = 0
  private var timer: Task<Void, Never>?
  /// When it fires, on the steady clock.
  private var timerIsFor: Int64?
  /// Who waits to hear whether a command was taken, by ticket.
  private var commanders: [Int: CheckedContinuation<CommandAnswer, Never>] = [:]
  private var ticket = 0
  /// What commands are told while the journal has no room for what was written before them.
  var shortage: Refusal?

  /// - Parameters:
  ///   - random: gives 0 to 1, for the pauses between attempts.
  ///   - news: is told what there is to count.
  init(
    _ start: RunStart, at agent: KnownAgent, journal: any Journal, under fence: Fence? = nil, deadlines: RunDeadlines,
    time: RunTime, log: Log, spans: (any SpanSink)? = nil,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
    news: @escaping @Sendable (RunNews) -> Void
  ) {
    self.start = start
    self.agent = agent
    self.journal = journal
    self.fence = fence
    self.deadlines = deadlines
    self.time = time
    self.random = random
    self.news = news
    task = start.task.id
    self.spans = spans
    let trace = start.memory.traceContext
    client = trace.map { agent.client.traced(CallTrace($0, to: spans)) } ?? agent.client
    self.log = log.with([
      "task": .string(task), "agent": .string(start.task.opening.agent),
      "trace": .string(trace?.traceID ?? ""),
    ])
    writer = RunWriter(task: start.task.id)
  }

  // MARK: From outside

  func run() async {
    // A call of this actor from a task that prefers the loop is run there.
    await Task(executorPreference: agent.loop.tasks) { await self.work() }.value
  }

  private func work() async {
    guard case .new(let waiting) = stage, machine == nil else { return }
    while machine == nil {
      do throws(JournalError) {
        machine = try await makeMachine()
        break
      } catch {
        log.error("run not begun", ["error": .string(error.description)])
        guard error.code == .unreachable, !isLeaving else { break }
      }
      try? await time.sleep(Self.journalPause)
    }
    guard case .new = stage, machine != nil else {
      stage = .over
      for waiter in waiting { waiter.resume() }
      return
    }
    await withCheckedContinuation { continuation in
      guard case .new(let waiting) = stage else { return continuation.resume() }
      stage = .running(continuation)
      for waiter in waiting { waiter.resume() }
      feed(.begin)
    }
  }

  func take(_ command: RunCommand) async throws -> CommandReceipt {
    await begun()
    guard case .running = stage else { throw whenOver }
    if let shortage { throw shortage }
    ticket += 1
    let number = ticket
    let answer = await withCheckedContinuation { continuation in
      commanders[number] = continuation
      feed(.command(command, ticket: number))
    }
    switch answer {
    case .taken(let receipt): return receipt
    case .refused(let refusal): throw refusal
    }
  }

  private var whenOver: Refusal {
    if let machine, machine.hasEnded { .ended(machine.state) } else { .endingNow }
  }

  func stop() async {
    isLeaving = true
    if case .new(let waiting) = stage {
      stage = .over
      for waiter in waiting { waiter.resume() }
      return
    }
    feed(.leave)
    hangUp()
    // What comes while the rest is stored is stored, too: when this has returned, nobody writes for the task any more.
    repeat { _ = await isStored() } while writer.isBehind
    end()
  }

  /// Between the moment in which it is made and the one in which it runs.
  private func begun() async {
    guard case .new(let waiting) = stage else { return }
    await withCheckedContinuation { stage = .new(waiting + [$0]) }
  }

  // MARK: The machine

  private func makeMachine() async throws(JournalError) -> RunMachine? {
    let task = start.task
    let (memory, first): (RunMemory, Message?)
    var image: TaskImage?
    var updated = task.updated
    var outline = task.outline
    switch start {
    case .fresh(_, let remembered, let message):
      (memory, first) = (remembered, message)
      // Its place in the line may have been told since it was read.
      guard let current = try await journal.task(task.id) else { return nil }
      updated = current.updated
      outline = current.outline
      image = try await RestartedRun.image(of: current, in: journal)
    case .resumed(_, let remembered, let known):
      (memory, first) = (remembered, nil)
      image = known
    }
    guard let image else { return nil }
    let asked = try await journal.memos(of: task.id, under: TaskQuestion.family).questions
    return RunMachine(
      agent: task.opening.agent, memory: memory, image: image, first: first, updated: updated, deadlines: deadlines,
      commands: try await RunCommands.of(task.id, in: journal),
      questions: RunQuestions(asked, isShown: image.task.status.state.isInterrupted), outline: TaskOutline(outline),
      latest: first == nil ? try await RestartedRun.latest(of: task, in: journal) : [], random: random)
  }

  func feed(_ input: RunInput) {
    guard case .running = stage, var machine = machine.take() else { return }
    let actions = machine.handle(input, at: time.now())
    self.machine = machine
    for action in actions { perform(action) }
    setTimer()
  }

  private func perform(_ action: RunAction) {
    switch action {
    case .write(let write): put(write)
    case .prepare, .send, .subscribe, .look, .search: follow(action)
    case .hangUp: hangUp()
    case .cancel(let id, let round): cancelAtAgent(id, round)
    case .say(let message): say(message)
    case .answer(let ticket, let answer): self.answer(ticket, answer)
    case .tell(let news): tell(news)
    case .finish: onceStored { $0.end() }
    }
  }

  private func answer(_ ticket: Int, _ answer: CommandAnswer) {
    guard let commander = commanders.removeValue(forKey: ticket) else { return }
    let number = writer.put
    Task(executorPreference: agent.loop.tasks) {
      let isStored = await self.isStored(through: number, inHaste: true)
      // With room it is stored all the same: whoever sends it again, as refusals of this kind ask for, hears that it came.
      commander.resume(returning: isStored ? answer : .refused(await self.shortage ?? .endingNow))
    }
  }

  private func onceStored(_ body: @escaping @Sendable (isolated RunPump) -> Void) {
    Task(executorPreference: agent.loop.tasks) {
      _ = await self.isStored()
      await body(self)
    }
  }

  /// It is over, because the task is, or because the gateway stops, or because the journal takes no more.
  func end() {
    guard case .running(let finished) = stage else { return }
    stage = .over
    hangUp()
    for call in sideCalls.values { call.cancel() }
    timer?.cancel()
    writer.close()
    for commander in commanders.values { commander.resume(returning: .refused(whenOver)) }
    commanders = [:]
    finished.resume()
  }

  // MARK: Time

  /// A timer that is due too early looks again; one for each event would cost more than the event.
  private func setTimer() {
    guard let due = machine?.wakeAt, timerIsFor.map({ due < $0 }) ?? true else { return }
    timer?.cancel()
    timerIsFor = due
    let pause = max(0, due - time.now().steady)
    timer = Task(executorPreference: agent.loop.tasks) {
      guard (try? await self.time.sleep(pause)) != nil else { return }
      await self.timeIsUp()
    }
  }

  private func timeIsUp() {
    timerIsFor = nil
    feed(.time)
  }

  // MARK: News

  private func tell(_ news: RunNews) {
    self.news(news)
    switch news {
    case .handedOver(let milliseconds): log.info("task handed over", ["ms": .int(Int(milliseconds))])
    case .lost(let why): log.warning("agent lost", ["why": .string(why)])
    case .found: log.info("agent found")
    case .gap: log.warning("events of the agent lost")
    case .late: log.warning("event after the end of the task")
    case .repeated: log.debug("event said again")
    case .verdict(let verdict):
      log.info(
        "command settled",
        [
          "command": .string(verdict.command), "id": .string(verdict.id), "verdict": .string(verdict.word.rawValue),
          "ms": .int(Int(verdict.after)),
        ])
    case .ended(let state, let failure, let why):
      let memory = machine?.memory ?? start.memory
      let span = RunSpan.of(start.task, memory, endedAs: state, failure, why, at: time.now().wall)
      if let span { spans?.take(span) }
      log.info(
        "task ended",
        ["state": .string(state.word), "failure": .string(failure?.rawValue ?? ""), "why": .string(why ?? "")])
    }
  }
}
