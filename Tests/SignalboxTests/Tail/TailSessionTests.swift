import HTTP
import TestSupport
import Testing

@testable import signalbox

struct TailSessionTests {
  private let start = ContinuousClock.now
  private var random = SeededRandom(seed: 6)

  private func session(after: String? = nil, patience: Duration = .seconds(600)) -> TailSession {
    TailSession(.tasks(["t"]), after: after, patience: patience)
  }

  /// What is shown, in short.
  private func shown(_ outputs: [TailSession.Output]) -> [String] {
    outputs.map { output in
      switch output {
      case .record(let record): "\(record.seq)"
      case .notice(let text): text
      case .standing(let tasks): tasks.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
      }
    }
  }

  @Test func `records are shown as they come, and the cursor is that of the last one`() throws {
    var session = session()
    #expect(try shown(session.receive(StreamText.resume("continued", missed: 2, id: "e.0"), at: start)).isEmpty)
    #expect(session.cursor == "e.0")
    #expect(try shown(session.receive(StreamText.record(5, seq: 1), at: start)) == ["1"])
    #expect(try shown(session.receive(StreamText.record(9, seq: 2), at: start)) == ["2"])
    #expect(session.cursor == "e.9")
    #expect(session.goingOn == "To go on from here: signalbox tail t --after e.9")
    #expect(try shown(session.receive(StreamText.bye("finished", id: "e.9"), at: start)).isEmpty)
    var random = random
    #expect(session.lose(.ended, at: start, using: &random) == .finished)
  }

  @Test(arguments: [
    (0, "Connected again; nothing was missed."), (1, "Connected again; 1 event was missed and comes now."),
    (12, "Connected again; 12 events were missed and come now."), (nil, "Connected again; what was missed comes now."),
  ])
  func `coming back is said, with what was missed`(missed: Int?, notice: String) throws {
    var (session, random) = (session(), random)
    _ = try session.receive(StreamText.resume("continued", id: "e.0"), at: start)
    guard case .connect(_, let text) = session.lose(.transport("It broke."), at: start, using: &random) else {
      Issue.record("It does not come back.")
      return
    }
    #expect(text.hasPrefix("It broke. Trying again in ") && text.hasSuffix(" s."))
    let outputs = try session.receive(StreamText.resume("continued", missed: missed, id: "e.0"), at: start)
    #expect(shown(outputs) == [notice])
  }

