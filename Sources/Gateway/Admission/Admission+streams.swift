import HTTP
import Identity
import Journal
import Wire

extension Admission {
  /// Where an event stream is to be opened: nil when its turn has come, otherwise what is to be answered.
  ///
  /// Who resumes and finds no turn is told when to come back in a stream of its own: for browsers, any other answer to an `EventSource` is
  /// the end of it. Who is new hears 503 with the same.
  func answer(_ start: StreamStart, epoch: String, of asker: Asker) async throws -> Response? {
    let kind = AdmissionTicket.Kind(start, epoch: epoch)
    switch (await pass(ticket(kind, of: asker.principal.name)), kind) {
    case (.admitted, _): return nil
    case (.left, _): throw CancellationError()
    case (.tooMany, _): throw Refusal.tooManyWaiting
    case (.deferred(let wait), .resumed): return .comeBack(after: wait, because: GrantEvents.tryLater)
    case (.draining(let wait), .resumed): return .comeBack(after: wait, because: GrantEvents.goingAway)
    case (.deferred(let wait), .new): throw Refusal.tryLater(after: wait)
    case (.draining(let wait), .new): throw Refusal.goingAway(after: wait)
    }
  }
}

extension AdmissionTicket.Kind {
  /// A cursor of this journal can only be had here. How far it is says nothing: whoever has been here once knows some.
  init(_ start: StreamStart, epoch: String) {
    self = if case .after(let cursor) = start, cursor.epoch == epoch { .resumed } else { .new }
  }
}

extension Response {
  /// A stream that says when to come back, and nothing else.
  static func comeBack(after milliseconds: Int64, because reason: String) -> Response {
    .events { stream in
      try await stream.send(EncodedEvent(retryMilliseconds: Int(milliseconds)))
      await stream.end(reason: reason)
    }
  }
}

extension Refusal {
  static func tryLater(after milliseconds: Int64) -> Refusal {
    notNow("So many streams are being opened that this one found no turn in time.", code: "try-later", milliseconds)
  }

  static func goingAway(after milliseconds: Int64) -> Refusal {
    notNow("The gateway is going away.", code: "draining", milliseconds)
  }

  private static func notNow(_ why: String, code: String, _ milliseconds: Int64) -> Refusal {
    let seconds = (milliseconds + 999) / 1000
    return Refusal(
      .serviceUnavailable, "\(why) Try again in \(seconds) s.", code: code,
      fields: HTTPFields([("retry-after", "\(seconds)")]))
  }

  static let tooManyWaiting = Refusal.tooMany("streams of yours that wait to be opened", retryAfter: 10)
}
