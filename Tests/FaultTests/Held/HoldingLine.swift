import Glibc
import Synchronization
import TestSupport

/// Stands between a gateway and Redis as a network that holds bytes back: what the gateway sends from some moment on waits here, new connections'
/// words too, and comes to Redis later, also where the gateway has long hung up. Answers pass at all times.
final class HoldingLine: Sendable {
  /// What waits, and on which connection it came.
  struct Held: Sendable {
    let connection: Int
    let command: RedisCommand
  }

  let port: Int
  private let target: Int
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    /// Nil while everything passes.
    var isHeld: (@Sendable (RedisCommand) -> Bool)?
    /// The first such command has come.
    var isHolding = false
    var held: [Held] = []
    var left: Set<Int> = []
    var carriedOut: Set<Int> = []
    var connections = 0
    var isOver = false
    var atWork = 1
  }

  init(to target: Int) throws {
    self.target = target
    (listener, port) = try TCP.listen(on: "127.0.0.1", sharing: false)
    Task.detached { [self] in await onThread { self.accept() } }
  }

  /// Holds the first such command that comes, and everything that comes behind it.
  func hold(from isHeld: @escaping @Sendable (RedisCommand) -> Bool = { _ in true }) {
    state.withLock { $0.isHeld = isHeld }
  }

  /// What was held goes to Redis, on the connections on which it came.
  func release() {
    state.withLock { ($0.isHeld, $0.isHolding) = (nil, false) }
  }

  var held: [Held] { state.withLock { $0.held } }
  /// Connections at which the gateway has hung up.
  var left: Set<Int> { state.withLock { $0.left } }
  /// Those of them of which Redis has carried out what was held.
  var carriedOut: Set<Int> { state.withLock { $0.carriedOut } }

  /// Runs a line while `body` does.
  static func with<Value>(to target: Int, _ body: (HoldingLine) async throws -> Value) async throws -> Value {
    let line = try HoldingLine(to: target)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(line))
    } catch {
      outcome = .failure(error)
    }
    await line.stop()
    return try outcome.get()
  }

  private func stop() async {
    state.withLock { $0.isOver = true }
    _ = await eventually { self.state.withLock { $0.atWork } == 0 }
    close(listener)
  }

  // MARK: Threads

  private func accept() {
    while isAtWork {
      guard !TCP.readable([listener]).isEmpty else { continue }
      let gateway = Glibc.accept(listener, nil, nil)
      guard gateway >= 0 else { continue }
      let number = state.withLock { state in
        state.atWork += 1
        state.connections += 1
        return state.connections
      }
      Task.detached { [self] in
        await onThread {
          try? self.carry(gateway, number)
          close(gateway)
          self.state.withLock { $0.atWork -= 1 }
        }
      }
    }
    state.withLock { $0.atWork -= 1 }
  }

  private func carry(_ gateway: Int32, _ number: Int) throws {
    let redis = try TCP.connect(to: "127.0.0.1", target, TLSClient.Options())
    defer { close(redis) }
    for end in [gateway, redis] { TCP.set(end, Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
    var commands = RedisCommandReader()
    var held: [UInt8] = []
    var hasHeld = false
    var isThere = true
    while isAtWork {
      if !held.isEmpty, !isHolding {
        try TCP.send(held, to: redis)
        (held, hasHeld) = ([], true)
      }
      if !isThere, !isHolding {
        if hasHeld { try untilCarriedOut(on: redis, number) }
        return
      }
      let readable = TCP.readable(isThere ? [gateway, redis] : [redis])
      if readable.contains(redis) {
        guard let answers = Self.receive(from: redis) else { return }
        if isThere { try? TCP.send(answers, to: gateway) }
      }
      guard readable.contains(gateway) else { continue }
      guard let sent = Self.receive(from: gateway) else {
        isThere = false
        state.withLock { _ = $0.left.insert(number) }
        continue
      }
      for command in commands.take(sent) {
        if keep(command, number) {
          held += command.bytes
        } else {
          // In the order in which they came.
          try TCP.send(held + command.bytes, to: redis)
          hasHeld = hasHeld || !held.isEmpty
          held = []
        }
      }
    }
  }

  /// Redis does one thing of a connection after the other: when it has answered a question of ours, it has done all that came before it.
  private func untilCarriedOut(on redis: Int32, _ number: Int) throws {
    let mark = Array("held-\(number)-carried-out".utf8)
    try TCP.send(Array("*2\r\n$4\r\nECHO\r\n$\(mark.count)\r\n".utf8) + mark + Array("\r\n".utf8), to: redis)
    var answers: [UInt8] = []
    while isAtWork, answers.firstRange(of: mark) == nil {
      guard TCP.readable([redis]).contains(redis) else { continue }
      guard let more = Self.receive(from: redis) else { return }
      answers += more
    }
    state.withLock { _ = $0.carriedOut.insert(number) }
  }

  private var isAtWork: Bool { state.withLock { !$0.isOver } }
  private var isHolding: Bool { state.withLock { $0.isHolding } }

  private func keep(_ command: RedisCommand, _ number: Int) -> Bool {
    state.withLock { state in
      if let isHeld = state.isHeld, !state.isHolding { state.isHolding = isHeld(command) }
      if state.isHolding { state.held.append(Held(connection: number, command: command)) }
      return state.isHolding
    }
  }

  /// Nil at the end.
  private static func receive(from descriptor: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer.prefix(count)) : nil
  }
}
