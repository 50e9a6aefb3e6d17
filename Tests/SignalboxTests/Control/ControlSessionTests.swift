import HTTP
import JSON
import TestSupport
import Testing

@testable import signalbox

struct ControlSessionTests {
  private func connected() throws -> ControlTalk {
    var talk = ControlTalk()
    try talk.hear(SocketText.welcome)
    _ = talk.takeShown()
    return talk
  }

  @Test func `what is asked before the greeting is sent behind it`() throws {
    var talk = ControlTalk()
    talk.ask("c1", .cancel(task: "t", why: "Wrong."))
    #expect(talk.takeSent().isEmpty)
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent() == [#"{"type":"cancel","id":"c1","task":"t","why":"Wrong."}"#])
    #expect(talk.takeShown() == ["welcome kim"])
  }

  @Test func `a command has its receipt, and then its verdict, each once`() throws {
    var talk = try connected()
    talk.ask("c1", .cancel(task: "t", why: nil))
    try talk.hear(SocketText.ack("c1"), SocketText.verdict("c1", "stopped"))
    #expect(talk.takeShown() == ["ack c1", "c1 stopped"])
    // Nothing is owed any more, so the next connection is asked nothing.
    _ = talk.takeSent()
    talk.lose(.transport("It broke."))
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent().isEmpty)
  }