  @Test func `a place that is lost is said, and how things stand comes first`() throws {
    var session = session(after: "old.6")
    _ = try session.receive(StreamText.resume("continued", id: "old.6"), at: start)
    let last = StreamText.record(7, seq: 5)
    _ = try session.receive(ReceivedEvent(lastEventID: "old.7", data: last.data), at: start)
    let notice = try shown(session.receive(StreamText.resume("reset", missed: nil, id: "e.9"), at: start))
    #expect(
      notice.count == 1 && notice[0].hasPrefix("The gateway cannot go on behind old.7: what came after it is not"))
    let body = #"{"cursor":"e.9","tasks":[{"id":"t","state":"working","final":false}]}"#
    let reset = ReceivedEvent(type: "reset", lastEventID: "e.9", data: Array(body.utf8))
    #expect(try shown(session.receive(reset, at: start)) == ["t working"])
    // Another journal counts anew.
    #expect(try shown(session.receive(StreamText.record(2, seq: 2), at: start)) == ["2"])
    #expect(session.cursor == "e.2")
  }

  @Test func `what is not the next record ends it with a sentence`() throws {
    var session = session()
    _ = try session.receive(StreamText.record(1, seq: 1), at: start)
    let error = try #require(throws: CommandFailure.self) {
      try session.receive(StreamText.record(3, seq: 3), at: start)
    }
    #expect(error.messages[0].hasPrefix("The gateway sent event 3 of t where event 2 had to come. "))
    let garbled = ReceivedEvent(data: Array("{}".utf8))
    #expect(throws: CommandFailure.self) { try session.receive(garbled, at: start) }
  }

  @Test func `events of later versions change nothing but the cursor`() throws {
    var session = session()
    let event = ReceivedEvent(type: "weather", lastEventID: "e.4", data: [])
    #expect(try session.receive(event, at: start).isEmpty)
    #expect(session.cursor == "e.4")
  }

  // MARK: When the stream is gone

  @Test(arguments: [
    StreamLoss.transport("No."), .broken("No."), .refused(GatewayRefusal(.serviceUnavailable, body: [])),
  ])
  func `where there never was a stream, nothing is tried again`(loss: StreamLoss) {
    var (session, random) = (session(), random)
    guard case .failed(let failure) = session.lose(loss, at: start, using: &random) else {
      Issue.record("It tries again.")
      return
    }
    #expect(failure.code == .failure && failure.messages.count == 1)
  }

  @Test(arguments: [
    ("finished", "finished"), ("revoked", "failed"), ("forbidden", "failed"), ("draining", "again"), ("slow", "again"),
    ("expired", "again"), ("failed", "again"), ("rotated", "again"),
  ])
  func `the reason of the end says what is next`(reason: String, next: String) throws {
    var (session, random) = (session(), random)
    _ = try session.receive(StreamText.resume("continued", id: "e.0"), at: start)
    _ = try session.receive(StreamText.bye(reason), at: start)
    let found =
      switch session.lose(.ended, at: start, using: &random) {
      case .finished: "finished"
      case .failed: "failed"
      case .connect: "again"
      }
    #expect(found == next)
  }

  @Test func `a reason counts for the stream that gave it alone`() throws {
    var (session, random) = (session(), random)
    _ = try session.receive(StreamText.resume("continued", id: "e.0"), at: start)
    _ = try session.receive(StreamText.bye("draining"), at: start)
    _ = session.lose(.ended, at: start, using: &random)
    guard case .connect(_, let notice) = session.lose(.ended, at: start, using: &random) else {
      Issue.record("It does not come back.")
      return
    }
    #expect(notice.hasPrefix("The gateway ended the stream without a reason. "))
  }

  @Test(arguments: [
    (StreamLoss.finished, "finished"), (.broken("No."), "failed"),
    (.refused(GatewayRefusal(.notFound, body: [])), "failed"),
    (.refused(GatewayRefusal(.unauthorized, body: [])), "failed"),
    (.refused(GatewayRefusal(.serviceUnavailable, body: [])), "again"),
    (.refused(GatewayRefusal(.tooManyRequests, body: [])), "again"), (.transport("No."), "again"),
  ])
  func `only what may pass is tried again`(loss: StreamLoss, next: String) throws {
    var (session, random) = (session(), random)
    _ = try session.receive(StreamText.resume("continued", id: "e.0"), at: start)
    let found =
      switch session.lose(loss, at: start, using: &random) {
      case .finished: "finished"
      case .failed: "failed"
      case .connect: "again"
      }
    #expect(found == next)
  }

  @Test func `it gives up when its patience is over, says why, and from where to go on`() throws {
    var (session, random) = (session(patience: .seconds(100)), random)
    _ = try session.receive(StreamText.resume("continued", id: "e.3"), at: start)
    var now = start
    var tries = 0
    while case .connect(let wait, _) = session.lose(.transport("It broke."), at: now, using: &random) {
      now += wait
      tries += 1
      try #require(tries < 10_000)
    }
    #expect(now - start == .seconds(100))
    #expect(tries > 4)
    #expect(
      session.lose(.transport("It broke."), at: now, using: &random)
        == .failed(
          .failure("It broke. Given up after 100.0 s. To go on from here: signalbox tail t --after e.3")))
  }

  @Test func `how long the gateway asks to be left alone is heeded`() throws {
    var (session, random) = (session(), random)
    _ = try session.receive(StreamText.resume("continued", id: "e.3"), at: start)
    let refusal = GatewayRefusal(.tooManyRequests, fields: HTTPFields([("retry-after", "17")]), body: [])
    guard case .connect(let wait, _) = session.lose(.refused(refusal), at: start, using: &random) else {
      Issue.record("It does not come back.")
      return
    }
    #expect(wait >= .seconds(17) && wait <= .seconds(18))
  }

  @Test func `streams that end at once are tries, and one that lasts is none`() throws {
    var (session, random) = (session(patience: .seconds(90)), random)
    func loseAfter(_ life: Duration, _ now: inout ContinuousClock.Instant) throws -> TailSession.Next {
      _ = try session.receive(StreamText.resume("continued", id: "e.3"), at: now)
      now += life
      return session.lose(.transport("It broke."), at: now, using: &random)
    }
    var now = start
    // Each lasts for two seconds: after 90 it is enough.
    var lives = 0
    while case .connect = try loseAfter(.seconds(2), &now) {
      lives += 1
      try #require(lives < 1000)
    }
    #expect(lives == 45)
    // Each lasts for a minute: for ever.
    for _ in 0..<10 {
      guard case .connect(let wait, _) = try loseAfter(.seconds(60), &now) else {
        Issue.record("It gives up.")
        return
      }
      #expect(wait <= .seconds(1))
    }
  }

  /// A gateway that has `count` records and whose streams break anywhere, before or after any of their events.
  @Test(arguments: 0..<40)
  func `wherever streams break, each record is shown once and in order`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var session = session()
    let records = (1...30).map { StreamText.record($0 * 3, seq: $0) }
    var (shown, now, tries) = ([String](), start, 0)
    while true {
      tries += 1
      try #require(tries < 1000)
      let offset = session.cursor.flatMap { Int($0.dropFirst(2)) } ?? 0
      let rest = records.filter { (Int($0.lastEventID.dropFirst(2)) ?? 0) > offset }
      let events = [StreamText.resume("continued", missed: rest.count, id: "e.\(offset)")] + rest
      let end = StreamText.bye("finished")
      let cut = Int.random(in: 0...(events.count + 1), using: &random)
      for event in (events + [end]).prefix(cut) {
        shown += try self.shown(session.receive(event, at: now)).filter { Int($0) != nil }
      }
      now += .seconds(40)
      let isWhole = cut == events.count + 1
      let next = session.lose(isWhole ? .ended : .transport("It broke."), at: now, using: &random)
      // The very first stream may have broken before its first event.
      if case .failed = next, cut == 0, tries == 1 { return }
      guard case .connect(let wait, _) = next else {
        #expect(next == .finished && isWhole)
        break
      }
      #expect(wait <= ReconnectPause.longest)
    }
    #expect(shown == (1...30).map(String.init))
  }
}
