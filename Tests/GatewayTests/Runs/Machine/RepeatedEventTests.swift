import A2A
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What an agent says again is in the record once, and what it only seems to say again is there as often as it was said.
@Suite struct RepeatedEventTests {
  /// A gateway that is killed at any moment, and its line that breaks at any moment.
  private struct Lives {
    var stage = MachineStage(phase: .handedOver, state: .working)
    var records: [Record] = []
    var memos: [String: Memo] = [:]
    /// What was written and is not stored, event by event.
    var unstored: [[RunWrite]] = []

    mutating func hear(_ events: [TaskEvent]) {
      for event in events { unstored.append(writes(stage.feed(.event(event)))) }
    }

    func writes(_ actions: [RunAction]) -> [RunWrite] {
      actions.compactMap { if case .write(let write) = $0 { write } else { nil } }
    }

    mutating func store(_ count: Int) {
      for write in unstored.prefix(count).joined() {
        for entry in write.entries {
          records.append(
            Record(
              offset: Int64(records.count + 1), task: "t", seq: Int64(records.count + 1), time: stage.now.wall,
              kind: entry.kind, origin: entry.origin, payload: entry.payload))
        }
        for memo in write.memos { memos[memo.name] = memo }
      }
      unstored.removeFirst(min(count, unstored.count))
    }

    /// The gateway is killed, and started anew.
    mutating func die() {
      unstored = []
      var image = TaskImage(
        task: AgentTask(id: "t", contextID: "outer", status: TaskStatus(.working)))
      for record in records { image.take(record) }
      let asked = memos.values.filter { $0.name.hasPrefix(TaskQuestion.family) }.sorted { $0.name < $1.name }.questions
      stage.machine = RunMachine(
        agent: "agent", memory: stage.machine.memory, image: image, first: nil, updated: stage.now.wall,
        deadlines: RunDeadlines(), questions: RunQuestions(asked, isShown: image.task.status.state.isInterrupted),
        latest: records.suffix(RunSayings.limit), random: { 0.5 })
      subscribe()
    }

    mutating func subscribe() {
      unstored.append(writes(stage.feed(.begin)))
      unstored.append(writes(stage.feed(.ready(AgentManner(streams: true, isCurrent: true)))))
    }

    /// The line breaks, and is there again.
    mutating func lose() {
      unstored.append(writes(stage.feed(.failed(RunFault(.lost, "It was cut.")))))
      unstored.append(writes(stage.waitForIt()))
    }
  }

  @Test func `whatever is lost, and whatever is said again, each report is in the record once`() throws {
    var repetitions = 0
    for seed in 0..<600 {
      var random = SeededRandom(seed: UInt64(seed))
      var agent = RepeatingAgent(40, &random)
      var lives = Lives()
      lives.stage.machine = MachineStage(phase: .handedOver, state: .working).machine
      lives.die()
      for _ in 0..<6 {
        lives.hear(agent.line(Int.random(in: 0...10, using: &random)))
        let untaken = Int.random(in: 0...1, using: &random)
        if Bool.random(using: &random) {
          // What it took for heard goes down with the gateway; or else all is stored, and the last is taken for unheard.
          let lost = untaken > 0 ? 0 : min(Int.random(in: 0...3, using: &random), lives.unstored.count)
          lives.store(lives.unstored.count - lost)
          lives.die()
          agent.breaks(unheard: lost, untaken: untaken, &random)
        } else {
          lives.lose()
          agent.breaks(unheard: 0, untaken: untaken, &random)
        }
      }
      lives.hear(agent.line(agent.events.count))
      repetitions += lives.stage.actions.count { $0 == .tell(.repeated) }
      lives.store(.max)
      let events = try lives.records.filter { $0.kind == .event }
        .map { try TaskEvent(reading: try JSONValue(parsing: $0.payload)) }
      let steps = events.compactMap { RepeatingAgent.step($0) }
      #expect(steps.sorted() == Array(1...40), "seed \(seed): \(steps)")
      if steps.sorted() != Array(1...40) { return }
    }
  }

  // MARK: One line

