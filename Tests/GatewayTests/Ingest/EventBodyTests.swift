import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// Bodies of events, without sockets.
@Suite struct EventBodyTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `lines give the same events as each alone, whatever is between them`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let events = (0..<Int.random(in: 1...8, using: &random)).map { _ in
      RandomJSON.object(depth: 3, lineEnds: false, &random)
    }
    var body = ""
    for event in events {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        body += ["\n", " \n", "\t\r\n"].randomElement(using: &random) ?? ""
      }
      body += ["", " ", "\t"].randomElement(using: &random) ?? ""
      body += event + (["\n", "\r\n", " \n"].randomElement(using: &random) ?? "")
    }
    if Bool.random(using: &random) { body.removeLast() }
    let together = try EventBody(Array(body.utf8), .lines).events
    let alone = try events.map { try EventBody(Array($0.utf8), .one).events[0] }
    #expect(together == alone, "seed \(seed)")
    #expect(alone == events.map { Array($0.utf8) }, "What is on one line is kept as it is. Seed \(seed)")
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `what is on several lines comes out on one, and means the same`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let event = RandomJSON.object(depth: 3, lineEnds: true, &random)
    let payload = try EventBody(Array("\n\(event)\r\n".utf8), .one).events[0]
    #expect(!payload.contains { $0 == 10 || $0 == 13 }, "seed \(seed)")
    let (kept, sent) = (try JSONValue(parsing: payload), try JSONValue(parsing: event))
    #expect(kept == sent, "seed \(seed)")
    #expect(Self.keys(kept) == Self.keys(sent), "Members stay in their order. Seed \(seed)")
  }

  private static func keys(_ value: JSONValue) -> [String] {
    value.members.flatMap { [$0.key] + keys($0.value) } + value.elements.flatMap(keys)
  }

  @Test(arguments: ["", " ", "\n\n", " \r\n\t"])
  func `a body without an event is refused`(body: String) {
    for form in EventBody.Form.allCases {
      let refusal = #expect(throws: Refusal.self) { try EventBody(Array(body.utf8), form) }
      #expect(refusal?.status == .badRequest && refusal?.code == "bad-event")
    }
  }

  @Test func `an error says on which line and at which byte of it`() {
    let refusal = #expect(throws: Refusal.self) { try EventBody(Array("{}\n\n  {\"a\":x}\n".utf8), .lines) }
    #expect(
      refusal?.detail
        == "The event on line 3 is no JSON: at its byte 6, a value was expected. Nothing was stored; send a JSON object."
    )
  }

  @Test func `types of media are read with regard to nothing but the type`() throws {
    #expect(try EventBody.Form("application/json") == .one)
    #expect(try EventBody.Form("Application/JSON; charset=utf-8") == .one)
    #expect(try EventBody.Form("application/x-ndjson ;q=1") == .lines)
    for other in [nil, "", "text/json", "application/jsonx", "application/json, text/plain", "x application/json"] {
      let refusal = #expect(throws: Refusal.self) { try EventBody.Form(other) }
      #expect(refusal?.status == .unsupportedMediaType)
    }
  }

  @Test func `ids are made of letters that fit everywhere, and differ`() {
    let made = (0..<100).map { _ in TaskID.make() }
    #expect(Set(made).count == 100)
    #expect(made.allSatisfy { TaskID.isGood($0) && $0.utf8.count == 24 })
  }
}

/// JSON texts of all shapes.
enum RandomJSON {
  static func object(depth: Int, lineEnds: Bool, _ random: inout SeededRandom) -> String {
    let members = (0..<Int.random(in: 0...4, using: &random)).map { number in
      gap(lineEnds, &random) + "\"\(number)\(text(&random))\"" + gap(lineEnds, &random) + ":"
        + gap(lineEnds, &random) + value(depth: depth - 1, lineEnds: lineEnds, &random) + gap(lineEnds, &random)
    }
    return "{" + (members.isEmpty ? gap(lineEnds, &random) : members.joined(separator: ",")) + "}"
  }

  private static func value(depth: Int, lineEnds: Bool, _ random: inout SeededRandom) -> String {
    switch Int.random(in: depth > 0 ? 0...7 : 2...7, using: &random) {
    case 0: return object(depth: depth, lineEnds: lineEnds, &random)
    case 1:
      let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        gap(lineEnds, &random) + value(depth: depth - 1, lineEnds: lineEnds, &random)
      }
      return "[" + elements.joined(separator: ",") + gap(lineEnds, &random) + "]"
    case 2: return ["null", "true", "false"].randomElement(using: &random) ?? "null"
    case 3: return ["0", "-0.50", "1e400", "123456789012345678901234567890"].randomElement(using: &random) ?? "0"
    default: return "\"\(text(&random))\""
    }
  }

  private static func text(_ random: inout SeededRandom) -> String {
    let pieces = ["a", " ", "  b", "\\n", "\\r\\n", "\\u2028", "\u{2028}", "\u{E9}", "\u{1F682}", "\\\"", "{", ","]
    return (0..<Int.random(in: 0...3, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  private static func gap(_ lineEnds: Bool, _ random: inout SeededRandom) -> String {
    let gaps = lineEnds ? ["", "", " ", "\n", "\r", "\r\n  ", "\t"] : ["", "", "", " ", "  ", "\t"]
    return gaps.randomElement(using: &random) ?? ""
  }
}
