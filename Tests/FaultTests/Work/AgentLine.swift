import Glibc
import Synchronization
import TestSupport

/// Stands between a gateway and an agent, below TLS: what becomes of their connections may change at any time, for all of them.
final class AgentLine: Sendable {
  enum Mode: Sendable, Equatable {
    case pass
    /// Nothing goes across, and nobody is told.
    case hold
    /// What the gateway sends does not arrive; what the agent sends does.
    case holdToAgent
    /// The other way round.
    case holdToGateway
    /// Nothing goes across connections that come from now on. Those that there are go on.
    case holdNew
    /// As where no process listens any more: connections are reset, new ones too.
    case dead
  }

  let port: Int
  private let target: Int
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var mode = Mode.pass
    /// A cut is for those connections alone that there are.
    var cuts = 0
    var connections = 0
    var isOver = false
    var atWork = 1
    var held = 0
  }

  /// - Parameter target: the agent's port.
  init(to target: Int) throws {
    self.target = target
    (listener, port) = try TCP.listen(on: "127.0.0.1", sharing: false)
    Task.detached { [self] in await onThread { self.accept() } }
  }

  var mode: Mode {
    get { state.withLock { $0.mode } }
    set { state.withLock { $0.mode = newValue } }
  }

  /// So far.
  var connections: Int { state.withLock { $0.connections } }
  /// Connections of which nothing went across since they came.
  var held: Int { state.withLock { $0.held } }

  /// Resets the connections that there are.
  func cut() { state.withLock { $0.cuts += 1 } }

  func stop() async {
    state.withLock { $0.isOver = true }
    _ = await eventually { self.state.withLock { $0.atWork } == 0 }
    close(listener)
  }

  /// Runs a line while `body` does.
  static func with<Value>(to target: Int, _ body: (AgentLine) async throws -> Value) async throws -> Value {
    let line = try AgentLine(to: target)
    do {
      let value = try await body(line)
      await line.stop()
      return value
    } catch {
      await line.stop()
      throw error
    }
  }

  // MARK: Threads

  private func accept() {
    while let now = look() {
      guard !TCP.readable([listener]).isEmpty else { continue }
      let client = Glibc.accept(listener, nil, nil)
      guard client >= 0 else { continue }
      guard now.mode != .dead else {
        Self.reset(client)
        continue
      }
      state.withLock { state in
        state.atWork += 1
        state.connections += 1
        if now.mode == .holdNew { state.held += 1 }
      }
      Task.detached { [self] in
        await onThread {
          self.carry(client, since: now)
          self.state.withLock { $0.atWork -= 1 }
        }
      }
    }
    state.withLock { $0.atWork -= 1 }
  }

  private func carry(_ client: Int32, since start: (mode: Mode, cuts: Int)) {
    guard let server = try? TCP.connect(to: "127.0.0.1", target, TLSClient.Options()) else { return Self.reset(client) }
    for end in [client, server] { TCP.set(end, Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
    while let now = look(), now.mode != .dead, now.cuts == start.cuts {
      let heard: [Int32] =
        switch now.mode {
        case .pass: [client, server]
        case .holdNew: start.mode == .holdNew ? [] : [client, server]
        case .holdToAgent: [server]
        case .holdToGateway: [client]
        case .hold, .dead: []
        }
      let readable = TCP.readable(heard)
      // What has come since the mode was changed is not to pass, whatever it was when the wait for it began.
      guard let then = look(), then == now else { continue }
      if readable.contains(client), !Self.pass(from: client, to: server) { break }
      if readable.contains(server), !Self.pass(from: server, to: client) { break }
    }
    Self.reset(client)
    Self.reset(server)
  }

  /// Nil when all is to end.
  private func look() -> (mode: Mode, cuts: Int)? {
    state.withLock { $0.isOver ? nil : ($0.mode, $0.cuts) }
  }

  /// False at the end.
  private static func pass(from source: Int32, to sink: Int32) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = unsafe recv(source, &buffer, buffer.count, 0)
    return count > 0 && (try? TCP.send(Array(buffer.prefix(count)), to: sink)) != nil
  }

  private static func reset(_ descriptor: Int32) {
    TCP.resetOnClose(descriptor)
    close(descriptor)
  }
}
