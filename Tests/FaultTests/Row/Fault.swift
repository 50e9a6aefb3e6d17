import Glibc
import TestSupport
import Testing

/// What happens to a row of gateways.
enum Fault: String, CaseIterable, CustomStringConvertible {
  case firstKilled = "the first gateway is killed"
  case secondKilled = "the second gateway is killed"
  case thirdKilled = "the third gateway is killed"
  case redisKilled = "Redis is killed and started again"
  case cutOff = "a gateway is cut off from Redis, and not from people"
  case frozen = "a gateway stands still for longer than its lease, and goes on"
  case full = "Redis's memory is full"
  case slow = "Redis is slow"
  case away = "Redis does not answer for longer than a lease"

  var description: String { rawValue }

  /// Returns when it is over.
  /// - Parameters:
  ///   - tasks: which are to be at work again before a gateway that lost them comes back.
  ///   - isBroken: opened when it has begun.
  func happen(in row: Row, _ tasks: [String], _ isBroken: Gate) async throws {
    switch self {
    case .firstKilled: try await Self.kill(row.gateways[0], row, tasks, isBroken)
    case .secondKilled: try await Self.kill(row.gateways[1], row, tasks, isBroken)
    case .thirdKilled: try await Self.kill(row.gateways[2], row, tasks, isBroken)
    case .redisKilled:
      await row.redis.kill()
      isBroken.open()
      try await row.redis.start()
    case .cutOff: try await Self.cut(row, tasks, isBroken)
    case .frozen:
      let slot = row.gateways[1]
      let program = try slot.gateway.program
      program.signal(SIGSTOP)
      isBroken.open()
      // It cannot let go, and does not know of it: what it hears when it goes on is written late, where it may. Those who watch there hear
      // nothing meanwhile, so another gateway is asked.
      try await row.untilAtWork(tasks, at: row.gateways[0].ports)
      program.signal(SIGCONT)
      try #require(await eventually { await row.status(of: "/api/tasks/\(tasks[0])", at: slot.ports) == 200 })
    case .full:
      try await row.redis.command("CONFIG", "SET", "maxmemory", "1mb")
      isBroken.open()
      try await row.full.reaches(row.full.value + 4)
      try await row.redis.command("CONFIG", "SET", "maxmemory", "0")
    case .slow:
      // Short of the time after which a gateway takes it for dead.
      for _ in 1...3 {
        isBroken.open()
        try await row.redis.command("DEBUG", "SLEEP", "2")
      }
    case .away:
      isBroken.open()
      try await row.redis.command("DEBUG", "SLEEP", "8")
    }
  }

  private static func kill(_ slot: GatewaySlot, _ row: Row, _ tasks: [String], _ isBroken: Gate) async throws {
    await slot.kill()
    isBroken.open()
    // The others have all of its runs.
    try await row.pulse.untilAtWork(tasks)
    try await slot.start()
  }

  private static func cut(_ row: Row, _ tasks: [String], _ isBroken: Gate) async throws {
    let slot = row.gateways[2]
    func losses() -> Int { slot.log.split(separator: "the lease is over").count }
    let before = losses()
    row.line.mode = .hold
    isBroken.open()
    try #require(await eventually { losses() > before }, "\(slot.name) holds its lease without Redis")
    // The others have its runs, and people reach it all the same: it does not say what it cannot know.
    try await row.pulse.untilAtWork(tasks)
    #expect(await row.status(of: "/api/tasks/\(tasks[0])", at: slot.ports) == 503)
    row.line.mode = .pass
    try #require(await eventually { await row.status(of: "/api/tasks/\(tasks[0])", at: slot.ports) == 200 })
  }
}
