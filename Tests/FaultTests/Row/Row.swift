import HTTP
import TestSupport
import Testing

/// Three gateways on one Redis, HAProxy in front of them, two agents behind: each a process of its own.
struct Row: Sendable {
  let clients: Clients
  let redis: RedisProcess
  let gateways: [GatewaySlot]
  /// Between the last gateway and Redis.
  let line: AgentLine
  /// HAProxy, as people see it.
  let door: ServedProcess
  let pulse = Pulse()
  /// Requests that were refused because the journal was full.
  let full = Tally()
  /// Those that had to be sent again, for whatever reason.
  let repeated = Tally()

  static let agents = ["one", "two"]

  static func with(_ body: (Row) async throws -> Void) async throws {
    let station = try Station()
    let redis = try RedisProcess(RedisProcess.careful)
    try await redis.start()
    let agentPorts = try agents.map { _ in try Ports.free().agents }
    try await Clients.with(station) { clients in
      try await AgentLine.with(to: redis.port) { line in
        try await station.conformanceAgent(at: agentPorts[0]) { _ in
          try await station.conformanceAgent(at: agentPorts[1]) { _ in
            let settings = try Self.settings(station, agentPorts)
            let slots = try [redis.port, redis.port, line.port].enumerated().map { number, port in
              try GatewaySlot(
                "gateway\(number + 1)", station, settings: settings + ["journal.redis.url=redis://127.0.0.1:\(port)"])
            }
            try await run(slots) {
              try await Balancer.with(station, to: slots.map(\.ports)) { door in
                let row = Row(clients: clients, redis: redis, gateways: slots, line: line, door: door)
                try await row.untilServed()
                try await body(row)
              }
            }
          }
        }
      }
    }
    await redis.kill()
  }

  private static func settings(_ station: Station, _ ports: [Int]) throws -> [String] {
    let work = try zip(agents, ports).flatMap { name, port in
      try station.giving(workTo: name, at: port) + ["agents.\(name).running=1000"]
    }
    // Deadlines are those of all agents, and said once.
    let deadlines = Set(work.filter { $0.hasPrefix("work.") })
    return work.filter { !$0.hasPrefix("work.") } + deadlines + [
      "journal.engine=redis", "work.limits.perPrincipal=1000", "rates.commandsPerPrincipal=1000000",
    ]
  }

  private static func run(_ slots: [GatewaySlot], _ body: () async throws -> Void) async throws {
    let outcome: Result<Void, any Error>
    do {
      try await withThrowingTaskGroup { group in
        for slot in slots { group.addTask { try await slot.start() } }
        try await group.waitForAll()
      }
      outcome = .success(try await body())
    } catch {
      for slot in slots where !slot.log.isEmpty { print("--- \(slot.name)\n\(slot.log.suffix(6000))") }
      outcome = .failure(error)
    }
    for slot in slots { await slot.kill() }
    try outcome.get()
  }

  private func untilServed() async throws {
    try #require(await eventually { await status(of: "/api/tasks?limit=1", at: door.ports) == 200 })
  }

  /// Watchers of these tasks through HAProxy, one for each, or as many as there shall be.
  func crowd(of tasks: [String], _ count: Int? = nil) -> Crowd {
    Crowd(count ?? tasks.count) { number in
      var watcher = Watcher(clients: clients, port: door.ports.people, tasks: [tasks[number % tasks.count]])
      watcher.usesSocket = (number + number / tasks.count) % 2 == 1
      watcher.onEvent = { [pulse] in pulse.hear($0) }
      return watcher
    }
  }
}
