import HTTP
import Identity
import Journal
import Telemetry
import Wire

/// What sockets work with; the same for all of them.
struct SocketServices: Sendable {
  let hub: Hub
  let admission: Admission
  let control: Control
  let runs: Runs
  let gate: AccessGate
  let metrics: SocketMetrics
  let limits: SocketLimits
  /// Bytes that may wait for a slow reader.
  let backlog: Int
  let clock: GatewayClock
  let log: Log

  var epoch: String { hub.journal.epoch }

  /// History goes on when less than this waits for its reader.
  var settlingMark: Int { max(1, backlog / 4) }
}
