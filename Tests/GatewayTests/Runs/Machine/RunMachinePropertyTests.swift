import A2A
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Whatever happens, in whatever order.
@Suite struct RunMachinePropertyTests {
  /// Holds what a machine does against what must always be so.
  private struct Watch {
    var entries = 2
    var hasEnded = false
    var ends = 0
    var finishes = 0
    var firstSends = 0
    var isRemembered = false
    var call: RunAction?
    var way = Way.none
    var cancels = 0
    var says = 0

    /// How far the message is that the line was asked to send.
    enum Way {
      case none
      case connecting
      case connected
      case left
      case answered
    }

    /// - Parameter name: of what it was told.
    mutating func take(_ name: String, _ actions: [RunAction], _ stage: MachineStage) -> String? {
      switch name {
      case "connected": way = .connected
      case "leaves":
        way = .left
        if !isRemembered { return "the message left before that was remembered" }
      case let name where RunMachinePropertyTests.events.contains(name): way = .answered
      default: break
      }
      if finishes > 0, !actions.allSatisfy({ if case .answer = $0 { true } else { false } }) {
        return "something after the finish"
      }
      for action in actions {
        if let fault = take(action) { return fault }
      }
      if Int(stage.machine.image.seq) != entries {
        return "\(entries) records, the image has \(stage.machine.image.seq)"
      }
      if hasEnded != stage.machine.state.isTerminal { return "the state is \(stage.machine.state)" }
      return livenessFault(stage)
    }

    private mutating func take(_ action: RunAction) -> String? {
      switch action {
      case .prepare, .subscribe, .look, .search: (call, way) = (action, .none)
      case .send: (call, way) = (action, .connecting)
      case .cancel: cancels += 1
      case .say: says += 1
      default: break
      }
      switch action {
      case .write(let write):
        for entry in write.entries {
          entries += 1
          if hasEnded, ![.late, .note, .command, .verdict, .question].contains(entry.kind) {
            return "\(entry.short) after the end"
          }
          if entry.kind == .event, ["completed", "failed", "canceled"].contains(where: entry.short.contains) {
            hasEnded = true
          }
        }
        if write.memory?.phase == .handingOver { isRemembered = true }
      case .send(let message) where message.id == "m1":
        firstSends += 1
        if firstSends > 1 { return "the message was sent twice" }
        if isRemembered { return "that it may have left is remembered before it can have" }
        if message.taskID != nil || message.contextID != "inner" { return "the agent sees our names" }
      case .send(let message), .say(let message):
        if message.taskID != "a1" || message.contextID != "inner" { return "the agent sees our names" }
      case .tell(.ended): ends += 1
      case .finish: finishes += 1
      default: break
      }
      return ends > 1 ? "two ends" : finishes > 1 ? "two finishes" : nil
    }

    /// What may come of the calls that are under way, and from people. A line brings only what it was asked for.
    func mayCome(_ name: String, _ stage: MachineStage) -> Bool {
      switch name {
      case "begin", "time", "cancel", "another cancel", "message", "pause", "resume", "leave": return true
      case "taken", "not taken", "pause taken": return says > 0
      case "cancel left": return cancels > 0
      case let name where name.hasPrefix("cancel"): return cancels > 0
      default: break
      }
      guard stage.machine.line != .none else { return false }
      let isFailure = RunMachinePropertyTests.failures.contains(name)
      switch way {
      case .none, .answered: break
      case .connecting: return name == "connected" || (isFailure && name != "late")
      // A connection that was kept may turn out to be over, and then there is another.
      case .connected: return name == "leaves" || name == "connected" || (isFailure && name != "late")
      case .left: if name == "connected" { return true }
      }
      switch call {
      case .prepare: return name == "ready" || (isFailure && name != "late")
      case .look: return name.hasPrefix("shown") || (isFailure && name != "late")
      case .search: return name.hasPrefix("found") || (isFailure && name != "late")
      case .send where !stage.machine.manner.streams: return name.hasPrefix("answered") || (isFailure && name != "late")
      case .send, .subscribe:
        let isOver = stage.machine.hasEnded
        if name == "answer" { return false }
        if name == "late" { return isOver }
        return isFailure || name == "closed"
          || (!isOver && RunMachinePropertyTests.events.contains(name))
      default: return false
      }
    }

    /// Something will happen: a call is under way, or a time is due.
    private func livenessFault(_ stage: MachineStage) -> String? {
      let machine = stage.machine
      if case .idle = machine.phase { return nil }
      if case .over = machine.phase { return finishes == 1 ? nil : "it is over without a finish" }
      return machine.line == .none && machine.wakeAt == nil && cancels == 0
        ? "nothing will ever happen in \(machine.phase)" : nil
    }
  }

