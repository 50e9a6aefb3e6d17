import TestSupport

/// Two gateways on one Redis, which have their work done by the same agent.
struct GatewayPair {
  let clients: Clients
  let redis: RedisProcess
  let first: ServedProcess
  let second: ServedProcess

  /// - Parameter port: where the first gateway finds that Redis. What stands there may be between them.
  static func run(
    on redis: RedisProcess, firstThrough port: Int, _ settings: [String] = [],
    _ body: (GatewayPair) async throws -> Void
  ) async throws {
    let station = try Station()
    let agent = try Ports.free().agents
    try await Clients.with(station) { clients in
      try await station.conformanceAgent(at: agent) { _ in
        let work = try station.giving(workTo: "conformance", at: agent) + ["journal.engine=redis"] + settings
        func through(_ port: Int) -> [String] { work + ["journal.redis.url=redis://127.0.0.1:\(port)"] }
        try await station.serve(state: "one", settings: through(port)) { first in
          try await station.serve(state: "two", settings: through(redis.port)) { second in
            try await body(GatewayPair(clients: clients, redis: redis, first: first, second: second))
          }
        }
      }
    }
  }
}
