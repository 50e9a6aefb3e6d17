import Surveillance

/// All files as texts: small ones that are right, of which tests change one.
struct ReferenceFiles {
  var texts: [ReferenceFile: String] = [
    .traders: """
    trader_id,name,role,department,access_level,permission,mandate_sectors
    T1,Ada Brook,portfolio manager,Equities,HIGH,full,energy;health
    T2,Ben Carr,clerk,Settlements,NONE,none,

    """,
    .trades: """
    trade_id,ts,account_id,trader_id,symbol,side,qty,price,counterparty,venue,order_id,strategy_id,auction
    R1,2026-03-02T09:30:00.250Z,A1,T1,ACME,BUY,1200,10.5,,XSIG,O1,S1,0
    R2,2026-03-02T09:30:00.000Z,A2,T2,ACME,SELL,7,10.4975,A1,,,,1

    """,
    .instruments: "symbol,sector,currency,adv20,tick\nACME,energy,EUR,100000,0.01\nBOLT,health,EUR,5000,0.01\n",
    .prices: "symbol,date,open,high,low,close,volume\nACME,2026-03-02,10,11,9.5,10.5,90000\n",
    .index: "date,close\n2026-03-02,4000\n",
    .news: """
    ts,symbol,source,headline,category,direction,scheduled
    2026-03-02T07:00:00Z,ACME,Wire,"Acme, ""at last"", grows",material,+1,1

    """,
    .accounts: """
    account_id,name,owner_id,owner_name,owner_type,relationship,controller_id,desk
    A1,Fund one,W1,Owner one,fund,client,C1,
    A2,Fund two,,,,,,

    """,
    .links: "entity_a,entity_b,relation,degree\nW1,T1,spouse,1\n",
    .insiders: "trader_id,symbol,from,to,source\nT1,ACME,2026-01-01,2026-02-01,wall_cross\n",
    .restrictions: "symbol,from,to,list\nACME,2026-01-01,2026-01-01,watch\n",
    .plans: """
    plan_id,trader_id,symbol,side,adopted,first_trade,max_qty,status
    P1,T1,ACME,SELL,2025-01-01,2025-06-01,5000,active

    """,
    .exemptions: "owner_id,licence,status,valid_to,symbols,separated\nW1,L-1,current,2026-12-31,ACME;BOLT,1\n",
    .instructions: """
    instruction_id,account_id,symbol,ts,purpose,price_basis
    I1,A1,ACME,2026-03-02T08:00:00Z,cross,VWAP

    """,
  ]

  init() {}

  init(_ tables: ReferenceTables) {
    for file in ReferenceFile.allCases { texts[file] = String(decoding: tables.bytes(of: file), as: UTF8.self) }
  }

  subscript(_ file: ReferenceFile) -> String {
    get { texts[file] ?? "" }
    set { texts[file] = newValue }
  }

  /// - Parameter size: so many bytes at once.
  func load(
    _ order: [ReferenceFile] = ReferenceFile.allCases, inPiecesOf size: Int = 4_096
  ) throws(ReferenceError) -> ReferenceData {
    var loader = ReferenceLoader()
    for file in order {
      guard let text = texts[file] else { continue }
      try loader.begin(file)
      let bytes = Array(text.utf8)
      var start = 0
      while start < bytes.count {
        try loader.take(Array(bytes[start..<min(start + size, bytes.count)]))
        start += size
      }
      try loader.end()
    }
    return try loader.finish()
  }

  /// The error's whole text; "loaded" without one.
  func outcome(_ order: [ReferenceFile] = ReferenceFile.allCases, inPiecesOf size: Int = 4_096) -> String {
    do throws(ReferenceError) {
      _ = try load(order, inPiecesOf: size)
      return "loaded"
    } catch {
      return error.description
    }
  }
}

extension ReferenceData {
  static let always = Instant(milliseconds: .min)...Instant(milliseconds: .max)
  static let allDays = Day(number: -1_000_000)...Day(number: 1_000_000)

  /// All that can be asked, as text: two that answer alike have the same.
  func answers(_ entities: [String]) -> String {
    var lines = [
      "\(traders)", "\(instruments)", "\(accounts)", "\(index(Self.allDays))", "\(String(describing: tradeDays))",
    ]
    lines += ReferenceFile.allCases.map { "\($0) \(rowCount(of: $0))" }
    for entity in entities {
      lines.append("\(entity) \(trader(entity) as Any) \(instrument(entity) as Any) \(account(entity) as Any)")
      lines.append("\(accounts(ofOwner: entity)) \(prices(entity, Self.allDays)) \(news(entity, Self.always))")
      lines.append("\(links(of: entity)) \(insiderEntries(entity)) \(restrictions(entity)) \(plans(ofTrader: entity))")
      lines.append("\(exemptions(ofOwner: entity))")
      lines.append("\(entities.flatMap { instructions(entity, $0, Self.always) })")
      let keys: [TradeKey] = [.trader(entity), .account(entity), .symbol(entity), .counterparty(entity)]
      lines += keys.flatMap { trades($0, Self.always) }.map { "\($0)" }
    }
    return lines.joined(separator: "\n")
  }
}
