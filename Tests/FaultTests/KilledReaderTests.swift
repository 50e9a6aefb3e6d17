import Foundation
import HTTP
import JSON
import TestSupport
import Testing

extension Faults {
  /// Gateways that read a Redis stream die in the midst of it, again and again.
  @Suite(.timeLimit(.minutes(5)))
  struct KilledReaderTests {
    private static let tasks = ["one", "two", "three", "four"]
    private static let events = 1500

    /// Adds a run of events of all tasks, in turn, some of them twice.
    private static func add(_ seqs: ClosedRange<Int>, seed: Int, last: Int, to redis: RedisProcess) async throws {
      let script = """
        math.randomseed(tonumber(ARGV[4]))
        local function add(task, n)
          local words = {'task', task, 'agent', 'producer', 'producer', 'p', 'epoch', '1', 'seq', tostring(n),
            'event', '{"n":' .. n .. '}'}
          if n == tonumber(ARGV[3]) then words[#words + 1] = 'state'; words[#words + 1] = 'completed' end
          redis.call('XADD', KEYS[1], '*', unpack(words))
        end
        for n = tonumber(ARGV[1]), tonumber(ARGV[2]) do
          for i = 5, #ARGV do
            add(ARGV[i], n)
            if math.random(10) == 1 then add(ARGV[i], math.max(1, n - math.random(0, 5))) end
          end
        end
        """
      let reply = try await redis.command(
        ["EVAL", script, "1", "signalbox:events", "\(seqs.lowerBound)", "\(seqs.upperBound)", "\(last)", "\(seed)"]
          + tasks)
      #expect(reply.isEmpty, "\(reply)")
    }

    private static func settings(_ redis: RedisProcess, journal: Bool) -> [String] {
      let url = "redis://127.0.0.1:\(redis.port)"
      return ["ingest.redis.url=\(url)", "ingest.redis.principal=producer"]
        + (journal ? ["journal.engine=redis", "journal.redis.url=\(url)"] : [])
    }

    /// Nothing is pending and nothing is left, and nothing was refused.
    private static func expectSettled(_ redis: RedisProcess) async throws {
      let isSettled = try await eventually(within: .seconds(60)) {
        let groups = try await redis.command("XINFO", "GROUPS", "signalbox:events")
        return groups.contains("pending\n0\n") && groups.hasSuffix("lag\n0")
      }
      let groups = try await redis.command("XINFO", "GROUPS", "signalbox:events")
      #expect(isSettled, "\(groups)")
      #expect(try await redis.command("XLEN", "signalbox:events:refused") == "0")
    }

    @Test func `a gateway that is killed again and again while it reads stores each event once, in order`() async throws
    {
      let redis = try RedisProcess(RedisProcess.careful)
      try await redis.start()
      let station = try Station()
      try await Clients.with(station) { clients in
        let lives = 8
        var random = SeededRandom(seed: 20_261_123)
        for life in 1...lives {
          let share = Self.events / lives
          try await Self.add(
            (life - 1) * share + 1...(life == lives ? Self.events : life * share), seed: life, last: Self.events,
            to: redis)
          // Its lease runs out by itself; the next one need not wait for that.
          try await redis.command("DEL", "signalbox:events:signalbox:reader")
          try await station.serve(settings: Self.settings(redis, journal: false)) { gateway in
            let wait = Int.random(in: 5...250, using: &random)
            // Into the midst of it: as soon as it has begun, and a little more.
            _ = try await eventually(within: .seconds(20)) {
              try await redis.command("EXISTS", "signalbox:events:signalbox:reader") == "1"
            }
            try await Task.sleep(for: .milliseconds(wait))
            try await gateway.kill()
          }
        }
        let left = try await redis.command("XPENDING", "signalbox:events", "signalbox")
        print("Left by the last of \(lives) that were killed: \(left.split(separator: "\n").first ?? "") entries")
        try await redis.command("DEL", "signalbox:events:signalbox:reader")
        try await station.serve(settings: Self.settings(redis, journal: false)) { gateway in
          try await Self.expectSettled(redis)
          let watcher = Watcher(clients: clients, port: gateway.ports.people, tasks: Self.tasks)
          let watched = try await watcher.watch()
          #expect(watched.isWhole(to: Self.events + 1), "\(watched.summary)")
        }
      }
      await redis.kill()
    }

    @Test func `of two gateways on one stream one is killed, and the other goes on where it was`() async throws {
      let redis = try RedisProcess(RedisProcess.careful)
      try await redis.start()
      let station = try Station()
      try await Clients.with(station) { clients in
        let settings = Self.settings(redis, journal: true)
        try await station.serve(state: "first", settings: settings) { first in
          try await Self.add(1...700, seed: 1, last: Self.events, to: redis)
          try await station.serve(state: "second", settings: settings) { second in
            _ = try await eventually(within: .seconds(20)) {
              try await redis.command("XPENDING", "signalbox:events", "signalbox").hasPrefix("0") == false
            }
            try await first.kill()
            try await Self.add(701...Self.events, seed: 2, last: Self.events, to: redis)
            let watcher = Watcher(clients: clients, port: second.ports.people, tasks: Self.tasks)
            let watched = try await watcher.watch()
            #expect(watched.isWhole(to: Self.events + 1), "\(watched.summary)")
            try await Self.expectSettled(redis)
          }
        }
      }
      await redis.kill()
    }
  }
}
