import JSON
import Surveillance
import Testing

@testable import signalbox

/// What each look into the reference data gives, held against what was put in.
struct LookupTests {
  private let october = Day(year: 2026, month: 10, day: 1)...Day(year: 2026, month: 10, day: 31)

  private func run(_ call: LookupCall) async throws -> LookupResult { try await SmallWorld.lookups.run(call) }

  @Test func `an account says whose it is, and who decides for it`() async throws {
    let result = try await run(LookupCall(.lookUp, .account("A-3")))
    #expect(result.sentence.contains("belongs to Ulmo Paskane (O-3, person); T-3 (Ulmo Paskane) decides for it"))
    #expect(result.facts["owner"]?.string == "O-3" && result.facts["controller"]?.string == "T-3")
    #expect(result.rows == 1)
  }

  @Test func `traders, owners and shares say what they are`() async throws {
    let trader = try await run(LookupCall(.lookUp, .trader("T-3")))
    #expect(trader.sentence.contains("Ulmo Paskane, dealer in Clients") && trader.accounts == ["A-3", "A-4"])
    let owner = try await run(LookupCall(.lookUp, .owner("O-3")))
    #expect(owner.sentence.contains("A-3 (Rimmoza Reserve), A-4 (Rimmoza Invest)") && owner.accounts == ["A-3", "A-4"])
    let share = try await run(LookupCall(.lookUp, .instrument("ORBATE")))
    #expect(share.sentence.contains("is Orbate, of the sector Energy"), "\(share.sentence)")
    #expect(share.sentence.contains("closed at 26.00 USD on 2026-10-21"))
  }

  @Test(arguments: [AskedSubject.trader("T-9"), .account("A-9"), .owner("O-9"), .instrument("XYZZY")])
  func `what is not there is said to be not there`(subject: AskedSubject) async throws {
    let result = try await run(LookupCall(.lookUp, subject))
    #expect(result.sentence == "There is no \(subject.kind) \(subject.id) in the reference data." && result.rows == 0)
    #expect(result.facts["found"]?.bool == false)
  }

  @Test func `trades are counted and summed, of one share where that was asked`() async throws {
    let all = try await run(LookupCall(.trades, .trader("T-1"), days: october))
    #expect(all.facts["count"]?.int == 3 && all.facts["shares_bought"]?.int == 8_010)
    #expect(all.facts["shares_sold"]?.int == 8_000 && all.measure?.value == 3)
    #expect(all.facts["by_instrument"]?["ORBATE"]?.int == 2)
    #expect(all.sentence.contains("3 trades from 2026-10-01 to 2026-10-31: 8010 shares bought, 8000 sold."))
    let narrowed = try await run(LookupCall(.trades, .trader("T-1"), symbol: "TASKOR", days: october))
    #expect(narrowed.facts["count"]?.int == 1 && narrowed.sentence.contains("1 trade in TASKOR"))
    let share = try await run(LookupCall(.trades, .instrument("ORBATE")))
    #expect(share.facts["count"]?.int == 5 && share.facts["by_account"]?["A-1"]?.int == 2)
    #expect(share.facts["largest"]?["trade"]?.string == "F-1")
    let day = Day(year: 2026, month: 10, day: 13)
    #expect(try await run(LookupCall(.trades, .account("A-1"), days: day...day)).rows == 1)
    let none = try await run(LookupCall(.trades, .account("A-5"), symbol: "ORBATE"))
    #expect(none.rows == 0 && none.sentence.contains("has no trades in ORBATE"))
  }

