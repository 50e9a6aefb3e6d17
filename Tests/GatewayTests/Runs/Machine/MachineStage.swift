import A2A
import HTTP
import Journal

@testable import Gateway

/// A machine in a state that a test is about, and a clock that it turns.
struct MachineStage {
  enum State: String, CaseIterable {
    case idle, preparing, connecting, leaving, sending, blocking, following, afterAMessage
    case pausing, subscribing, looking, searching, resuming, waiting, ending, ended, over
    // On the way of a cancel: the agent was asked, said yes, was asked again, said no a moment ago, could not be asked, was given up.
    case cancelling, agreed, askedAgain, saidNo, unreached, deaf
    /// Asked while it waits for somebody.
    case cancellingWaiting
    /// The agent has ended the task, and not answered what was said just before.
    case saidAtEnd
    /// It was asked to begin nothing new.
    case toPause
  }

  static let first = Message(id: "m1", role: .user, text: "Do it.", contextID: "outer", taskID: "t")
  static let more = Message(id: "m2", role: .user, text: "And this.")
  static let no = RunFault(.refused(.taskNotCancelable), "No.")

  var machine: RunMachine
  var now = RunMoment(wall: 1_772_357_400_000, steady: 1_000_000)
  private(set) var actions: [RunAction] = []

  init(
    phase: RunMemory.Phase = .waiting, state: TaskState = .submitted, streams: Bool = true, isCurrent: Bool = true,
    deadlines: RunDeadlines = RunDeadlines(), commands: RunCommands = RunCommands(),
    questions: RunQuestions = RunQuestions()
  ) {
    var memory = RunMemory(
      agentContext: "inner", trace: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    memory.phase = phase
    if phase != .waiting { memory.begun = now.wall - 1000 }
    if phase == .handedOver { memory.agentTask = "a1" }
    let status = TaskStatus(state, timestamp: Timestamp(millisecondsSince1970: now.wall - 1000))
    let image = TaskImage(task: AgentTask(id: "t", contextID: "outer", status: status), seq: 2)
    machine = RunMachine(
      agent: "agent", memory: memory, image: image, first: phase == .waiting ? Self.first : nil,
      updated: now.wall - 1000, deadlines: deadlines, commands: commands,
      questions: questions, random: { 0.5 })
    manner = AgentManner(streams: streams, isCurrent: isCurrent)
  }

  let manner: AgentManner

  /// By the way that leads there.
  static func at(_ state: State, pauses: Bool = false) -> MachineStage {
    switch state {
    case .idle: MachineStage()
    case .preparing: MachineStage().after(.begin)
    case .connecting: at(.preparing).after(.ready(AgentManner(streams: true, isCurrent: true, pauses: pauses)))
    case .leaving: at(.connecting, pauses: pauses).after(.connected)
    case .sending: at(.leaving, pauses: pauses).after(.leaves)
    case .blocking:
      MachineStage(streams: false)
        .after(.begin, .ready(AgentManner(streams: false, isCurrent: true)), .connected, .leaves)
    case .following: at(.sending, pauses: pauses).after(.event(Self.task(.working)))
    case .afterAMessage: at(.waiting).after(saying(more))
    case .pausing: at(.following).after(.failed(RunFault(.lost, "It was cut.")))
    case .subscribing: at(.pausing).afterItsTime()
    case .looking: at(.following).after(.failed(RunFault(.refused(.internalError), "It said no.")))
    case .searching: at(.sending).after(.failed(RunFault(.lost, "It was cut.")))
    case .resuming: MachineStage(phase: .handedOver, state: .working).after(.begin)
    case .waiting:
      at(.following).after(.event(status(.inputRequired)), .closed, .event(Self.task(.inputRequired)), .closed)
    case .ending: at(.following).after(.failed(RunFault(.breach, "It broke the rules.")))
    case .ended: at(.following).after(.event(status(.completed)))
    case .over: at(.ended).after(.closed)
    case .cancelling: at(.following).after(cancel, .cancelLeft(round: 0))
    case .agreed: at(.cancelling).after(.cancelAnswered(shown(.working), round: 0))
    case .askedAgain: at(.agreed).afterItsTime()
    case .saidNo: at(.cancelling).after(.cancelFailed(no, round: 0))
    case .unreached: at(.following).after(cancel, .cancelFailed(RunFault(.unreachable, "Nobody is there."), round: 0))
    case .deaf: at(.askedAgain).afterItsTime()
    case .cancellingWaiting: at(.waiting).after(cancel, .cancelLeft(round: 0))
    case .saidAtEnd: at(.following).after(saying(more), .event(status(.completed)))
    case .toPause: at(.following, pauses: true).after(pausing)
    }
  }

  func after(_ inputs: RunInput...) -> MachineStage {
    var stage = self
    for input in inputs { stage.feed(input) }
    return stage
  }

  func afterItsTime() -> MachineStage {
    var stage = self
    stage.waitForIt()
    return stage
  }

  @discardableResult
  mutating func feed(_ input: RunInput) -> [RunAction] {
    actions = machine.handle(input, at: now)
    return actions
  }

  /// Turns the clock to the next thing that is due.
  @discardableResult
  mutating func waitForIt() -> [RunAction] {
    guard let due = machine.wakeAt else { return [] }
    turn(by: max(0, due - now.steady))
    return feed(.time)
  }

  mutating func turn(by milliseconds: Int64) {
    now.wall += milliseconds
    now.steady += milliseconds
  }

  // MARK: What people want

  static let cancel = command(.cancel(why: nil))
  static let pausing = command(.pause(why: nil), id: "p1")
  static let resuming = command(.resume, id: "p2")

  static func command(_ act: RunCommand.Act, id: String = "c1", by: String = "kim") -> RunInput {
    .command(RunCommand(id: id, by: by, act: act), ticket: 1)
  }

  static func saying(_ message: Message) -> RunInput {
    .command(RunCommand(id: "s-\(message.id)", by: "kim", act: .say(message)), ticket: 2)
  }

  // MARK: What an agent says

  /// At a time that no status of the gateway's has.
  static func task(_ state: TaskState, id: String = "a1", artifacts: [Artifact]? = nil) -> TaskEvent {
    .task(shown(state, id: id, artifacts: artifacts))
  }

  static func shown(_ state: TaskState, id: String = "a1", artifacts: [Artifact]? = nil) -> AgentTask {
    var task = AgentTask(id: id, contextID: "inner", status: TaskStatus(state, timestamp: at(state)))
    task.artifacts = artifacts
    return task
  }

  static func status(_ state: TaskState) -> TaskEvent {
    .status(.init(taskID: "a1", contextID: "inner", status: TaskStatus(state, timestamp: at(state))))
  }

  static func piece(_ text: String, append: Bool = false, last: Bool = false) -> TaskEvent {
    .artifact(
      .init(
        taskID: "a1", contextID: "inner", artifact: Artifact(id: "report", parts: [.text(text)]), append: append,
        lastChunk: last))
  }

  /// The same state at the same time is the same status.
  private static func at(_ state: TaskState) -> Timestamp {
    Timestamp(millisecondsSince1970: 1_772_357_410_000 + Int64(state.rawValue))
  }
}

extension RunAction {
  /// In a word or two, for comparing.
  var short: String {
    switch self {
    case .write(let write):
      (write.isHeldBack ? "hold " : "write ") + write.entries.map(\.short).joined(separator: "+")
        + (write.memory == nil ? "" : "&memory") + (write.memos.isEmpty ? "" : "&memo")
        + (write.showsChange ? "!" : "")
    case .prepare: "prepare"
    case .send(let message): "send \(message.id)"
    case .subscribe: "subscribe"
    case .look: "look"
    case .search: "search"
    case .hangUp: "hang up"
    case .cancel: "cancel"
    case .say(let message): "say \(message.id)"
    case .answer(_, .taken(let receipt)): receipt.isRepeated ? "answer again" : "answer taken"
    case .answer(_, .refused(let refusal)): "answer \(refusal.code ?? "")"
    case .tell(.handedOver): "tell handed over"
    case .tell(.lost): "tell lost"
    case .tell(.found): "tell found"
    case .tell(.gap): "tell gap"
    case .tell(.late): "tell late"
    case .tell(.repeated): "tell repeated"
    case .tell(.verdict(let verdict)): "tell \(verdict.word.rawValue)"
    case .tell(.ended(let state, let failure, _)):
      "tell ended \(state.word)" + (failure.map { " \($0.rawValue)" } ?? "")
    case .finish: "finish"
    }
  }
}

extension Entry {
  /// Its kind, and what of it is most telling.
  var short: String {
    let text = String(decoding: payload, as: UTF8.self)
    if kind == .verdict, let word = text.firstMatch(of: /"verdict":"([a-z-]+)"/) { return "verdict \(word.1)" }
    let words = [
      "handed-over", "agent-lost", "agent-found", "delivered",
      "TASK_STATE_WORKING", "TASK_STATE_COMPLETED", "TASK_STATE_FAILED", "TASK_STATE_CANCELED",
      "TASK_STATE_INPUT_REQUIRED", "artifact",
    ]
    let word = words.first { text.contains($0) } ?? ""
    return kind.name + (word.isEmpty ? "" : " " + word.replacing("TASK_STATE_", with: "").lowercased())
  }
}

extension RunMachine.Phase {
  var short: String {
    switch self {
    case .idle: "idle"
    case .preparing: "preparing"
    case .connecting: "connecting"
    case .leaving: "leaving"
    case .sending: "sending"
    case .blocking: "blocking"
    case .following(nil): "following"
    case .following: "after a message"
    case .reaching(let reach):
      switch reach.step {
      case .preparing: "resuming"
      case .subscribing: "subscribing"
      case .looking: "looking"
      case .searching: "searching"
      case .pausing(_, let next): "pausing to \(next)"
      }
    case .waiting: "waiting"
    case .ending: "ending"
    case .ended: "ended"
    case .over: "over"
    }
  }
}
