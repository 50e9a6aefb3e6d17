import JSON
import Journal
import Synchronization
import Telemetry

/// What is known of reading the stream, for `/status` and the metrics. Any thread.
final class StreamFacts: Sendable {
  enum Phase: String, Sendable, CaseIterable {
    /// Events are taken from the stream.
    case reading
    /// Another gateway does.
    case standby
    /// Something is in the way; the error says what.
    case waiting
    /// The gateway has given it up, because it ends.
    case ended
  }

  private struct State {
    var phase = Phase.waiting
    var lag: Int64?
    var pending: Int64?
    var refused: Int64?
    var error: (text: String, time: Int64)?
  }

  private let state = Mutex(State())
  private let stored: Counter
  private let repeated: Counter
  private let refused: Counter
  private let lost: Counter

  /// What can be measured does not come and go with a setting.
  init(_ metrics: MetricsRegistry) {
    func outcome(_ word: String) -> Counter {
      metrics.counter(
        "signalbox_ingest_entries_total", help: "Entries of the Redis stream that are settled, by what became of them.",
        labels: ["outcome": word])
    }
    stored = outcome("stored")
    repeated = outcome("repeated")
    refused = outcome("refused")
    lost = metrics.counter(
      "signalbox_ingest_lost_total", help: "Entries that the Redis stream had let go of before they were read.")
    metrics.gauge(
      "signalbox_ingest_lag", help: "Entries of the Redis stream that no gateway has taken yet; NaN where nobody knows."
    ) { [weak self] in self?.state.withLock { Double($0.lag ?? -1) }.orNaN ?? .nan }
    metrics.gauge(
      "signalbox_ingest_pending", help: "Entries of the Redis stream that a gateway has taken and not settled."
    ) { [weak self] in self?.state.withLock { Double($0.pending ?? -1) }.orNaN ?? .nan }
    metrics.gauge("signalbox_ingest_reading", help: "1 when this gateway reads the Redis stream.") { [weak self] in
      self?.phase == .reading ? 1 : 0
    }
  }

  var phase: Phase {
    get { state.withLock { $0.phase } }
    set { state.withLock { $0.phase = newValue } }
  }

  func take(_ hold: StreamServer.Hold) {
    state.withLock { ($0.lag, $0.pending, $0.refused) = (hold.lag, hold.pending, hold.refused) }
  }

  /// - Parameter time: milliseconds since 1970.
  func fail(_ text: String, at time: Int64) {
    state.withLock { state in
      if state.error?.text != text { state.error = (text, time) }
    }
  }

  func count(_ settled: [StreamWriter.Settled]) {
    for one in settled {
      switch one.outcome {
      case .stored: stored.add()
      case .repeated: repeated.add()
      case .refused: refused.add()
      }
    }
  }

  func missed(_ number: Int64) { lost.add(UInt64(clamping: number)) }

  func write(_ configuration: StreamIngestConfiguration, to object: inout JSONWriter) {
    let state = state.withLock { $0 }
    object.member("server", configuration.redis.server.description)
    object.member("stream", configuration.stream)
    object.member("group", configuration.group)
    object.member("principal", configuration.principal)
    object.member("state", state.phase.rawValue)
    object.member("lag", ifPresent: state.lag)
    object.member("pending", ifPresent: state.pending)
    object.member("refused", ifPresent: state.refused)
    guard let error = state.error else { return }
    object.member("lastError", error.text)
    object.member("lastErrorAt", RFC3339.text(millisecondsSince1970: error.time))
  }
}

extension Double {
  /// Less than nothing stands for what is not known.
  fileprivate var orNaN: Double { self < 0 ? .nan : self }
}
