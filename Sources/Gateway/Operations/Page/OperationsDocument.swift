import Identity
import JSON
import Telemetry
import Wire

/// What `GET /api/operations` answers: how the gateway does, for one who may see that. Read at one moment, and bounded: what is many is
/// shown in part, and its number is told.
struct OperationsDocument: Sendable {
  let sources: OperationsSources
  let figures: MetricFigures
  let recent: OperationsRounds.Recent
  let mayAdminister: Bool
  private let agents: [KnownAgent]
  private let work: Runs.Load
  private let questions: Int?
  private let journal: JournalFacts
  private let residentBytes: Int?
  private let listeners: [(GatewayStatus.Listener, connections: Int)]
  private let now: (time: Int64, steady: Int64)

  init(_ sources: OperationsSources, for principal: Principal) async {
    self.sources = sources
    figures = MetricFigures(metrics: sources.metrics)
    recent = sources.rounds.recent
    mayAdminister = principal.decide(.administer, on: .gateway).isAllowed
    // Who has the gateway in hand knows of all of them; to others, some are not there.
    agents = mayAdminister ? sources.agents.all : sources.agents.all(for: principal)
    work = await sources.runs.load
    questions = try? await OperationsRounds.openQuestions(sources.records.journal)
    journal = await JournalFacts(of: sources.records)
    residentBytes = (try? await BlockingPool.shared.run { ProcessFigures.residentBytes }) ?? nil
    var listeners: [(GatewayStatus.Listener, connections: Int)] = []
    for listener in sources.status.listeners { listeners.append((listener, await sources.connections(listener.name))) }
    self.listeners = listeners
    now = (sources.clock.milliseconds(), sources.clock.steady())
  }

  var json: [UInt8] {
    let status = sources.status
    var writer = JSONWriter(reserving: 1 << 15)
    writer.object { object in
      object.member("version", status.version)
      object.member("time", RFC3339.text(millisecondsSince1970: now.time))
      object.member("monotonicMilliseconds", now.steady)
      object.member("started", status.startedText)
      object.member("uptimeSeconds", Int(status.uptime.components.seconds))
      object.member("phase", status.phase.rawValue)
      object.member("ready", status.isReady)
      object.member("loops", status.loops)
      object.member("mayAdminister", mayAdminister)
      object.array("settingsPending") { list in for key in status.pending { list.string(key) } }
      object.object("tasks", writeTasks)
      writeAgents(to: &object)
      object.object("connections", writeConnections)
      object.object("counters", writeCounters)
      object.object("journal", writeJournal)
      object.object("hub", writeHub)
      object.array("listeners") { list in
        for (listener, connections) in listeners { listener.write(connections: connections, to: &list) }
      }
      object.object("process", writeProcess)
      object.array("refusals") { list in
        for entry in sources.refusals.all { entry.write(to: &list, withNames: mayAdminister) }
      }
      object.object("history") { recent.history.write(now: now, to: &$0) }
    }
    return writer.bytes
  }

  private func writeTasks(to object: inout JSONWriter) {
    object.member("running", work.all.running)
    object.member("waiting", work.all.waiting)
    object.member("questionsOpen", ifPresent: questions)
    let ended = "signalbox_tasks_ended_total"
    object.object("ended") { Self.write(figures.counts(ended, by: "state"), to: &$0) }
    object.object("failures") { list in
      Self.write(figures.counts(ended, by: "failure").filter { !$0.key.isEmpty }, to: &list)
    }
    object.member("gaps", figures.count("signalbox_task_gaps_total"))
    object.member("late", figures.count("signalbox_task_late_events_total"))
  }

  /// So many agents are shown, those that are not well before the others.
  static let shownAgents = 40

  private func writeAgents(to object: inout JSONWriter) {
    let handOvers = figures.times(OperationsNames.handOver, by: "agent")
    let inOrder = agents.map { (agent: $0, health: $0.health) }.sorted { one, other in
      let (first, second) = (one.health.state == .well, other.health.state == .well)
      return first == second ? one.agent.name < other.agent.name : second
    }
    object.array("agents") { list in
      for (agent, health) in inOrder.prefix(Self.shownAgents) {
        let figures = AgentFigures(
          of: agent, work: work, times: handOvers[agent.name], window: recent.handOvers[agent.name])
        let isDefault = sources.agents.defaultName == agent.name
        list.object { figures.write(agent, health, isDefault: isDefault, to: &$0) }
      }
    }
    object.member("agentsLeftOut", max(0, inOrder.count - Self.shownAgents))
  }

  private func writeProcess(to object: inout JSONWriter) {
    object.member("cpuSeconds", (ProcessFigures.processorTime * 100).rounded() / 100)
    object.member("residentBytes", ifPresent: residentBytes)
    object.member("openDescriptors", ifPresent: sources.descriptors.count(at: now.steady))
    object.member("descriptorLimit", ProcessFigures.descriptorLimit)
  }

  private func writeJournal(to object: inout JSONWriter) {
    if let all = figures.times(OperationsNames.commit), all.total > 0 {
      let (times, isRecent) = recent.commits.times(until: all)
      object.object("commit") { times.write(shares: [50, 95, 99], over: isRecent ? "minute" : "start", to: &$0) }
    }
    object.member("waitingJobs", figures.count("signalbox_journal_waiting_jobs"))
    object.member("failedCommits", figures.count("signalbox_journal_failed_commits_total"))
    journal.write(to: &object, withFile: false)
  }
}