  private static let failures = [
    "unreachable", "unwelcome", "lost", "slow", "not found", "unsupported", "breach", "late",
  ]
  private static let events = ["task", "working", "asks", "completed", "piece"]

  @Test func `there is one end, nothing is sent twice, and something is always due`() {
    for seed in 0..<6000 {
      var random = SeededRandom(seed: UInt64(seed))
      var stage =
        seed.isMultiple(of: 4)
        ? MachineStage(phase: .handedOver, state: .working)
        : seed % 4 == 1 ? MachineStage(phase: .handingOver) : MachineStage()
      var watch = Watch()
      watch.isRemembered = seed % 4 == 1
      var trail: [String] = ["begin"]
      var fault = watch.take("begin", stage.feed(.begin), stage)
      for _ in 0..<40 where fault == nil {
        let possible = RunMachineTableTests.inputs.filter { watch.mayCome($0.0, stage) }
        let (name, input) = possible.randomElement(using: &random) ?? ("time", .time)
        trail.append(name)
        if name.hasPrefix("cancel"), name != "cancel", name != "cancel left" { watch.cancels -= 1 }
        if name.hasSuffix("taken") { watch.says -= 1 }
        if case .time = input {
          fault = watch.take(name, stage.waitForIt(), stage)
          if let due = stage.machine.wakeAt, due <= stage.now.steady, fault == nil { fault = "it is due again at once" }
        } else {
          stage.turn(by: Int64.random(in: 0...3000, using: &random))
          fault = watch.take(name, stage.feed(input), stage)
        }
      }
      #expect(fault == nil, "seed \(seed): \(trail)")
      if fault != nil { return }
    }
  }

  @Test func `an agent that falls silent is not waited for without end`() {
    for state in MachineStage.State.allCases where state != .idle && state != .over {
      var stage = MachineStage.at(state)
      // A call without an answer fails at its own deadline, in Wire.
      for _ in 0..<2000 where stage.machine.phase != .over {
        if stage.machine.wakeAt == nil {
          stage.feed(.failed(RunFault(.lost, "It was silent.")))
        } else {
          stage.waitForIt()
        }
        if stage.machine.state.isInterrupted { stage.feed(MachineStage.saying(MachineStage.more)) }
      }
      #expect(stage.machine.phase == .over, "\(state)")
      #expect(stage.machine.state.isTerminal, "\(state)")
    }
  }

  @Test func `an agent that has taken an answer and closes what is open is looked at once more, and then waited for`() {
    // It asks and lets the stream stand, so the answer goes beside the line, and is taken when everything is closed, or just before.
    let asked = MachineStage.at(.following).after(.event(MachineStage.status(.inputRequired)))
    let said = asked.after(MachineStage.saying(MachineStage.more), .closed)
    let snapshot = RunInput.event(MachineStage.task(.inputRequired))
    for stage in [
      said.after(.taken(messageID: "m2"), snapshot, .closed), said.after(snapshot, .taken(messageID: "m2"), .closed),
      said.after(snapshot, .closed, .taken(messageID: "m2")),
    ] {
      #expect(stage.machine.phase.short == "subscribing")
      #expect(stage.after(snapshot, .closed).machine.phase.short == "waiting")
    }
    // What it said since is the news.
    let isBack = said.after(.taken(messageID: "m2"), .event(MachineStage.task(.working)))
      .after(.event(MachineStage.status(.inputRequired)), .closed)
    #expect(isBack.machine.phase.short == "waiting")
  }

  @Test func `the time to the first event begins when the message leaves`() {
    for state in [MachineStage.State.connecting, .leaving] {
      #expect(MachineStage.at(state).machine.wakeAt == nil)
    }
    var stage = MachineStage.at(.leaving)
    stage.turn(by: 60_000)
    stage.feed(.leaves)
    #expect(stage.machine.wakeAt == stage.now.steady + 10_000)
  }

  @Test func `the time in which somebody is asked does not count`() {
    var stage = MachineStage.at(.following)
    stage.turn(by: 800_000)
    stage.feed(.event(MachineStage.status(.inputRequired)))
    stage.turn(by: 3_600_000)
    stage.feed(.time)
    #expect(stage.machine.phase == .following(nil))
    stage.feed(.event(MachineStage.status(.working)))
    #expect(stage.machine.memory.waited == 3_600_000)
    // 900 s in all.
    #expect(stage.machine.wakeAt == stage.now.steady + 100_000)
    stage.turn(by: 100_000)
    #expect(stage.feed(.time).map(\.short) == ["cancel"])
  }
}
