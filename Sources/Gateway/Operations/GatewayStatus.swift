import Synchronization
import Telemetry
import Wire

/// What the gateway says of itself, for `/api/about`, `/status` and the probes. Any thread.
final class GatewayStatus: Sendable {
  struct Listener: Sendable {
    let name: ListenerName
    let url: String
    var clientCertificates: String
    var certificates: [CertificateEnd]
  }

  /// Where it stands between its start and its end.
  enum Phase: String, Sendable {
    case starting
    case ready
    /// Takes work still, and says that it should not come here any more.
    case draining
    /// Finishes what it has.
    case stopping
  }

  let version: String
  let loops: Int
  /// When it began, as RFC 3339 writes it.
  let startedText = RFC3339.text(secondsSince1970: UnixClock.now())
  private let started = ContinuousClock.now
  private let state = Mutex(State())

  private struct State {
    var listeners: [Listener] = []
    var phase = Phase.starting
    var pending: [String] = []
  }

  init(version: String, loops: Int) {
    self.version = version
    self.loops = loops
  }

  var uptime: Duration { .now - started }
  var listeners: [Listener] { state.withLock { $0.listeners } }
  var isReady: Bool { phase == .ready }

  var phase: Phase {
    get { state.withLock { $0.phase } }
    set { state.withLock { $0.phase = newValue } }
  }

  /// Settings that have other values by now, and wait for a restart.
  var pending: [String] {
    get { state.withLock { $0.pending } }
    set { state.withLock { $0.pending = newValue } }
  }

  func add(_ listener: Listener) {
    state.withLock { $0.listeners.append(listener) }
  }

  /// A reload has put something else in place.
  func update(_ name: ListenerName, clientCertificates: String, certificates: [CertificateEnd]) {
    state.withLock { state in
      for index in state.listeners.indices where state.listeners[index].name == name {
        state.listeners[index].clientCertificates = clientCertificates
        state.listeners[index].certificates = certificates
      }
    }
  }
}
