import Surveillance
import Testing

@Suite struct ReferenceContractTests {
  @Test func `files that are right are loaded`() throws {
    let data = try ReferenceFiles().load()
    #expect(data.rowCount(of: .trades) == 2)
    #expect(data.trader("T1")?.mandateSectors == ["energy", "health"])
    #expect(data.trader("T2")?.mandateSectors == [])
    #expect(data.news("ACME", ReferenceData.always).map(\.headline) == ["Acme, \"at last\", grows"])
    #expect(data.exemptions(ofOwner: "W1").first?.symbols == ["ACME", "BOLT"])
    #expect(data.trades(in: "ACME", ReferenceData.always).map(\.id) == ["R2", "R1"])
    #expect(data.trades(in: "ACME", ReferenceData.always).map(\.price.tenThousandths) == [104_975, 105_000])
    #expect(data.trades(in: "ACME", ReferenceData.always).map(\.counterparty) == ["A1", ""])
  }

  /// The file, what is replaced in it by what, and the error behind the file's name.
  static let wrongValues: [(ReferenceFile, String, String, String)] = [
    (.traders, "T2,", ",", ", line 3, column 1 (trader_id): The field is empty. Every row needs one."),
    (.traders, "T2,", "T1,", ", line 3, column 1: Line 2 is about \"T1\" already. Keep one of the two."),
    (
      .traders, "HIGH", "high",
      ", line 2, column 41 (access_level): \"high\" is not known here. Write HIGH, MEDIUM, LOW or NONE, with these letters."
    ),
    (
      .traders, "energy;", "energy; ",
      ", line 2, column 51 (mandate_sectors): \"energy; health\" is no list. Put one semicolon between two entries,"
        + " and no spaces around it."
    ),
    (
      .traders, "T1", "T 1",
      ", line 2, column 1 (trader_id): \"T 1\" has a character that ids and symbols must not have. Use printable ASCII"
        + " without spaces, commas, semicolons and quotes."
    ),
    (
      .trades, "R2,", "R1,",
      ", line 3, column 1 (trade_id): \"R1\" is in an earlier row too. Give every trade an id of its own."
    ),
    (
      .trades, "2026-03-02T09:30:00.000Z", "2026-02-30T09:30:00Z",
      ", line 3, column 4 (ts): \"2026-02-30T09:30:00Z\" is no time. Write it as 2026-03-02T09:30:00.250Z."
    ),
    (
      .trades, "A2,T2", "A9,T2",
      ", line 3, column 29 (account_id): The account \"A9\" is in no row of accounts.csv. Add it there, or correct it here."
    ),
    (
      .trades, "A2,T2", "A2,T9",
      ", line 3, column 32 (trader_id): The trader \"T9\" is in no row of traders.csv. Add it there, or correct it here."
    ),
    (
      .trades, "ACME,BUY", "NONE,BUY",
      ", line 2, column 35 (symbol): The symbol \"NONE\" is in no row of instruments.csv. Add it there, or correct it here."
    ),
    (
      .trades, "10.4975,A1", "10.4975,A7",
      ", line 3, column 55 (counterparty): The account \"A7\" is in no row of accounts.csv. Add it there, or correct it here."
    ),
    (
      .trades, "BUY", "buy",
      ", line 2, column 40 (side): \"buy\" is not known here. Write BUY or SELL, with these letters."
    ),
    (
      .trades, "1200", "1,2",
      ", line 2, column 65: The row has 14 fields, and the header names 13. Give each column a"
        + " field, and put fields that have commas in them into quotes."
    ),
    (
      .trades, "1200", "0",
      ", line 2, column 44 (qty): \"0\" is out of range. The number is at least 1 and at most 500,000,000."
    ),
    (
      .trades, "1200", "99999999999999999999999999",
      ", line 2, column 44 (qty): \"99999999999999999999999999\" is out of range. The number is at least 1 and at most"
        + " 500,000,000."
    ),
    (
      .trades, "1200", "-5",
      ", line 2, column 44 (qty): \"-5\" is no whole number. Write digits alone, such as 1200."
    ),
    (
      .trades, "10.4975", "10.49751",
      ", line 3, column 47 (price): \"10.49751\" is no price. Write digits with at most four decimals, such as 1234.5."
    ),
    (
      .trades, "10.4975", "0.0000",
      ", line 3, column 47 (price): \"0.0000\" is out of range. Prices are more than 0 and at most 1,000,000.00."
    ),
    (
      .trades, "10.4975", "1e300",
      ", line 3, column 47 (price): \"1e300\" is no price. Write digits with at most four decimals, such as 1234.5."
    ),
    (
      .trades, ",S1,0", ",S1,no",
      ", line 2, column 66 (auction): \"no\" is neither 0 nor 1. Write 1 for yes and 0 for no."
    ),
    (
      .instruments, "100000,0.01", "100000,0",
      ", line 2, column 24 (tick): \"0\" is out of range. Prices are more than 0 and at most 1,000,000.00."
    ),
    (
      .prices, "10,11", "10,9.75", ", line 2, column 20 (high): The high is below the open. Correct one of the two."
    ),
    (.prices, "9.5", "10.1", ", line 2, column 23 (low): The low is above the open. Correct one of the two."),
    (
      .prices, "10.5,", "11.5,",
      ", line 2, column 27 (close): The close is not between the low and the high. Correct one of the three."
    ),
    (
      .prices, "10.5,90000\n", "10.5,90000\nACME,2026-03-02,10,11,9.5,10.5,1\n",
      ", line 3, column 1: Line 2 is about \"ACME on 2026-03-02\" already. Keep one of the two."
    ),
    (
      .prices, "2026-03-02", "2026-02-29",
      ", line 2, column 6 (date): \"2026-02-29\" is no day of the calendar. Write it as 2026-03-02."
    ),
    (
      .index, "4000", "",
      ", line 2, column 12 (close): \"\" is no price. Write digits with at most four decimals, such as 1234.5."
    ),
    (
      .news, "+1", "2",
      ", line 2, column 68 (direction): \"2\" is no direction. Write +1 for good news, -1 for bad news and 0 for neither."
    ),
    (.news, "Wire", "", ", line 2, column 27 (source): The field is empty. Every row needs one."),
    (
      .links, "W1,T1", "T1,T1",
      ", line 2, column 4 (entity_b): T1 is linked with itself. Name another entity, or delete the row."
    ),
    (
      .links, "spouse,1\n", "spouse,1\nT1,W1,spouse,1\n",
      ", line 3, column 1: Line 2 is about \"T1 and W1, spouse\" already. Keep one of the two."
    ),
    (
      .links, "spouse,1", "spouse,0",
      ", line 2, column 14 (degree): \"0\" is out of range. The number is at least 1 and at most 9."
    ),
    (
      .insiders, "2026-02-01", "2025-12-31",
      ", line 2, column 20 (to): 2025-12-31 comes before 2026-01-01, which is the row's from. Correct one of the two."
    ),
    (
      .restrictions, "2026-01-01,watch", "2025-01-01,watch",
      ", line 2, column 17 (to): 2025-01-01 comes before 2026-01-01, which is the row's from. Correct one of the two."
    ),
    (
      .plans, "2025-06-01", "2024-06-01",
      ", line 2, column 28 (first_trade): 2024-06-01 comes before 2025-01-01, which is the row's adopted. Correct one"
        + " of the two."
    ),
    (
      .exemptions, "W1", "W7",
      ", line 2, column 1 (owner_id): The owner of an account \"W7\" is in no row of accounts.csv. Add it there, or"
        + " correct it here."
    ),
    (
      .exemptions, "BOLT", "NUTS",
      ", line 2, column 27 (symbols): The symbol \"NUTS\" is in no row of instruments.csv. Add it there, or correct it here."
    ),
    (
      .instructions, "VWAP", "vwap",
      ", line 2, column 39 (price_basis): \"vwap\" is not known here. Write VWAP, close or mid, with these letters."
    ),
  ]

