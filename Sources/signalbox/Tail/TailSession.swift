import HTTP

/// What `tail` knows of its stream: where it is, how it got there, and what it does when the stream is gone. A value: connections,
/// clocks and chance are outside.
struct TailSession: Sendable {
  /// What an event of the stream means for whoever watches.
  enum Output: Sendable {
    case record(StreamRecord)
    /// Something about the stream, a sentence or two.
    case notice(String)
    /// How the tasks stand; what led there is not shown.
    case standing([TaskSummary])
  }

  /// What to do when a stream is gone.
  enum Next: Sendable, Equatable {
    /// Say this, wait so long, connect again.
    case connect(after: Duration, notice: String)
    /// All was shown, and no more will come.
    case finished
    case failed(CommandFailure)
  }

  let target: TailTarget
  /// How long to try to come back.
  let patience: Duration
  /// Where the next connection begins: behind what was shown last, or where it was asked for.
  private(set) var cursor: String?
  var pause = ReconnectPause()

  private var hasConnected = false
  /// When the stream that there is began; nil while there is none.
  private var opened: ContinuousClock.Instant?
  /// Since when there is no stream that lasts; nil while there is one.
  private var outage: ContinuousClock.Instant?
  /// Tries since then.
  private var attempts = 0
  private var check: OrderCheck
  private var bye: String?

  init(_ target: TailTarget, after: String?, patience: Duration) {
    self.target = target
    self.patience = patience
    cursor = after
    check = OrderCheck(target, fromTheBeginning: after == nil)
  }

  // MARK: While there is a stream

  /// Throws when the stream is not what it says it is.
  mutating func receive(
    _ event: ReceivedEvent, at now: ContinuousClock.Instant
  ) throws(CommandFailure) -> [Output] {
    let shown = cursor
    if !event.lastEventID.isEmpty { cursor = event.lastEventID }
    switch event.type {
    case "message":
      guard let record = StreamRecord(event.data) else {
        throw .failure("The gateway sent an event that is no record; this program and that gateway do not match.")
      }
      if let fault = check.fault(record) { throw .failure(fault) }
      return [.record(record)]
    case "bye":
      bye = StreamNews.reason(event.data)
      return []
    case "resume":
      return resumed(event.data, shown: shown, at: now)
    case "snapshot", "reset":
      return [.standing(StreamNews.tasks(event.data))]
    case "expiring":
      return StreamNews.expiry(event.data).map { [.notice($0)] } ?? []
    default:
      // What later versions say of a stream moves no cursor, so it can be left out.
      return []
    }
  }

  private mutating func resumed(_ data: [UInt8], shown: String?, at now: ContinuousClock.Instant) -> [Output] {
    let isBack = hasConnected
    hasConnected = true
    opened = now
    let news = StreamNews.resumption(data)
    switch news.status {
    case "reset":
      check.reset()
      let place = TerminalText.line(shown ?? "there", limit: 100)
      return [
        .notice(
          "The gateway cannot go on behind \(place): what came after it is not shown. How the tasks stand now comes "
            + "first, then what happens from now on.")
      ]
    case "snapshot":
      check.reset()
      return []
    default:
      guard isBack else { return [] }
      let missed =
        switch news.missed {
        case 0?: "nothing was missed"
        case 1?: "1 event was missed and comes now"
        case let count?: "\(count) events were missed and come now"
        case nil: "what was missed comes now"
        }
      return [.notice("Connected again; \(missed).")]
    }
  }

  // MARK: When it is gone

  mutating func lose(
    _ loss: StreamLoss, at now: ContinuousClock.Instant, using random: inout some RandomNumberGenerator
  ) -> Next {
    let bye = self.bye
    self.bye = nil
    switch loss {
    case .finished:
      return .finished
    case .broken(let sentence):
      return .failed(.failure(sentence))
    case .refused(let refusal):
      guard refusal.isPassing, hasConnected else { return .failed(.failure(refusal.sentence)) }
      return again(because: refusal.sentence, notBefore: refusal.retryAfter, at: now, &random)
    case .transport(let sentence):
      guard hasConnected else { return .failed(.failure(sentence)) }
      return again(because: sentence, at: now, &random)
    case .ended:
      return ended(bye, at: now, &random)
    }
  }

  private mutating func ended(
    _ bye: String?, at now: ContinuousClock.Instant, _ random: inout some RandomNumberGenerator
  ) -> Next {
    switch bye {
    case "finished":
      return .finished
    case "revoked":
      return .failed(
        .failure("The gateway ended the stream: the certificate or token is no longer good, or the policy lost it."))
    case "forbidden":
      return .failed(.failure("The gateway ended the stream: the policy no longer lets this principal watch that."))
    case "draining":
      return again(because: "The gateway is going away.", at: now, &random)
    case "slow":
      return again(
        because: "The gateway ended the stream, because more waited to be read than may wait.", at: now, &random)
    case "expired":
      // A newer token may lie in the file meanwhile; if not, the next answer says what is wrong.
      return again(because: "The gateway ended the stream: the certificate or token has expired.", at: now, &random)
    case "failed":
      return again(because: "The gateway ended the stream: something failed, and its log tells what.", at: now, &random)
    case let other?:
      let reason = TerminalText.line(other, limit: 60)
      return again(because: "The gateway ended the stream with the reason \(reason).", at: now, &random)
    case nil:
      return again(because: "The gateway ended the stream without a reason.", at: now, &random)
    }
  }

  /// A stream that lasts as long as the longest pause was a stream; one that ends sooner is one more try.
  private mutating func again(
    because reason: String, notBefore seconds: Int? = nil, at now: ContinuousClock.Instant,
    _ random: inout some RandomNumberGenerator
  ) -> Next {
    if let opened, now - opened >= ReconnectPause.longest {
      outage = nil
      attempts = 0
    }
    opened = nil
    let began = outage ?? now
    outage = began
    guard now - began < patience else {
      return .failed(.failure("\(reason) Given up after \(Self.seconds(now - began)) s. \(goingOn)"))
    }
    let asked = Duration.seconds(min(seconds ?? 0, 86_400))
    let wait = min(asked + pause.next(attempt: attempts, using: &random), patience - (now - began))
    attempts += 1
    return .connect(after: wait, notice: "\(reason) Trying again in \(Self.seconds(wait)) s.")
  }

  /// How somebody goes on by hand, without missing or repeating anything.
  var goingOn: String {
    let place = cursor.map { " --after \(Shell.quoted($0))" } ?? ""
    return "To go on from here: signalbox \(target.words)\(place)"
  }

  private static func seconds(_ duration: Duration) -> String {
    let tenths = Int64(duration / .milliseconds(100))
    return "\(tenths / 10).\(tenths % 10)"
  }
}
