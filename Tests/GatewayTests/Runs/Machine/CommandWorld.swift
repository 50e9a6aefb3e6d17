import A2A
import HTTP
import Journal
import TestSupport

@testable import Gateway

/// A machine with a journal, people and an agent made of dice. Whatever they do, what is journaled is held against what must always be so.
struct CommandWorld {
  private(set) var trail: [String] = []
  private(set) var fault: String?
  /// Verdicts that were given, by their words.
  private(set) var words: [String: Int] = [:]
  private var random: SeededRandom
  private var stage: MachineStage
  private let manner: AgentManner

  // What a gateway that is killed takes along
  private var held: [RunWrite] = []
  private var heldAnswers: [(CommandAnswer, RunCommand?)] = []

  // What outlives the gateway
  private var records: [Record] = []
  private var memos: [String: Memo] = [:]
  private var memory: RunMemory
  private var isOver = false

  // What is under way
  private var line: RunAction?
  private var hasConnected = false
  private var cancels: [Int] = []
  private var says: [String] = []
  private var tickets: [Int: RunCommand] = [:]
  private var ids = 0

  // What people know
  private var taken: [RunCommand.Key: CommandReceipt] = [:]
  private var verdicts: [RunCommand.Key: Verdict] = [:]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    manner = AgentManner(streams: seed % 5 != 0, isCurrent: true, pauses: seed % 3 != 0)
    stage = MachineStage(streams: seed % 5 != 0)
    memory = stage.machine.memory
    for _ in 1...2 { keep(Entry(.event, origin: "test", payload: Array("{}".utf8))) }
  }

  mutating func play(steps: Int) {
    feed("begin", .begin)
    for _ in 0..<steps where fault == nil && !isOver { step() }
    // Nobody answers any more, and times come.
    for _ in 0..<3000 where fault == nil && !isOver { fallSilent() }
    guard fault == nil else { return }
    if !isOver { fault = "it is never over, in \(stage.machine.phase)" }
    let open = taken.keys.filter { verdicts[$0] == nil }
    if !open.isEmpty { fault = "no verdict on \(open.map(\.id).sorted())" }
  }

  // MARK: What happens

  private mutating func step() {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<5: give()
    case 5..<7: wait()
    case 7..<10: answerBeside()
    case 10: if Int.random(in: 0..<4, using: &random) == 0 { die() }
    case 11: if stage.machine.hasEnded { feed("leave", .leave) }
    default: lineBrings()
    }
  }

  private mutating func give() {
    let isOld = ids > 0 && Int.random(in: 0..<5, using: &random) == 0
    if !isOld { ids += 1 }
    let number = isOld ? Int.random(in: 1...ids, using: &random) : ids
    let by = ["kim", "alex"][number % 2]
    let acts: [RunCommand.Act] = [
      .cancel(why: nil), .say(Message(id: "m-\(number)", role: .user, text: "More.")), .pause(why: nil), .resume,
    ]
    // The same id is the same command, most often.
    let act =
      isOld && Int.random(in: 0..<4, using: &random) == 0 ? acts.randomElement(using: &random) : acts[number % 4]
    let command = RunCommand(id: "c\(number)", by: by, act: act ?? .resume)
    tickets[tickets.count] = command
    feed("\(command.word) \(command.id)", .command(command, ticket: tickets.count - 1))
  }

  private mutating func wait() {
    guard let due = stage.machine.wakeAt else { return }
    if Bool.random(using: &random) { stage.turn(by: max(0, due - stage.now.steady)) } else { stage.turn(by: 100) }
    feed("time", .time)
    if let next = stage.machine.wakeAt, next <= stage.now.steady, due <= stage.now.steady {
      fault = "due again at once"
    }
  }

  private mutating func answerBeside() {
    let failure = RunFault(
      [.refused(.taskNotCancelable), .refused(.taskNotFound), .unreachable, .lost, .slow].randomElement(using: &random)
        ?? .lost, "Trouble.")
    if !says.isEmpty, Bool.random(using: &random) {
      let id = says.remove(at: Int.random(in: 0..<says.count, using: &random))
      let isTaken = Bool.random(using: &random)
      return feed(
        "\(isTaken ? "" : "not ")taken \(id)", isTaken ? .taken(messageID: id) : .notTaken(messageID: id, failure))
    }
    guard let index = cancels.indices.randomElement(using: &random) else { return }
    let round = cancels[index]
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1: feed("cancel left", .cancelLeft(round: round))
    case 2:
      cancels.remove(at: index)
      let state: TaskState = [.working, .working, .canceled].randomElement(using: &random) ?? .working
      feed("cancel shows \(state.word)", .cancelAnswered(MachineStage.shown(state), round: round))
    default:
      cancels.remove(at: index)
      feed("cancel failed \(failure.kind)", .cancelFailed(failure, round: round))
    }
  }

  private mutating func lineBrings() {
    guard stage.machine.line != .none, let line else { return }
    if Int.random(in: 0..<8, using: &random) == 0 {
      return feed(
        "failed", .failed(RunFault([.lost, .unreachable, .slow].randomElement(using: &random) ?? .lost, "Cut.")))
    }
    let state: TaskState =
      [.working, .working, .working, .inputRequired, .completed].randomElement(using: &random) ?? .working
    let shown = MachineStage.shown(state)
    switch line {
    case .prepare: feed("ready", .ready(manner))
    case .look: feed("shown \(state.word)", .shown(shown))
    case .search: feed("found", .found(Bool.random(using: &random) ? shown : nil))
    case .send where !hasConnected:
      hasConnected = true
      feed("connected", .connected)
      if !isOver, stage.machine.line != .none { feed("leaves", .leaves) }
    case .send where !manner.streams: feed("answered \(state.word)", .answered(.task(shown)))
    case .send, .subscribe:
      if Int.random(in: 0..<5, using: &random) == 0 { return feed("closed", .closed) }
      feed("event \(state.word)", .event(Bool.random(using: &random) ? .task(shown) : MachineStage.status(state)))
    default: break
    }
  }

  private mutating func fallSilent() {
    if !says.isEmpty {
      feed("not taken", .notTaken(messageID: says.removeFirst(), RunFault(.lost, "Silent.")))
    } else if !cancels.isEmpty {
      feed("cancel failed", .cancelFailed(RunFault(.lost, "Silent."), round: cancels.removeFirst()))
    } else if let due = stage.machine.wakeAt {
      stage.turn(by: max(0, due - stage.now.steady))
      feed("time", .time)
    } else {
      feed("failed", .failed(RunFault(.lost, "Silent.")))
    }
  }

  /// The gateway is killed and started anew: what is left is what was stored.
  private mutating func die() {
    trail.append("killed")
    (line, cancels, says, held, heldAnswers) = (nil, [], [], [], [])
    let memories = memos.values.compactMap { CommandMemory($0) }
    let open = memories.filter { !$0.isSettled }.sorted { $0.seq < $1.seq }
      .compactMap { memory in RunCommands.Open(memory, records[Int(memory.seq) - 1]) }
    let commands = RunCommands(memories, open: open)
    let image = stage.machine.imageToStore.task
    guard !isFinal else { return isOver = true }
    stage.turn(by: 500)
    stage.machine = RunMachine(
      agent: "agent", memory: memory, image: TaskImage(task: image, seq: Int64(records.count)),
      first: memory.phase == .waiting ? MachineStage.first : nil, updated: stage.now.wall, deadlines: RunDeadlines(),
      commands: commands, random: { 0.5 })
    feed("begin", .begin)
  }

  // MARK: What comes of it

  private var isFinal = false

  private mutating func feed(_ name: String, _ input: RunInput) {
    trail.append(name)
    for action in stage.feed(input) where fault == nil { take(action) }
    if held.isEmpty { endFault() }
    let unstored = held.reduce(0) { $0 + $1.entries.count }
    if Int(stage.machine.image.seq) != records.count + unstored {
      fault = fault ?? "the image is at \(stage.machine.image.seq)"
    }
    if Int(stage.machine.imageToStore.seq) != records.count { fault = fault ?? "what is stored has another image" }
  }

  private mutating func take(_ action: RunAction) {
    if isOver, !action.isAnswer { return fault = "\(action.short) after the finish" }
    switch action {
    case .write(let write) where write.isHeldBack: held.append(write)
    case .write(let write):
      for write in held + [write] { store(write) }
      held = []
      for (answer, command) in heldAnswers { hear(answer, to: command) }
      heldAnswers = []
    case .prepare, .subscribe, .look, .search, .send: (line, hasConnected) = (action, false)
    case .hangUp: line = nil
    case .cancel(_, let round): cancels.append(round)
    case .say(let message): says.append(message.id)
    // Who asks is answered when all is stored that was written before.
    case .answer(let ticket, let answer) where !held.isEmpty: heldAnswers.append((answer, tickets[ticket]))
    case .answer(let ticket, let answer): hear(answer, to: tickets[ticket])
    case .finish: isOver = true
    case .tell: break
    }
  }

  private mutating func store(_ write: RunWrite) {
    for entry in write.entries { keep(entry) }
    memory = write.memory ?? memory
    for memo in write.memos {
      memos[memo.name] = memo
      guard let command = CommandMemory(memo) else { continue }
      // What is remembered fits what is journaled.
      if !text(command.seq).contains("\"id\":\"\(command.key.id)\"") {
        fault = "no record \(command.seq) of \(memo.name)"
      }
      if let verdict = command.verdict, verdicts[command.key] != verdict { fault = "another verdict in \(memo.name)" }
    }
    if stage.machine.imageToStore.task.status.state.isTerminal { isFinal = true }
  }

  /// Nobody reads on behind the end of a task.
  private mutating func endFault() {
    guard isFinal else { return }
    let open = taken.keys.filter { verdicts[$0] == nil }
    if !open.isEmpty { fault = fault ?? "the end came before the verdict on \(open.map(\.id).sorted())" }
  }

  private mutating func keep(_ entry: Entry) {
    let record = Record(
      offset: Int64(records.count + 1), task: "t", seq: Int64(records.count + 1), time: stage.now.wall,
      kind: entry.kind, origin: entry.origin, payload: entry.payload)
    records.append(record)
    guard entry.kind == .verdict, let verdict = Verdict(record) else { return }
    if verdicts[verdict.key] != nil { fault = "two verdicts on \(verdict.id)" }
    verdicts[verdict.key] = verdict
    words["\(verdict.command) \(verdict.word.rawValue)", default: 0] += 1
  }

  private mutating func hear(_ answer: CommandAnswer, to command: RunCommand?) {
    guard let command else { return fault = "an answer to nobody" }
    switch answer {
    case .refused(let refusal):
      if let known = taken[command.key], refusal != .commandIDTaken { fault = "\(known.id) was taken before" }
    case .taken(let receipt):
      guard let known = taken[command.key] else {
        if receipt.isRepeated { fault = "\(receipt.id) is new" }
        if !text(receipt.seq).contains("\"id\":\"\(command.id)\"") {
          fault = "no record \(receipt.seq) of \(receipt.id)"
        }
        return taken[command.key] = receipt
      }
      if !receipt.isRepeated || receipt.seq != known.seq { fault = "\(receipt.id) was taken twice" }
      if receipt.verdict != nil, receipt.verdict != verdicts[command.key] { fault = "another verdict on \(receipt.id)" }
    }
  }

  private func text(_ seq: Int64) -> String {
    records.indices.contains(Int(seq) - 1) ? String(decoding: records[Int(seq) - 1].payload, as: UTF8.self) : ""
  }
}

extension RunAction {
  fileprivate var isAnswer: Bool { if case .answer = self { true } else { false } }
}
