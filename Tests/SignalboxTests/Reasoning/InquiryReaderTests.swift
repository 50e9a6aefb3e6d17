import Surveillance
import Testing

@testable import signalbox

/// What questions are taken to ask, by rules.
struct InquiryReaderTests {
  private func read(_ question: String) -> Inquiry { SmallWorld.reader.read(question) }

  @Test(
    arguments: [
      ("Who owns the account A-3?", [AskedSubject.account("A-3")]),
      ("who owns a-3", [.account("A-3")]),
      ("Compare T-1 and T-2, please.", [.trader("T-1"), .trader("T-2")]),
      ("Which trades had Hana Ivernoza in ORBATE?", [.trader("T-1"), .instrument("ORBATE")]),
      ("How did Orbate move?", [.instrument("ORBATE")]),
      ("how did orbate move", [.instrument("ORBATE")]),
      ("What is Rimmoza Reserve's owner?", [.account("A-3")]),
      ("What does the owner O-3 own?", [.owner("O-3")]),
      ("Trades of Stavwick Income Fund", [.owner("O-5")]),
      ("Trades of the account A-5 (A-5!)", [.account("A-5")]),
      ("tell me about ulmo paskane", [.trader("T-3")]),
      ("Is Petra Stavwick related to Ulmo Paskane?", [.trader("T-4"), .trader("T-3")]),
    ] as [(String, [AskedSubject])])
  func `people, accounts and shares are found by id, symbol and name`(question: String, subjects: [AskedSubject]) {
    let inquiry = read(question)
    #expect(inquiry.subjects == subjects)
    #expect(inquiry.ambiguities == [] && inquiry.unknown == [])
  }

  @Test(arguments: [
    ("Trades of Ivernoza", "Ivernoza", ["T-1", "T-2"]), ("the accounts Rimmoza", "Rimmoza", ["A-3", "A-4"]),
    ("Who is Stavwick?", "Stavwick", ["O-5", "T-4"]), ("news about ivernoza", "ivernoza", ["T-1", "T-2"]),
  ])
  func `a name that several have is left open`(question: String, words: String, ids: [String]) {
    let inquiry = read(question)
    #expect(inquiry.subjects == [])
    #expect(inquiry.ambiguities.map(\.words) == [words])
    #expect(inquiry.ambiguities.first?.candidates.map(\.id) == ids)
  }

  @Test func `a word before a name says which kind is meant`() {
    #expect(read("What did the trader Stavwick buy?").subjects == [.trader("T-4")])
    #expect(read("What does the owner Stavwick have?").subjects == [.owner("O-5")])
  }

  @Test(
    arguments: [
      ("Who owns T-99?", ["T-99"]), ("Trades of Alan Turing in ORBATE", ["Alan", "Turing"]),
      ("What is the price of XYZZY?", ["XYZZY"]), ("Hello there", []), ("What happened on 2026-10-19?", []),
      ("trades at 2026-10-19T10:00:00Z", []), ("Trades in October 2026", []),
    ] as [(String, [String])])
  func `what is called like nobody is said to be unknown`(question: String, unknown: [String]) {
    #expect(read(question).unknown == unknown)
  }

  @Test(
    arguments: [
      ("Who owns A-3?", [Inquiry.Intent.owner]), ("Which trades had T-1?", [.trades]),
      ("What did T-1 buy or sell?", [.trades]),
      ("How did the price of ORBATE move?", [.prices]), ("Who is related to A-1?", [.related]),
      ("Trades of accounts related to A-1", [.trades, .related]), ("Any news about ORBATE?", [.news]),
      ("Is T-3 on an insider list?", [.registers]), ("A-3", [.describe]), ("What is A-3?", [.describe]),
      ("Compare ORBATE with TASKOR", [.compare, .prices]), ("Compare T-1 with T-2", [.compare, .trades]),
      ("Compare the news of ORBATE and TASKOR", [.compare, .news]),
    ] as [(String, Set<Inquiry.Intent>)])
  func `what is asked for is found by its words`(question: String, intents: Set<Inquiry.Intent>) {
    #expect(read(question).intents == intents)
  }

  // MARK: Times

  private static func days(_ first: String, _ last: String) -> ClosedRange<Day>? {
    guard let first = Day(first), let last = Day(last) else { return nil }
    return first...last
  }

  @Test(arguments: [
    ("on 2026-10-19", "2026-10-19", "2026-10-19"), ("around 2026-10-19", "2026-10-14", "2026-10-24"),
    ("between 2026-10-01 and 2026-10-19", "2026-10-01", "2026-10-19"),
    ("from 2026-10-19 to 2026-10-01", "2026-10-01", "2026-10-19"), ("in October 2026", "2026-10-01", "2026-10-31"),
    ("in oct 2026", "2026-10-01", "2026-10-31"), ("in 2026-02", "2026-02-01", "2026-02-28"),
    ("in December 2025", "2025-12-01", "2025-12-31"), ("on 19 October 2026", "2026-10-19", "2026-10-19"),
    ("on October 3rd, 2026", "2026-10-03", "2026-10-03"), ("since 2026-10-15", "2026-10-15", "2026-10-21"),
    ("after 2026-10-15", "2026-10-16", "2026-10-21"), ("until 2026-10-15", "2026-10-12", "2026-10-15"),
    ("before 2026-10-15", "2026-10-12", "2026-10-14"), ("in the last 3 days", "2026-10-19", "2026-10-21"),
    ("in the past week", "2026-10-15", "2026-10-21"), ("at 2026-10-19T10:00:00Z", "2026-10-19", "2026-10-19"),
    ("since 2026-11-15", "2026-11-15", "2026-11-15"), ("before 2026-01-01", "2025-12-31", "2025-12-31"),
  ])
  func `times are read as people write them`(words: String, first: String, last: String) throws {
    let time = try #require(read("Trades of T-1 \(words)?").time)
    #expect(time.days == Self.days(first, last))
  }

  @Test(arguments: [
    "", "in May I ask", "on 2026-13-45", "in the last 0 days", "last orders", "in 2026",
  ])
  func `what is no time is none`(words: String) {
    #expect(read("Trades of T-1 \(words)").time == nil)
  }

  @Test func `one day is what matters most for prices`() {
    #expect(read("ORBATE on 2026-10-19").time?.focus == Day("2026-10-19"))
    #expect(read("ORBATE in 2026-10").time?.focus == nil)
  }
}