  @Test(arguments: wrongValues)
  func `a wrong value is named with its file, line and column`(
    file: ReferenceFile, old: String, new: String, expected: String
  ) throws {
    var files = ReferenceFiles()
    let parts = files[file].split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    files[file] = parts.joined(separator: new)
    for size in [1, 4_096] { #expect(files.outcome(inPiecesOf: size) == file.name + expected) }
  }

  static let wrongShapes: [(String, String)] = [
    ("", ": The file is empty. Its first line names the columns: date,close."),
    (
      "date\n",
      ", line 1, column 1: The column close is missing. The columns of index.csv are date, close, in any order."
    ),
    (
      "x,date,close\n",
      ", line 1, column 1: The column \"x\" is not known. The columns of index.csv are date, close, in any order."
    ),
    (
      "date,close,\n",
      ", line 1, column 12: A column has no name. The columns of index.csv are date, close, in any order."
    ),
    (
      "date,close,date\n",
      ", line 1, column 12 (date): The column is there twice. The columns of index.csv are date, close, in any order."
    ),
    (
      "Date,close\n",
      ", line 1, column 1: The column \"Date\" is not known. The columns of index.csv are date, close, in any order."
    ),
    (
      "date,close\n2026-03-02\n",
      ", line 2, column 1: The row has 1 field, and the header names 2. Give each column a field, and put fields that"
        + " have commas in them into quotes."
    ),
    ("date,close\n\n", ", line 2, column 1: The line is empty. Delete it."),
    (
      "date,close\n2026-03-02,\"40",
      ", line 2, column 12: The file ends inside the quoted field that begins here. Close the field with a quote, or see"
        + " whether the file was cut off."
    ),
  ]

  @Test(arguments: wrongShapes)
  func `a file of another shape is refused`(text: String, expected: String) {
    var files = ReferenceFiles()
    files[.index] = text
    #expect(files.outcome() == "index.csv" + expected)
  }

  @Test func `columns may come in any order`() throws {
    var files = ReferenceFiles()
    files[.prices] = "volume,close,low,high,open,date,symbol\n90000,10.5,9.5,11,10,2026-03-02,ACME"
    #expect(try files.load().answers(["ACME"]) == ReferenceFiles().load().answers(["ACME"]))
  }

  @Test func `what instruments are called may be told, and need not be`() throws {
    var files = ReferenceFiles()
    #expect(try files.load().instrument("ACME")?.name == nil)
    files[.instruments] =
      "name,symbol,sector,currency,adv20,tick\nAcme Ltd,ACME,energy,EUR,1,0.01\n,BOLT,health,EUR,1,0.01\n"
    let data = try files.load()
    #expect(data.instrument("ACME")?.name == "Acme Ltd" && data.instrument("BOLT")?.name == nil)
    // A row has as many fields as its header all the same.
    files[.instruments] = "symbol,sector,currency,adv20,tick\nACME,energy,EUR,1,0.01,Acme\nBOLT,health,EUR,1,0.01\n"
    #expect(files.outcome().contains("The row has 6 fields, and the header names 5."), "\(files.outcome())")
    files[.instruments] = "symbol,sector,currency,tick,name\nACME,energy,EUR,0.01,Acme\n"
    #expect(files.outcome().contains("The column adv20 is missing."), "\(files.outcome())")
  }

  @Test func `a file may have a header alone`() throws {
    var files = ReferenceFiles()
    files[.news] = "ts,symbol,source,headline,category,direction,scheduled"
    #expect(try files.load().rowCount(of: .news) == 0)
  }

  @Test func `files that are missing are named, with what makes them`() {
    var files = ReferenceFiles()
    files.texts[.links] = nil
    #expect(
      files.outcome()
        == "links.csv: The file is missing. Run signalbox reference generate to make all of them, or put it"
        + " beside the others.")
    files.texts[.plans] = nil
    #expect(
      files.outcome()
        == "links.csv: These files are missing: links.csv, plans.csv. Run signalbox reference generate to make"
        + " all of them, or put them beside the others.")
  }

  @Test func `a file that comes twice is refused`() throws {
    #expect(
      ReferenceFiles().outcome(ReferenceFile.allCases + [.news])
        == "news.csv: The file is given twice. Leave one of the two out.")
  }

  @Test func `of the lines that name an unknown id, the first is shown`() {
    var files = ReferenceFiles()
    files[.restrictions] =
      "symbol,from,to,list\n"
      + ["ACME", "XX", "YY", "XX"].enumerated().map { "\($1),2026-01-0\($0 + 1),2026-02-01,watch\n" }.joined()
    #expect(files.outcome().hasPrefix("restricted.csv, line 3, column 1 (symbol): The symbol \"XX\""))
  }

  @Test func `of all unknown ids, the first in the order of files and lines is shown`() {
    var files = ReferenceFiles()
    files[.instruments] = "symbol,sector,currency,adv20,tick\n"
    let expected = files.outcome()
    #expect(expected.hasPrefix("trades.csv, line 2, column 35 (symbol)"))
    var random = ReferenceRandom(seed: 3)
    for _ in 0..<20 { #expect(files.outcome(ReferenceFile.allCases.shuffled(using: &random)) == expected) }
  }

  @Test func `values that could not be added up are refused`() {
    var files = ReferenceFiles()
    let header = files[.trades].prefix { $0 != "\n" }
    files[.trades] =
      header
      + (0..<100).map { "\nR\($0),2026-03-02T09:30:00Z,A1,T1,ACME,BUY,500000000,1000000,,,,,0" }.joined()
    #expect(files.outcome().contains("(price): All trades up to here are worth more than can be counted."))
  }

  @Test func `what stands in a file cannot reach a terminal or fill a screen`() {
    var files = ReferenceFiles()
    files[.index] = "date,close\n\u{9B}31m\u{202E}" + String(repeating: "x", count: 5_000) + ",1\n"
    #expect(files.outcome().hasPrefix("index.csv, line 2, column 1 (date): \"\\u{9b}31m"))
    #expect(files.outcome().count < 200)
  }
}
