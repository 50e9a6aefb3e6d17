import A2A
import Journal

/// One task at its agent, as a value: is told what happens, says what to do. No clock, no socket, no journal.
///
/// It numbers the records itself, because nobody else writes events of a task that it runs; so its image of the task is at each moment what
/// was written, with what is about to be.
struct RunMachine: Sendable {
  enum Phase: Sendable, Equatable {
    case idle
    /// The card is being read; nothing has left yet.
    case preparing
    /// The connection for the message is being made; nothing has left yet.
    case connecting
    /// It stands, and what has to be known after a crash is being stored; nothing has left yet.
    case leaving
    /// The message is on its way, and nothing has come back.
    case sending(firstEventBy: Int64)
    /// The agent answers when it is done: to the first message, or to another one.
    case blocking(followUp: String?)
    /// A stream is open. After another message of ours, it is due to say something.
    case following(RunExpectation?)
    case reaching(RunReach)
    /// The agent waits for somebody, and has closed its stream. It is looked at now and then.
    case waiting(until: Int64)
    /// The gateway ends it as soon as the agent was told.
    case ending(RunFailure, String, by: Int64)
    /// What the agent still says is late.
    case ended(hangUpAt: Int64)
    case over
  }

  let agent: String
  let deadlines: RunDeadlines
  let random: @Sendable () -> Double
  var now = RunMoment(wall: 0, steady: 0)
  var actions: [RunAction] = []

  var phase = Phase.idle
  var names: RunNames
  var memory: RunMemory
  var image: TaskImage
  /// What lists show of it: like the image, what is about to be written.
  var outline: TaskOutline
  var manner = AgentManner(streams: true, isCurrent: true)
  /// The card was read since the start.
  var mannerIsKnown = false
  /// The agent has said that it knows no subscriptions.
  var canSubscribe = true
  /// The one call by which the task is followed.
  var line = Line.none
  /// The one that has ended last.
  var lastLine = Line.none
  /// The message that the line was asked to bring to a task that waited, until something comes of it.
  var lineMessage: String?
  var budget: RunBudget
  var cancelling = RunCancelling()
  var commands: RunCommands
  /// It has ended, and its last records are held back.
  var holding: RunHolding?
  var questions: RunQuestions
  /// Of this step: given when all that it writes is written.
  var answers: [RunAction] = []
  /// The agent has taken an answer since it began to wait, so that it may go on.
  var isAnswered = false
  /// The message that the task begins with; nil after a restart.
  let first: Message?
  var recordsSinceSnapshot = 0
  /// What the agent has said of late, and whether it may be about to say some of it again: nothing new has come on its line yet.
  var sayings = RunSayings()
  var mayRepeat = false
  /// What the agent has called the task since the start.
  var title: String?
  var lateCount = 0
  var abandonment = Abandonment.no
  /// Why the gateway had to end it.
  var failure: (code: RunFailure, why: String)?
  /// On the steady clock.
  var begun: Int64 = 0

  enum Line: Sendable, Equatable {
    case none
    case call
    case subscription
  }

  /// - Parameters:
  ///   - first: what the agent has not been told yet; nil where it has been, or may have been.
  ///   - image: the task as it stands in the journal.
  ///   - updated: when it last changed, in milliseconds since 1970.
  ///   - commands: those of before a restart of which nobody knows yet what comes of them.
  ///   - latest: the latest records of before it.
  init(
    agent: String, memory: RunMemory, image: TaskImage, first: Message?, updated: Int64, deadlines: RunDeadlines,
    commands: RunCommands = RunCommands(), questions: RunQuestions = RunQuestions(),
    outline: TaskOutline = TaskOutline(), latest: [Record] = [], random: @escaping @Sendable () -> Double
  ) {
    self.agent = agent
    self.memory = memory
    self.image = image
    self.outline = outline
    self.first = first
    self.deadlines = deadlines
    self.random = random
    self.updated = updated
    self.commands = commands
    self.questions = questions
    names = RunNames(
      task: image.task.id, context: image.task.contextID ?? image.task.id, agentTask: memory.agentTask,
      agentContext: memory.agentContext)
    for record in latest { sayings.note(record, names) }
    budget = RunBudget(left: deadlines.whole.inMilliseconds, runningFrom: nil)
  }

