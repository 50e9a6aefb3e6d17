import Glibc
import Journal
import Telemetry

/// The commits of `CommitBench` on Redis servers that run already, with the processor time of the server beside ours.
struct RedisBench {
  struct Server {
    let name: String
    let address: RedisServer
    let process: Int

    /// `NAME=URL=PID`
    init?(_ text: String) {
      let parts = text.split(separator: "=").map { String($0) }
      guard parts.count == 3, let address = RedisServer(parts[1]), let process = Int(parts[2]) else { return nil }
      (name, self.address, self.process) = (parts[0], address, process)
    }

    /// Microseconds, as the kernel counts them: in steps of a hundredth of a second.
    func processorTime() -> Double {
      guard let file = unsafe fopen("/proc/\(process)/stat", "r") else { return 0 }
      defer { unsafe _ = fclose(file) }
      var line = [CChar](repeating: 0, count: 1024)
      guard unsafe fgets(&line, Int32(line.count), file) != nil else { return 0 }
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let fields = (text.split(separator: ")").last ?? "").split(separator: " ")
      guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
      return (user + system) * 1e6 / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
  }

  let servers: [Server]

  func run() async throws {
    print(Bench.line("commits on Redis, ms each", ["batches/s", "us CPU", "us server", "p50", "p99", "max"]))
    for load in CommitBench.loads {
      for server in servers { try await measure("\(server.name), \(load.name)", server, load, others: 0) }
    }
    print(
      Bench.line("and so many gateways beside it", ["batches/s", "us CPU", "us server", "p50", "p99", "max"]))
    for others in [1, 2, 5] {
      for server in servers {
        try await measure("\(server.name), 32 at once, \(others) more", server, CommitBench.loads[1], others: others)
      }
    }
  }

  /// - Parameter others: journals beside the one that is written to, which follow it as other gateways do, from this process as well: each
  ///   fetches every record.
  private func measure(
    _ name: String, _ server: Server, _ load: (name: String, writers: Int, every: Duration?), others: Int
  ) async throws {
    let prefix = "bench-\(UInt64.random(in: 0 ... .max))"
    var (journals, followings): ([RedisJournal], [Following]) = ([], [])
    for _ in 0...others {
      var options = RedisJournalOptions(server: server.address, clock: Bench.milliseconds, newEpoch: { "bench" })
      options.prefix = prefix
      journals.append(try await RedisJournal.open(options, log: Bench.log, metrics: MetricsRegistry()))
    }
    for journal in journals { followings.append(try await journal.follow { _ in }) }
    try await CommitBench.measure(
      name, journals[0], writers: load.writers, every: load.every, other: server.processorTime)
    withExtendedLifetime(followings) {}
    for journal in journals { await journal.close() }
  }
}
