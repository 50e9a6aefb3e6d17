import Glibc
import Synchronization
import TestSupport
import Testing

/// The place of one gateway in a row: where it listens and what it is told, whichever process it is.
final class GatewaySlot: Sendable {
  let name: String
  let ports: Ports
  private let station: Station
  private let settings: [String]
  private let state = Mutex(State())

  private struct State {
    var gateway: ServedProcess?
    var life: Task<Void, Never>?
    var trouble: (any Error)?
  }

  init(_ name: String, _ station: Station, settings: [String]) throws {
    (self.name, self.station, self.settings) = (name, station, settings)
    ports = try Ports.free()
  }

  /// The one that runs.
  var gateway: ServedProcess {
    get throws { try #require(state.withLock { $0.gateway }, "\(name) does not run") }
  }

  /// What it has logged.
  var log: String { state.withLock { $0.gateway }?.program.errors.text ?? "" }

  /// Returns when it serves.
  func start() async throws {
    let life = Task {
      do {
        try await station.serve(at: ports, state: name, settings: settings) { gateway in
          state.withLock { $0.gateway = gateway }
          _ = try await gateway.program.exit()
        }
      } catch {
        state.withLock { $0.trouble = error }
      }
      state.withLock { $0.gateway = nil }
    }
    state.withLock { ($0.life, $0.trouble) = (life, nil) }
    _ = await eventually { self.state.withLock { $0.gateway != nil || $0.trouble != nil } }
    if let trouble = state.withLock({ $0.trouble }) { throw trouble }
    _ = try gateway
  }

  /// As a crash of it would be. Returns when it is dead.
  func kill() async {
    state.withLock { $0.gateway }?.program.signal(SIGKILL)
    await state.withLock { $0.life }?.value
  }
}