  private let updated: Int64

  var state: TaskState { image.task.status.state }

  /// It takes no messages any more, and no cancel.
  var hasEnded: Bool {
    switch phase {
    case .ended, .over: true
    case .idle, .preparing, .connecting, .leaving, .sending, .blocking, .following, .reaching, .waiting, .ending: false
    }
  }

  mutating func handle(_ input: RunInput, at now: RunMoment) -> [RunAction] {
    self.now = now
    actions = []
    answers = []
    switch input {
    case .begin: begin()
    case .time: timeIsUp()
    case .command(let command, let ticket): take(command, ticket)
    case .cancelLeft(let round): cancelLeft(round)
    case .cancelAnswered(let shown, let round): cancelAnswered(shown, round)
    case .cancelFailed(let fault, let round): cancelFailed(fault, round)
    case .taken(let id): taken(messageID(inside: id))
    case .notTaken(let id, let fault): notTaken(messageID(inside: id), fault)
    case .leave: leave()
    case .ready, .connected, .leaves, .event, .closed, .answered, .shown, .found, .failed: heard(input)
    }
    letGo()
    return actions + answers
  }

  private mutating func begin() {
    guard case .idle = phase else { return }
    begun = now.steady
    recallPauses()
    guard !state.isTerminal else { return settleAndFinish() }
    if first != nil {
      phase = .preparing
      return call(.prepare)
    }
    resumeBudget()
    resumeCommands()
    resumeQuestions()
    let isHandedOver = memory.phase == .handedOver
    let why =
      isHandedOver
      ? "The gateway was started anew." : "The gateway stopped while it handed the task to the agent \(agent)."
    phase = .reaching(
      RunReach(
        .preparing, isHandedOver ? .restart : .handOver, why: why, by: now.steady + deadlines.lost.inMilliseconds))
    call(.prepare)
  }

  /// What it has used before the restart counts; the time since it asked somebody does not.
  private mutating func resumeBudget() {
    if state.isInterrupted { memory.waited += max(0, now.wall - updated) }
    let used = max(0, now.wall - (memory.begun ?? now.wall) - memory.waited)
    budget = RunBudget(
      left: deadlines.whole.inMilliseconds - used, runningFrom: state.isInterrupted ? nil : now.steady)
    waitsSince = state.isInterrupted ? now.wall : nil
  }

  /// When the agent began to wait for somebody, in milliseconds since 1970; nil while it works.
  var waitsSince: Int64?

  /// What comes from the line goes to the phase that waits for it; what no phase waits for was on its way when it was given up.
  private mutating func heard(_ input: RunInput) {
    switch input {
    case .closed, .answered, .shown, .found, .failed, .ready:
      lastLine = line
      line = .none
    default: break
    }
    settleLineMessage(by: input)
    switch phase {
    case .idle, .over, .waiting: break
    case .preparing: heardWhilePreparing(input)
    case .connecting, .leaving: heardWhileConnecting(input)
    case .sending: heardWhileSending(input)
    case .blocking(let followUp): heardWhileBlocking(input, followUp)
    case .following(let expectation): heardWhileFollowing(input, expectation)
    case .reaching(let reach): heardWhileReaching(input, reach)
    case .ending: heardWhileEnding(input)
    case .ended: heardWhileEnded(input)
    }
  }

  /// Others have written records of the task meanwhile: so many.
  mutating func makeRoom(for others: Int64) {
    image.pass(seq: image.seq + others)
    if let held = holding?.image.seq { holding?.image.pass(seq: held + others) }
    // A snapshot may say of these that they are in it.
    recordsSinceSnapshot = Self.snapshotInterval
  }

  // MARK: The line

  mutating func call(_ action: RunAction) {
    actions.append(action)
    mayRepeat = true
    if case .subscribe = action { line = .subscription } else { line = .call }
  }

  mutating func hangUp() {
    guard line != .none else { return }
    line = .none
    actions.append(.hangUp)
  }
}

/// After a message to a task that waited: the agent is to say something.
struct RunExpectation: Sendable, Equatable {
  /// On the steady clock.
  var by: Int64
  var messageID: String
}