  private func said(
    _ state: TaskState, _ id: String?, _ text: String = "", at time: Int64? = nil, beside report: String? = nil
  ) -> TaskEvent {
    var status = TaskStatus(state, timestamp: time.map { Timestamp(millisecondsSince1970: 1_772_357_410_000 + $0) })
    status.message = id.map { Message(id: $0, role: .agent, text: text, contextID: "inner", taskID: "a1") }
    var update = TaskEvent.StatusUpdate(taskID: "a1", contextID: "inner", status: status)
    if let report {
      var told = ProgressReport(.progress)
      told.message = report
      update.metadata = told.metadata()
    }
    return .status(update)
  }

  /// How many of these are written, one behind the other, on a line that has not broken.
  private func written(_ events: TaskEvent...) -> Int {
    var stage = MachineStage.at(.following)
    return events.reduce(0) { count, event in
      count + stage.feed(.event(event)).count { if case .write = $0 { true } else { false } }
    }
  }

  @Test func `the same words under the same id are one, and it is counted`() {
    let one = said(.working, "m-1", "Looking.", at: 1)
    #expect(written(one, one, said(.working, "m-2", "Looking.", at: 2), one) == 2)
    var stage = MachineStage.at(.following).after(.event(one))
    #expect(stage.feed(.event(one)).map(\.short) == ["tell repeated"])
  }

  @Test func `an id alone says nothing, and neither do words`() {
    let one = said(.working, "m-1", "Looking.", at: 1)
    #expect(written(one, said(.working, "m-1", "Found.", at: 1), said(.working, "m-1", "Looking.", at: 2)) == 3)
    #expect(written(one, said(.working, "m-1", "Looking.", at: 1, beside: "1")) == 2)
    #expect(written(said(.working, nil, at: 1), said(.working, nil, at: 1)) == 2)
    #expect(written(said(.working, "", "Looking.", at: 1), said(.working, "", "Looking.", at: 1)) == 2)
  }

  @Test func `what brings the task into another state is never dropped on a line that stands`() {
    let (works, asks) = (said(.working, "m-1", "Go.", at: 1), said(.inputRequired, "m-2", "Which?", at: 2))
    #expect(written(works, asks, works) == 3)
    var stage = MachineStage.at(.following).after(.event(works), .event(asks), .event(works))
    #expect(stage.machine.state == .working)
    // On a new one it is what was said before, if its time says so.
    stage = stage.after(.event(asks), .failed(RunFault(.lost, "It was cut."))).afterItsTime()
    let ours = stage.machine.image.task.status
    var shown = MachineStage.shown(.working)
    if case .status(let update) = works { shown.status = update.status }
    #expect(stage.feed(.event(.task(shown))).map(\.short) == ["write note agent-found", "tell found"])
    #expect(stage.feed(.event(works)).map(\.short) == ["tell repeated"])
    #expect(stage.machine.image.task.status == ours)
  }

  @Test func `without a time it may be what the task has come back to`() {
    let (works, asks) = (said(.working, "m-1", "Go."), said(.inputRequired, "m-2", "Which?"))
    var stage = MachineStage.at(.following).after(.event(works), .event(asks), .failed(RunFault(.lost, "It was cut.")))
      .afterItsTime()
    var shown = MachineStage.shown(.working)
    if case .status(let update) = works { shown.status = update.status }
    stage.feed(.event(.task(shown)))
    #expect(stage.machine.state == .working)
  }

  @Test func `reports amid a question have its id, and are all written`() {
    let asks = said(.inputRequired, "m-1", "Which?", at: 1)
    let waits = said(.inputRequired, "m-1", "Which?", at: 1, beside: "Still looking.")
    #expect(written(asks, waits, waits, said(.inputRequired, "m-1", "Which?", at: 1, beside: "Found.")) == 4)
  }

  @Test func `what lies too far back is not known any more`() {
    var stage = MachineStage.at(.following)
    for number in 0...RunSayings.limit { stage.feed(.event(said(.working, "m-\(number)", "Step.", at: Int64(number)))) }
    #expect(stage.feed(.event(said(.working, "m-1", "Step.", at: 1))).map(\.short) == ["tell repeated"])
    #expect(stage.feed(.event(said(.working, "m-0", "Step.", at: 0))).map(\.short).contains { $0.hasPrefix("write") })
  }
}
