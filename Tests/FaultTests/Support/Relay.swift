import Glibc
import Synchronization
import TestSupport

/// Stands between a client and a server, below TLS, and does to their connections what networks do. A thread for each connection.
final class Relay: Sendable {
  /// What becomes of a connection.
  enum Fate: Sendable {
    /// It is passed on to its end.
    case pass
    /// After so many bytes to the client it ends: by a reset, or by a FIN without TLS's goodbye.
    case cut(after: Int, byReset: Bool)
    /// After so many bytes nothing more is taken from either side, and neither is told.
    case swallow(after: Int)
  }

  let port: Int
  private let target: Int
  private let listener: Int32
  /// The ends of a pipe: the first becomes readable when all is to end.
  private let stopping: (heard: Int32, said: Int32)
  private let fate: @Sendable () -> Fate
  private let counts = Mutex(Counts())

  struct Counts {
    /// Connections so far.
    var connections = 0
    /// Of those, cut by us.
    var cuts = 0
    /// Threads that have not ended.
    fileprivate var atWork = 1
  }

  /// Where, and what is done to each connection: asked once for each.
  init(to target: Int, fate: @escaping @Sendable () -> Fate) throws {
    self.target = target
    self.fate = fate
    (listener, port) = try TCP.listen(on: "127.0.0.1", sharing: false)
    var pipe: [Int32] = [0, 0]
    unsafe _ = Glibc.pipe(&pipe)
    stopping = (pipe[0], pipe[1])
    Task.detached { [self] in await onThread { self.accept() } }
  }

  var connections: Int { counts.withLock { $0.connections } }
  var cuts: Int { counts.withLock { $0.cuts } }

  /// Cuts every connection, and returns when no thread is left.
  func stop() async {
    unsafe _ = write(stopping.said, "x", 1)
    _ = await eventually { self.counts.withLock { $0.atWork } == 0 }
    for descriptor in [listener, stopping.heard, stopping.said] { close(descriptor) }
  }

  /// Runs a relay while `body` does.
  static func with<Value>(
    to target: Int, fate: @escaping @Sendable () -> Fate, _ body: (Relay) async throws -> Value
  ) async throws -> Value {
    let relay = try Relay(to: target, fate: fate)
    do {
      let value = try await body(relay)
      await relay.stop()
      return value
    } catch {
      await relay.stop()
      throw error
    }
  }

  // MARK: Threads

  private func accept() {
    while wait(for: [listener]) != nil {
      let client = Glibc.accept(listener, nil, nil)
      guard client >= 0 else { continue }
      counts.withLock {
        $0.connections += 1
        $0.atWork += 1
      }
      let fate = fate()
      Task.detached { [self] in
        await onThread {
          self.carry(client, fate)
          self.counts.withLock { $0.atWork -= 1 }
        }
      }
    }
    counts.withLock { $0.atWork -= 1 }
  }

  /// One connection, to its end.
  private func carry(_ client: Int32, _ fate: Fate) {
    defer { close(client) }
    var options = TLSClient.Options()
    // Or the kernel would take megabytes in, of which nobody knows any more.
    if case .swallow = fate { options.receiveBuffer = 16_384 }
    guard let server = try? TCP.connect(to: "127.0.0.1", target, options) else { return }
    defer { close(server) }
    for end in [client, server] { TCP.set(end, Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
    var left =
      switch fate {
      case .pass: Int.max
      case .cut(let bytes, _), .swallow(let bytes): bytes
      }
    while left > 0 {
      guard let readable = wait(for: [client, server]) else { return }
      if readable.contains(client), pass(from: client, to: server, atMost: 16_384) == nil { return }
      if readable.contains(server) {
        guard let count = pass(from: server, to: client, atMost: min(left, 16_384)) else { return }
        left -= count
      }
    }
    switch fate {
    case .pass: break
    case .cut(_, let byReset):
      counts.withLock { $0.cuts += 1 }
      if byReset { TCP.resetOnClose(client) }
    case .swallow:
      _ = wait(for: [])
    }
  }

  /// How many bytes went across; nil at the end.
  private func pass(from source: Int32, to sink: Int32, atMost limit: Int) -> Int? {
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = unsafe recv(source, &buffer, limit, 0)
    guard count > 0 else { return nil }
    guard (try? TCP.send(Array(buffer.prefix(count)), to: sink)) != nil else { return nil }
    return count
  }

  /// Which of these can be read; nil when all is to end.
  private func wait(for descriptors: [Int32]) -> Set<Int32>? {
    var polled = (descriptors + [stopping.heard]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while unsafe poll(&polled, nfds_t(polled.count), -1) < 0 { guard errno == EINTR else { return nil } }
    guard polled.last?.revents == 0 else { return nil }
    return Set(polled.filter { $0.revents != 0 }.map(\.fd))
  }
}
