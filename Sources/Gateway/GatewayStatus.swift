import Synchronization
import Telemetry
import Wire

/// What the gateway says of itself, for `/api/about`, `/status` and the probes. Any thread.
final class GatewayStatus: Sendable {
  struct Listener: Sendable {
    let name: String
    let url: String
    let clientCertificates: String
  }

  let version: String
  let loops: Int
  /// When it began, as RFC 3339 writes it.
  let startedText = RFC3339.text(secondsSince1970: UnixClock.now())
  private let started = ContinuousClock.now
  private let state = Mutex(State())

  private struct State {
    var listeners: [Listener] = []
    var isReady = false
  }

  init(version: String, loops: Int) {
    self.version = version
    self.loops = loops
  }

  var uptime: Duration { .now - started }
  var listeners: [Listener] { state.withLock { $0.listeners } }

  var isReady: Bool {
    get { state.withLock { $0.isReady } }
    set { state.withLock { $0.isReady = newValue } }
  }

  func add(_ listener: Listener) {
    state.withLock { $0.listeners.append(listener) }
  }
}
