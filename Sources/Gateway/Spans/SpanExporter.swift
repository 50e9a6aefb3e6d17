import HTTP
import Synchronization
import Telemetry
import Wire

/// Sends spans to a collector, as OTLP over HTTP in JSON: in batches, in the background, and without waiting for one that does not keep up.
final class SpanExporter: SpanSink {
  /// How long spans gather, unless there are enough for a request before.
  private static let gathering: Duration = .seconds(1)
  private static let attempts = 4
  private static let firstPause: Duration = .seconds(1)
  /// How long the last ones may take at the end.
  static let patience: Duration = .seconds(3)
  private static let answerLimit = 65_536

  private struct State {
    var queue = SpanQueue()
    var isEnding = false
    /// The last request has failed: the log says so once.
    var isFailing = false
  }

  private let url: ServiceURL
  private let client: HTTPClient
  private let loop: Loop
  private let document: SpanDocument
  private let metrics: SpanMetrics
  private let log: Log
  private let state = Mutex(State())
  /// Wakes the worker: there is something, there is enough, the time is over, or it is the end.
  private let calls: AsyncStream<Void>
  private let wakeup: AsyncStream<Void>.Continuation
  private let worker = Mutex<Task<Void, Never>?>(nil)

  /// Nil where no collector is configured. Throws for a URL or an authority that cannot be used. Nothing is sent before there is a span.
  static func start(
    _ work: WorkConfiguration, version: String, metrics: SpanMetrics, log: Log
  ) async throws -> SpanExporter? {
    guard let text = work.spansURL else { return nil }
    let url = try ServiceURL(parsing: text, allowingPlainOnLoopback: true)
    let trust = try await BlockingPool.shared.run {
      try work.spansAuthorityFile.map { try ServerTrust.load(authorityFile: $0) } ?? ServerTrust.nobody()
    }
    let loop = try await Loop.start(name: "spans")
    do {
      var configuration = ClientConfiguration(tls: ClientTLS(trust: trust))
      configuration.deadlines.total = .seconds(10)
      let client = try HTTPClient(loop: loop, configuration: configuration)
      let exporter = SpanExporter(url, client, loop, SpanDocument(service: "signalbox", version: version), metrics, log)
      exporter.worker.withLock { $0 = Task(executorPreference: loop.tasks) { [exporter] in await exporter.work() } }
      return exporter
    } catch {
      await loop.stop()
      throw error
    }
  }

  private init(
    _ url: ServiceURL, _ client: HTTPClient, _ loop: Loop, _ document: SpanDocument, _ metrics: SpanMetrics, _ log: Log
  ) {
    self.url = url
    self.client = client
    self.loop = loop
    self.document = document
    self.metrics = metrics
    self.log = log
    (calls, wakeup) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func take(_ span: TraceSpan) {
    let (hasRoom, isDue) = state.withLock { state in
      guard !state.isEnding else { return (false, false) }
      let wasEmpty = state.queue.isEmpty
      return (state.queue.add(span), wasEmpty || state.queue.isFull)
    }
    if !hasRoom { metrics.dropped.add() }
    if isDue { wakeup.yield() }
  }

  /// Sends what is left, as far as that can be done in a short time.
  func stop() async {
    state.withLock { $0.isEnding = true }
    wakeup.finish()
    let work = worker.withLock { $0 }
    let limit = Task { [client] in
      try await Task.sleep(for: Self.patience)
      work?.cancel()
      await client.close()
    }
    await work?.value
    limit.cancel()
    await client.close()
    await loop.stop()
  }

  // MARK: The worker

  private func work() async {
    var due = calls.makeAsyncIterator()
    while await due.next() != nil {
      // Until there is enough, or the time is over, or it is the end.
      let timer = Task { [wakeup] in
        try await Task.sleep(for: Self.gathering)
        wakeup.yield()
      }
      _ = await due.next()
      timer.cancel()
      await sendAll()
    }
    await sendAll()
  }

  private func sendAll() async {
    while true {
      let batch = state.withLock { $0.queue.take() }
      guard !batch.isEmpty else { return }
      await send(batch)
    }
  }

  private func send(_ batch: [TraceSpan]) async {
    let body = document.encode(batch)
    var pause = Self.firstPause
    for attempt in 1...Self.attempts {
      let verdict = await post(body)
      switch verdict {
      case .taken:
        metrics.exported.add(UInt64(batch.count))
        return tell(nil)
      case .never(let why): return drop(batch, why)
      case .later(let wanted):
        // At the end there is nobody to wait for.
        guard attempt < Self.attempts, !state.withLock({ $0.isEnding }) else {
          return drop(batch, "The collector cannot be reached, or takes nothing now.")
        }
        guard (try? await Task.sleep(for: wanted ?? pause)) != nil else {
          return drop(batch, "The gateway is being stopped.")
        }
        pause *= 2
      }
    }
  }

  private func post(_ body: [UInt8]) async -> SpanVerdict {
    let fields = HTTPFields([("content-type", "application/json"), ("accept", "application/json")])
    do {
      let response = try await client.send(ClientRequest(.post, url, fields: fields, body: .bytes(body)))
      _ = try await response.body.collect(limit: Self.answerLimit)
      return SpanVerdict(status: response.status, retryAfter: response.fields["retry-after"])
    } catch let error as ClientError {
      tell("\(error)")
      return .later(after: nil)
    } catch {
      return .never("\(error)")
    }
  }

  private func drop(_ batch: [TraceSpan], _ why: String) {
    metrics.dropped.add(UInt64(batch.count))
    tell(why)
  }

  /// Once for each time that it begins to fail.
  private func tell(_ trouble: String?) {
    let isNews = state.withLock { state in
      let wasFailing = state.isFailing
      state.isFailing = trouble != nil
      return state.isFailing && !wasFailing
    }
    if isNews, let trouble { log.warning("spans cannot be sent", ["why": .string(trouble)]) }
  }
}