  @Test func `prices tell the change, over the days and on the day that matters`() async throws {
    let focus = Day(year: 2026, month: 10, day: 19)
    let result = try await run(LookupCall(.prices, .instrument("ORBATE"), days: october, focus: focus))
    #expect(
      result.sentence.hasPrefix("ORBATE closed at 26.00 USD on 2026-10-19, +30.0 % against 20.00."),
      "\(result.sentence)")
    #expect(result.facts["change_percent"]?.string == "+30.0" && result.facts["lowest"]?.string == "19.00")
    #expect(result.rows == 8 && result.measure?.text == "ORBATE +30.0 %")
    let weekend = Day(year: 2026, month: 10, day: 17)
    let quiet = try await run(LookupCall(.prices, .instrument("ORBATE"), days: october, focus: weekend))
    #expect(quiet.sentence.hasPrefix("There was no trading in ORBATE on 2026-10-17."))
    let before = Day(year: 2025, month: 1, day: 1)
    #expect(try await run(LookupCall(.prices, .instrument("ORBATE"), days: before...before)).rows == 0)
  }

  @Test func `a price that fell has its minus, and one that stood still says so`() async throws {
    let fall = Day(year: 2026, month: 10, day: 20)...Day(year: 2026, month: 10, day: 21)
    let result = try await run(LookupCall(.prices, .instrument("ORBATE"), days: fall))
    #expect(result.facts["change_percent"]?.string == "-1.9")
    let still = try await run(LookupCall(.prices, .instrument("TASKOR"), days: october))
    #expect(still.facts["change_percent"]?.string == "+0.0")
  }

  @Test func `relationships are found by owner, by hand and by what is on file`() async throws {
    let spouse = try await run(LookupCall(.relationships, .account("A-1")))
    #expect(spouse.accounts == ["A-2"] && spouse.facts["links"]?[0]?["relation"]?.string == "spouse")
    #expect(spouse.facts["accounts"]?[0]?["why"]?.string == "spouse of O-1")
    #expect(try await run(LookupCall(.relationships, .account("A-3"))).accounts == ["A-4"])
    #expect(try await run(LookupCall(.relationships, .trader("T-3"))).accounts == ["A-3", "A-4"])
    let alone = try await run(LookupCall(.relationships, .account("A-5")))
    #expect(alone.rows == 0 && alone.sentence.hasPrefix("Nobody is on file as related"))
  }

  @Test func `news and lists are told as they stand`() async throws {
    let news = try await run(LookupCall(.news, .instrument("ORBATE"), days: october))
    #expect(news.sentence.contains("2026-10-19 Newswire: \"A bidder offers a third more for Orbate\" (material)"))
    #expect(try await run(LookupCall(.news, .instrument("TASKOR"), days: october)).rows == 0)
    let insider = try await run(LookupCall(.registers, .trader("T-3")))
    #expect(insider.sentence == "T-3 is on the insider list of ORBATE from 2026-10-12 to 2026-10-21.")
    #expect(try await run(LookupCall(.registers, .instrument("ORBATE"))).rows == 1)
    #expect(try await run(LookupCall(.registers, .owner("O-5"))).rows == 0)
    #expect(try await run(LookupCall(.registers, .trader("T-3"), symbol: "TASKOR")).rows == 0)
  }

  // MARK: As a model writes them

  @Test func `a call is read as it is written`() throws {
    for call in [
      LookupCall(.lookUp, .owner("O-3")), LookupCall(.trades, .trader("T-1"), symbol: "ORBATE", days: october),
      LookupCall(.prices, .instrument("ORBATE"), days: october, focus: october.lowerBound),
      LookupCall(.trades, .instrument("ORBATE")),
    ] {
      let text = #"{"tool":"\#(call.tool.rawValue)","input":\#(call.input.description)}"#
      #expect(try LookupCall(reading: JSONValue(parsing: text)) == call, "\(text)")
    }
  }

  @Test(arguments: [
    (#"{"input":{}}"#, "needs a \"tool\", one of look_up, prices"), (#"{"tool":"sql","input":{}}"#, "needs a \"tool\""),
    (#"{"tool":"trades"}"#, "needs an \"input\""),
    (#"{"tool":"trades","input":{"from":"2026-10-01"}}"#, "says of whom"),
    (#"{"tool":"trades","input":{"owner":"O-1"}}"#, "is not for the owner O-1"),
    (#"{"tool":"prices","input":{"trader":"T-1"}}"#, "is not for the trader T-1"),
    (#"{"tool":"relationships","input":{"instrument":"X"}}"#, "is not for the instrument X"),
    (#"{"tool":"trades","input":{"trader":"T-1","limit":3}}"#, "has \"limit\""),
    (#"{"tool":"trades","input":{"trader":"T-1","from":"yesterday","to":"2026-10-01"}}"#, "\"from\" is a day"),
    (#"{"tool":"trades","input":{"trader":"T-1","from":"2026-10-01"}}"#, "\"from\" and \"to\", or neither"),
    (#"{"tool":"trades","input":{"trader":"T-1","from":"2026-10-02","to":"2026-10-01"}}"#, "ends before it begins"),
  ])
  func `one that cannot be made says why`(text: String, why: String) throws {
    let value = try JSONValue(parsing: text)
    let fault = try #require(throws: LookupFault.self) { _ = try LookupCall(reading: value) }
    #expect(fault.text.contains(why), "\(fault.text)")
  }

  @Test(arguments: [
    ("nothing", "no JSON object"), ("{not json}", "no JSON:"), ("{}", "neither an \"answer\" nor \"calls\""),
    (#"{"answer":"  "}"#, "The answer is empty"), (#"{"calls":[]}"#, "neither"),
    (#"{"calls":[{},{},{},{},{},{},{},{},{}]}"#, "9 calls; at most 8"),
    (#"{"calls":[{"tool":"x"}]}"#, "needs a \"tool\""),
  ])
  func `a reply of a model that says nothing useful says why`(text: String, why: String) throws {
    let fault = try #require(throws: LookupFault.self) { _ = try ModelMove(reading: text) }
    #expect(fault.text.contains(why), "\(fault.text)")
  }

  @Test func `a model's reply is read through what models put around it`() throws {
    let move = try ModelMove(reading: "Sure!\n```json\n{\"thought\":\"t\",\"answer\":\"A-3 is O-3's.\"}\n```")
    #expect(move == .answer(thought: "t", "A-3 is O-3's."))
    let twice =
      #"{"calls":[{"tool":"look_up","input":{"account":"A-3"}},{"tool":"look_up","input":{"account":"A-3"}}]}"#
    #expect(try ModelMove(reading: twice) == .look(thought: "", [LookupCall(.lookUp, .account("A-3"))]))
  }
}
