import HTTP
import Telemetry
import Wire

// One notification, until it is delivered or given up.
extension PushSender {
  func deliver(_ notification: PushNotification, to receiver: PushReceiver) async {
    var failures = 0
    while true {
      let verdict = await attempt(notification)
      // Cancelled: nobody is to be told any more.
      if Task.isCancelled { return }
      switch verdict {
      case .delivered:
        return telemetry.delivered.add()
      case .never(let why):
        return giveUp(notification, receiver, after: failures + 1, because: why)
      case .again(let why):
        failures += 1
        let delay = options.backoff.delay(after: failures, chance: surroundings.random())
        let isLate = surroundings.now() + delay > notification.since + options.giveUpAfter
        guard failures < options.attempts, !isLate else {
          return giveUp(notification, receiver, after: failures, because: why)
        }
        telemetry.repeated.add()
        telemetry.log.debug(
          "push notification will be sent again",
          fields(notification, receiver, because: why) { $0.append("delay", .duration(delay)) })
        guard (try? await surroundings.sleep(delay)) != nil else { return }
      }
    }
  }

  private func attempt(_ notification: PushNotification) async -> PushVerdict {
    await beginAttempt()
    defer { endAttempt() }
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