  @Test func `what was not answered is asked again with the same id, and told once`() throws {
    var talk = try connected()
    talk.ask("c1", .cancel(task: "t", why: nil))
    talk.ask("c2", .pause(task: "u", why: nil))
    try talk.hear(SocketText.ack("c1"))
    let first = talk.takeSent()
    _ = talk.takeShown()
    talk.lose(.transport("It broke."))
    #expect(talk.takeShown().first?.hasPrefix("It broke. The connection is lost; trying again in ") == true)
    #expect(talk.pause != nil)
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent() == first)
    // The gateway had both: the one receipt was told before, and has the verdict now.
    try talk.hear(
      SocketText.ack("c1", #""seq":3,"repeated":true,"verdict":{"verdict":"refused","why":"No.","seq":5}"#),
      SocketText.ack("c2", #""seq":4,"repeated":true"#))
    #expect(talk.takeShown() == ["welcome kim", "Connected again.", "c1 refused", "ack c2"])
  }

  @Test func `a receipt that has the verdict ends it`() throws {
    var talk = try connected()
    talk.ask("c1", .resume(task: "t"))
    try talk.hear(SocketText.ack("c1", #""verdict":{"verdict":"resumed","afterMilliseconds":7,"seq":5}"#))
    guard case .verdict(let verdict)? = talk.outputs.last else { Issue.record("There is no verdict."); return }
    #expect(verdict.task == "t" && verdict.command == "resume" && verdict.afterMilliseconds == 7)
    #expect(
      verdict.line
        == #"{"type":"verdict","id":"c1","task":"t","command":"resume","verdict":"resumed","afterMilliseconds":7,"seq":5}"#
    )
  }

  @Test func `a refusal ends it, and says why`() throws {
    var talk = try connected()
    talk.ask("c1", .cancel(task: "t", why: nil))
    try talk.hear(SocketText.nack("c1", "not-found", "There is no such task."))
    #expect(talk.takeShown() == ["nack c1 not-found"])
    _ = talk.takeSent()
    talk.lose(.transport("It broke."))
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent().isEmpty)
  }

  @Test func `a subscription without a turn is asked again when the gateway says, and where it was`() throws {
    var talk = try connected()
    talk.ask("s", .subscribe(after: "e.5"))
    try talk.hear(SocketText.nack("s", "try-later", "Later.", more: #","retryAfter":7"#))
    #expect(talk.later == ["s": .seconds(7)] && talk.takeShown().last == "Later.")
    _ = talk.takeSent()
    talk.ask("s", .subscribe(after: "e.5"))
    #expect(talk.takeSent() == [#"{"type":"subscribe","id":"s","all":true,"after":"e.5"}"#])
  }

  @Test func `a thousand things are asked a few at a time`() throws {
    var talk = try connected()
    for number in 0..<100 { talk.ask("c\(number)", .cancel(task: "t\(number)", why: nil)) }
    #expect(talk.takeSent().count == ControlSession.window)
    try talk.hear(SocketText.ack("c0"), SocketText.nack("c1", "not-found", "No."))
    #expect(talk.takeSent().count == 2)
    talk.lose(.transport("It broke."))
    try talk.hear(SocketText.welcome)
    let again = talk.takeSent()
    #expect(again.count == ControlSession.window && again[0].contains(#""c0""#) && again[1].contains(#""c2""#))
  }

  @Test func `a subscription goes on behind what was seen last`() throws {
    var talk = try connected()
    talk.ask("s", .subscribe(after: "latest"))
    #expect(talk.takeSent() == [#"{"type":"subscribe","id":"s","all":true,"after":"latest"}"#])
    try talk.hear(
      SocketText.ack("s", #""subscription":"s","status":"snapshot","to":"e.0""#),
      SocketText.snapshot(SocketText.task("t")), "[\(SocketText.event(4)),\(SocketText.event(7, seq: 2))]")
    #expect(talk.takeShown() == ["ack s", "t working", "t 1", "t 2"])
    talk.lose(.closed(code: 4009, reason: "draining"))
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent() == [#"{"type":"subscribe","id":"s","all":true,"after":"e.7"}"#])
    #expect(throws: CommandFailure.self) { try talk.hear(SocketText.event(7, seq: 2)) }
  }

  @Test func `a place that is lost is said, and the next connection begins at how things stand`() throws {
    var talk = try connected()
    talk.ask("s", .subscribe(after: "latest"))
    try talk.hear(SocketText.ack("s", #""status":"continued","to":"e.4""#), SocketText.event(5))
    talk.lose(.closed(code: 4010, reason: ""))
    _ = talk.takeSent()
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent() == [#"{"type":"subscribe","id":"s","all":true,"after":"latest"}"#])
    _ = talk.takeShown()
    try talk.hear(
      SocketText.ack("s", #""status":"reset","to":"x.0""#),
      #"{"type":"reset","subscription":"s","cursor":"x.0","tasks":[\#(SocketText.task("t"))]}"#,
      SocketText.event(1))
    let shown = talk.takeShown()
    #expect(shown.count == 4 && shown[1].hasPrefix("The gateway cannot go on where it was"), "\(shown)")
    #expect(shown.suffix(2) == ["t working", "t 1"])
  }

  @Test(arguments: [
    (4001, "no longer good (revoked)"), (4003, "does not let this principal in any more"), (1009, "too long"),
    (1003, "too long, or not what it"),
  ])
  func `some closes are the end`(code: UInt16, words: String) throws {
    var talk = try connected()
    try talk.hear(#"{"type":"bye","reason":"revoked"}"#)
    talk.lose(.closed(code: code, reason: ""))
    #expect(talk.failure?.code == .failure && talk.failure?.messages.first?.contains(words) == true)
    #expect(talk.pause == nil)
  }

  @Test(arguments: [4008, 4009, 4010, 4029, 1001, 1011, nil] as [UInt16?])
  func `others are come back from`(code: UInt16?) throws {
    var talk = try connected()
    talk.lose(.closed(code: code, reason: ""))
    #expect(talk.failure == nil && talk.pause != nil)
  }

  @Test func `a gateway that was never there is not waited for, and one that is gone only so long`() throws {
    var talk = ControlTalk()
    talk.lose(.transport("Nobody there."))
    #expect(talk.failure?.messages == ["Nobody there."])
    talk = try connected()
    talk.lose(.transport("It broke."), after: .seconds(1))
    #expect(talk.failure == nil)
    talk.lose(.transport("It broke."), after: .seconds(61))
    #expect(talk.failure?.messages == ["It broke. Given up after 60.0 s."])
  }

  @Test func `who is refused at the door is not let in by knocking, unless the house is full`() throws {
    var talk = try connected()
    talk.lose(.refused(GatewayRefusal(.serviceUnavailable, fields: HTTPFields([("retry-after", "7")]), body: [])))
    #expect(try #require(talk.pause) >= .seconds(7))
    talk = try connected()
    talk.lose(.refused(GatewayRefusal(.unauthorized, body: [])))
    #expect(talk.failure != nil)
  }

  @Test(arguments: [
    "no json", #"{"id":"c1"}"#, #"{"type":"event","cursor":"e.1"}"#, #"{"type":"verdict","id":"c1"}"#, "[7]",
    #"{"type":"nack","id":null,"code":"bad-message","message":"That is no JSON."}"#,
  ])
  func `what cannot be read ends it with a sentence`(text: String) throws {
    var talk = try connected()
    #expect(throws: CommandFailure.self) { try talk.hear(text) }
  }

  @Test func `what later versions say is left out`() throws {
    var talk = try connected()
    try talk.hear(#"{"type":"weather","sun":true}"#, SocketText.ack("nobody's"), #"{"type":"presence","task":"t"}"#)
    #expect(talk.takeShown().isEmpty)
  }

  @Test func `the end of a credential is said`() throws {
    var talk = try connected()
    try talk.hear(#"{"type":"expiring","at":"2026-11-21T08:00:00Z","inSeconds":60}"#)
    #expect(
      talk.takeShown() == [
        "The certificate or token is good until 2026-11-21T08:00:00Z; then the gateway ends the connection."
      ])
  }

  @Test func `a subscription that the gateway fails to serve is asked once more, and one that it forbids is the end`()
    throws
  {
    var talk = try connected()
    talk.ask("s", .subscribe(after: "latest"))
    try talk.hear(SocketText.ack("s", #""status":"continued","to":"e.4""#), SocketText.event(5))
    _ = talk.takeSent()
    try talk.hear(#"{"type":"end","subscription":"s","reason":"failed"}"#)
    #expect(talk.takeSent() == [#"{"type":"subscribe","id":"s","all":true,"after":"e.5"}"#])
    #expect(throws: CommandFailure.self) { try talk.hear(#"{"type":"end","subscription":"s","reason":"forbidden"}"#) }
  }

  private static func question(_ task: String, _ more: String = "") -> String {
    #"{"type":"question","task":"\#(task)","question":{"task":"\#(task)","question":"q1","text":"Which?"\#(more)}}"#
  }

  @Test func `the questions that wait are a list, and what comes behind them is news`() throws {
    var talk = try connected()
    talk.ask("q", .questions)
    #expect(talk.takeSent() == [#"{"type":"questions","id":"q"}"#])
    try talk.hear(SocketText.ack("q", #""subscription":"q","waiting":2"#), Self.question("t"))
    #expect(talk.takeShown() == ["ack q"])
    try talk.hear(Self.question("u"), Self.question("u", #","claimedBy":"kim""#))
    try talk.hear(#"{"type":"question-closed","task":"t","question":"q1","how":"answered","by":"kim"}"#)
    #expect(talk.takeShown() == ["t q1, u q1", "u q1 kim", "t q1 answered"])
    // Another connection has a list of its own, whatever was missing of the one before.
    talk.lose(.transport("It broke."))
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent() == [#"{"type":"questions","id":"q"}"#])
    _ = talk.takeShown()
    try talk.hear(SocketText.ack("q", #""waiting":3,"more":true"#), Self.question("t"))
    talk.lose(.transport("It broke."))
    try talk.hear(SocketText.welcome)
    _ = talk.takeShown()
    try talk.hear(SocketText.ack("q", #""waiting":0"#), Self.question("v"))
    #expect(talk.takeShown() == ["ack q", "", "v q1 waits"])
    try talk.hear(#"{"type":"end","subscription":"q","reason":"slow"}"#)
    _ = talk.takeSent()
    try talk.hear(SocketText.ack("q", #""waiting":1,"more":true"#), Self.question("v"))
    #expect(talk.takeShown().suffix(2) == ["ack q", "v q1, more"])
  }

  @Test(arguments: [
    SocketText.ack("q", #""subscription":"q""#), #"{"type":"question","task":"t"}"#,
    #"{"type":"question","task":"t","question":{}}"#, #"{"type":"question-closed","task":"t","question":"q1"}"#,
  ])
  func `an inbox that cannot be read ends it with a sentence`(text: String) throws {
    var talk = try connected()
    talk.ask("q", .questions)
    #expect(throws: CommandFailure.self) { try talk.hear(text) }
  }

  @Test func `what would find other tasks is not given again by itself`() throws {
    var talk = ControlTalk()
    talk.ask("r", .cancelMany(.mine, agent: nil, why: nil, isRehearsal: false))
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent().count == 1)
    talk.lose(.transport("It broke."))
    #expect(talk.failure?.code == .unknownOutcome && talk.pause == nil)
    #expect(
      talk.failure?.messages == [
        "It broke. Nobody knows what was cancelled; give it again with --id r, and each task is asked once."
      ])
    // Also where the way back is barred.
    talk = try connected()
    talk.ask("r", .cancelMany(.all, agent: nil, why: nil, isRehearsal: false))
    talk.lose(.closed(code: 4001, reason: "expired"))
    #expect(talk.failure?.code == .unknownOutcome)
    #expect(talk.failure?.messages.first?.contains("no longer good (expired)") == true)
    // What has not left, or does nothing, is.
    talk = try connected()
    talk.ask("d", .cancelMany(.mine, agent: nil, why: nil, isRehearsal: true))
    let first = talk.takeSent()
    talk.lose(.transport("It broke."))
    talk.ask("r", .cancelMany(.mine, agent: nil, why: nil, isRehearsal: false))
    talk.lose(.transport("It broke."))
    #expect(talk.failure == nil)
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent() == first + [#"{"type":"cancel","id":"r","filter":"mine"}"#])
  }

  @Test func `a connection that lasted is a new beginning, and one that did not is one more try`() throws {
    for (lasted, isGivenUp) in [(30, false), (29, true)] {
      var talk = try connected()
      talk.lose(.transport("It broke."), after: .seconds(1))
      try talk.hear(SocketText.welcome, after: .seconds(40))
      talk.lose(.transport("It broke."), after: .seconds(40 + lasted))
      #expect((talk.failure != nil) == isGivenUp, "\(lasted) s")
    }
  }

  @Test func `a verdict on another task's command of that id is no answer to ours`() throws {
    var talk = try connected()
    talk.ask("c1", .cancel(task: "t", why: nil))
    let asked = talk.takeSent()
    try talk.hear(SocketText.verdict("c1", "stopped", task: "u"))
    talk.lose(.transport("It broke."))
    try talk.hear(SocketText.welcome)
    #expect(talk.takeSent() == asked)
  }

  @Test(
    arguments: [
      ("busy", "", 1), ("too-many-messages", #","retryAfter":4"#, 4), ("too-many-messages", "", 1),
      ("forbidden", "", nil),
    ] as [(String, String, Int?)])
  func `what is refused for the moment is asked again`(code: String, more: String, seconds: Int?) throws {
    let refusal = ControlRefusal(try JSONValue(parsing: SocketText.nack("c1", code, "Not now.", more: more)))
    #expect(refusal.pause == seconds.map { .seconds($0) })
  }
}
