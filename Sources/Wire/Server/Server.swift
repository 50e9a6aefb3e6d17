import Telemetry

/// Loops and listeners as one thing that starts, reloads, drains and stops.
package actor Server {
  private let loopCount: Int
  private let telemetry: ServerTelemetry
  private var state = State.idle

  private struct Listener {
    let configuration: ListenerConfiguration
    let address: SocketAddress
    let admission: Admission
    let shards: [ListenerShard]
  }

  private enum State {
    case idle
    case running(loops: [Loop], listeners: [Listener])
    case stopping
    case stopped
  }

  /// `loops` threads, each with a socket of every listener.
  package init(loops: Int, telemetry: ServerTelemetry) {
    precondition(loops > 0, "A server needs a loop.")
    loopCount = loops
    self.telemetry = telemetry
  }

  /// Listens. Returns the addresses in the order of the configurations, with real ports. Throws without leaving anything open.
  package func start(_ configurations: [ListenerConfiguration]) async throws -> [SocketAddress] {
    guard case .idle = state else { throw WireError(.closed, "A server starts once.") }
    state = .stopping
    var loops: [Loop] = []
    var listeners: [Listener] = []
    do {
      for index in 0..<loopCount { loops.append(try await Loop.start(name: "loop-\(index)")) }
      for configuration in configurations {
        let listener = try makeListener(configuration, loops: loops)
        listeners.append(listener)
        for shard in listener.shards { try await shard.open(configuration.security) }
      }
    } catch {
      await Self.stop(loops, listeners, cutting: true)
      state = .stopped
      throw error
    }
    state = .running(loops: loops, listeners: listeners)
    return listeners.map(\.address)
  }

  /// Puts another certificate, CA or revocation list in place on a running listener. Open connections keep what they have negotiated,
  /// but for those whose client certificate would not be let in any more: they are ended (`Connection.review`). Each verdict takes some
  /// 0.15 ms of its loop, so some thousands are told within a second.
  package func reload(_ name: String, tls: TLSConfiguration) async throws {
    let listener = try listener(name)
    guard case .tls = listener.configuration.security else {
      throw WireError(.certificate, "Listener \(name) speaks plain HTTP and has no certificate that could be changed.")
    }
    for shard in listener.shards { try await shard.reload(tls) }
  }

  /// Leaves new connections in the kernel's queue.
  package func pauseAccepting(_ name: String) async throws {
    for shard in try listener(name).shards { await shard.pauseAccepting() }
  }

  package func resumeAccepting(_ name: String) async throws {
    for shard in try listener(name).shards { await shard.resumeAccepting() }
  }

  /// Takes no new connections, and no further request on those that are open; what is being answered goes on, streams too.
  package func takeNoMore() async {
    guard case .running(_, let listeners) = state else { return }
    for shard in listeners.flatMap(\.shards) { await shard.takeNoMore() }
  }

  /// Connections that are open on a listener.
  package func connectionCount(_ name: String) throws -> Int {
    try listener(name).admission.total
  }

  /// Stops listening, gives answers under way `grace` to finish, cuts the rest, ends the loops. Returns when all is over.
  package func stop(grace: Duration) async {
    guard case .running(let loops, let listeners) = state else { return }
    state = .stopping
    let shards = listeners.flatMap(\.shards)
    for shard in shards { await shard.drain() }
    await withTaskGroup { group in
      group.addTask { for shard in shards { await shard.untilEmpty() } }
      group.addTask {
        try? await Task.sleep(for: grace)
        if !Task.isCancelled { for shard in shards { await shard.cut() } }
      }
      // Whichever comes first: all gone by themselves, or the grace is over and the rest is cut.
      await group.next()
      group.cancelAll()
    }
    await Self.stop(loops, listeners, cutting: false)
    state = .stopped
  }

  private func makeListener(_ configuration: ListenerConfiguration, loops: [Loop]) throws -> Listener {
    if case .plainOnLoopback = configuration.security, !configuration.address.isLoopback {
      throw WireError(
        .address,
        """
        Listener \(configuration.name) may not speak plain HTTP on \(configuration.address), which other machines can reach. \
        Give it a certificate, or a loopback address such as 127.0.0.1.
        """)
    }
    let (address, descriptors) = try ListenSocket.open(configuration.address, count: loops.count)
    let admission = Admission(limits: configuration.limits)
    let context = ListenerContext(
      name: configuration.name, router: configuration.router, deadlines: configuration.deadlines,
      requestLimits: configuration.requestLimits, fields: configuration.fields, admission: admission,
      telemetry: telemetry, outputLimit: configuration.outputLimit)
    let shards = zip(loops, descriptors).map { loop, descriptor in
      ListenerShard(loop: loop, context: context, descriptor: descriptor, sendBuffer: configuration.sendBuffer)
    }
    return Listener(configuration: configuration, address: address, admission: admission, shards: shards)
  }

  private func listener(_ name: String) throws -> Listener {
    guard case .running(_, let listeners) = state else { throw WireError(.closed, "The server is not running.") }
    guard let listener = listeners.first(where: { $0.configuration.name == name }) else {
      throw WireError(.address, "There is no listener \(name).")
    }
    return listener
  }

  private static func stop(_ loops: [Loop], _ listeners: [Listener], cutting: Bool) async {
    for listener in listeners {
      for shard in listener.shards {
        await shard.cut()
        await shard.untilEmpty()
      }
    }
    for loop in loops { await loop.stop() }
  }
}
