package import A2A
import HTTP
import Synchronization
import Telemetry
package import Wire

/// Brings notifications to their receivers, one at a time for each caller, and comes again as often as it makes sense. It keeps nothing;
/// what is due next is for the caller to know.
package final class PushCourier: Sendable {
  private struct Places {
    /// Attempts under way, and who waits to begin one.
    var taken = 0
    var queue: [CheckedContinuation<Void, Never>] = []
  }

  let options: PushOptions
  let surroundings: PushSurroundings
  let telemetry: PushTelemetry
  private let client: HTTPClient
  private let places = Mutex(Places())

  /// Calls from `loop`, and shows and demands what `tls` says.
  package init(
    loop: Loop, tls: ClientTLS, options: PushOptions = PushOptions(), surroundings: PushSurroundings = .real,
    telemetry: PushTelemetry
  ) throws(WireError) {
    precondition(options.attempts ?? 1 > 0 && options.attemptsAtOnce > 0, "Without attempts nothing is delivered.")
    var configuration = ClientConfiguration(tls: tls)
    configuration.addresses = options.allowsPrivateAddresses ? .any : .publicOnly
    client = try HTTPClient(loop: loop, configuration: configuration)
    self.options = options
    self.surroundings = surroundings
    self.telemetry = telemetry
  }

  /// Throws `invalidParams` for a configuration that could never be delivered to. For the one who registers it.
  package func check(_ config: PushConfig) throws(A2AError) {
    _ = try PushTarget(config, allowsPrivateAddresses: options.allowsPrivateAddresses)
  }

  /// - Parameter body: in 1.0 the event, in 0.3 the task as it is behind it.
  package func notification(
    _ body: [UInt8], for config: PushConfig, _ version: ProtocolVersion
  ) throws(A2AError) -> PushNotification {
    let target = try PushTarget(config, allowsPrivateAddresses: options.allowsPrivateAddresses)
    return PushNotification(body, for: target, version, since: surroundings.now())
  }

  /// Returns when it is delivered or given up; at once when the task that waits is cancelled.
  /// - Parameter isWanted: asked before each attempt, with how many have failed.
  package func deliver(
    _ notification: PushNotification, to receiver: PushReceiver,
    while isWanted: @Sendable (_ failures: Int) async -> Bool = { _ in true }
  ) async -> PushOutcome {
    var failures = 0
    while await isWanted(failures) {
      let verdict = await attempt(notification)
      if Task.isCancelled { return .abandoned }
      switch verdict {
      case .delivered:
        telemetry.delivered.add()
        return .delivered
      case .never(let why):
        giveUp(notification, receiver, after: failures + 1, because: why)
        return .givenUp
      case .again(let why):
        failures += 1
        guard let delay = delay(after: failures, notification) else {
          giveUp(notification, receiver, after: failures, because: why)
          return .givenUp
        }
        telemetry.repeated.add()
        telemetry.log.debug(
          "push notification will be sent again",
          fields(notification, receiver, because: why) { $0.append("delay", .duration(delay)) })
        guard (try? await surroundings.sleep(delay)) != nil else { return .abandoned }
      }
    }
    return .abandoned
  }

  /// New connections show and demand this from now on.
  package func reload(_ tls: ClientTLS) async throws(WireError) {
    try await client.reload(tls)
  }

  package func close() async {
    await client.close()
  }

  // MARK: Attempts

  /// How long to wait after so many failures, for whoever has something of its own to repeat.
  package func delay(after failures: Int) -> Duration {
    options.backoff.delay(after: failures, chance: surroundings.random())
  }

  /// How long to wait for the next attempt; nil when there is to be none.
  private func delay(after failures: Int, _ notification: PushNotification) -> Duration? {
    let delay = delay(after: failures)
    if let attempts = options.attempts, failures >= attempts { return nil }
    if let limit = options.giveUpAfter, surroundings.now() + delay > notification.since + limit { return nil }
    return delay
  }

  private func attempt(_ notification: PushNotification) async -> PushVerdict {
    await takePlace()
    defer { leavePlace() }
    var fields = notification.target.fields
    fields["content-type"] = notification.mediaType
    var deadlines = ClientDeadlines()
    deadlines.connect = min(deadlines.connect, options.attemptWithin)
    deadlines.answer = options.attemptWithin
    deadlines.total = options.attemptWithin
    let request = ClientRequest(
      .post, notification.target.url, fields: fields, body: .bytes(notification.body), deadlines: deadlines)
    do {
      let response = try await client.send(request)
      // Letting go of the body closes the connection; a receiver that says little keeps it.
      if response.status.code < 300 { _ = try? await response.body.collect(limit: 4096) }
      return PushVerdict(response.status)
    } catch {
      return PushVerdict(error)
    }
  }

  private func takePlace() async {
    await withCheckedContinuation { continuation in
      let mayBegin = places.withLock { places in
        guard places.taken < options.attemptsAtOnce else {
          places.queue.append(continuation)
          return false
        }
        places.taken += 1
        return true
      }
      if mayBegin { continuation.resume() }
    }
  }

  /// Hands the place on to who has waited longest.
  private func leavePlace() {
    let next: CheckedContinuation<Void, Never>? = places.withLock { places in
      if places.queue.isEmpty {
        places.taken -= 1
        return nil
      }
      return places.queue.removeFirst()
    }
    next?.resume()
  }

  // MARK: What is said about it

  private func giveUp(
    _ notification: PushNotification, _ receiver: PushReceiver, after attempts: Int, because why: String
  ) {
    telemetry.givenUp.add()
    telemetry.log.warning(
      "push notification given up",
      fields(notification, receiver, because: why) { $0.append("attempts", .int(attempts)) })
  }

  /// The receiver's origin alone: the rest of the URL may be what keeps it secret.
  private func fields(
    _ notification: PushNotification, _ receiver: PushReceiver, because why: String, _ more: (inout LogFields) -> Void
  ) -> LogFields {
    let url = notification.target.url
    var fields: LogFields = [
      "task": .string(receiver.task), "config": .string(receiver.config),
      "receiver": .string("\(url.scheme.rawValue)://\(url.authority)"), "why": .string(why),
    ]
    more(&fields)
    return fields
  }
}
