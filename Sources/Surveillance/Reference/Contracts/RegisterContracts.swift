// The contracts of the compliance office's registers.

extension InsiderRow: ReadableRow {
  package static let file = ReferenceFile.insiders

  init(_ row: inout ContractRow) throws(ReferenceError) {
    traderID = try row.reference(to: .trader)
    symbol = try row.reference(to: .instrument)
    from = try row.day()
    to = try row.day(from: from, "from")
    source = try row.choice()
  }

  var key: String { "\(traderID), \(symbol), \(source.rawValue) from \(from)" }

  package func write(to writer: inout CSVWriter) {
    writer.field(traderID)
    writer.field(symbol)
    writer.field(from)
    writer.field(to)
    writer.field(source)
  }
}

extension RestrictionRow: ReadableRow {
  package static let file = ReferenceFile.restrictions

  init(_ row: inout ContractRow) throws(ReferenceError) {
    symbol = try row.reference(to: .instrument)
    from = try row.day()
    to = try row.day(from: from, "from")
    list = try row.choice()
  }

  var key: String { "\(symbol), \(list.rawValue) from \(from)" }

  package func write(to writer: inout CSVWriter) {
    writer.field(symbol)
    writer.field(from)
    writer.field(to)
    writer.field(list)
  }
}

extension PlanRow: ReadableRow {
  package static let file = ReferenceFile.plans

  init(_ row: inout ContractRow) throws(ReferenceError) {
    id = try row.identifier()
    traderID = try row.reference(to: .trader)
    symbol = try row.reference(to: .instrument)
    side = try row.choice()
    adopted = try row.day()
    firstTrade = try row.day(from: adopted, "adopted")
    maximumQuantity = try row.quantity()
    status = try row.choice()
  }

  var key: String { id }

  package func write(to writer: inout CSVWriter) {
    writer.field(id)
    writer.field(traderID)
    writer.field(symbol)
    writer.field(side)
    writer.field(adopted)
    writer.field(firstTrade)
    writer.field(maximumQuantity)
    writer.field(status)
  }
}

extension ExemptionRow: ReadableRow {
  package static let file = ReferenceFile.exemptions

  init(_ row: inout ContractRow) throws(ReferenceError) {
    ownerID = try row.reference(to: .owner)
    licence = try row.identifier()
    status = try row.choice()
    validTo = try row.day()
    symbols = try row.symbols()
    isSeparated = try row.flag()
  }

  var key: String { "\(ownerID), \(licence)" }

  package func write(to writer: inout CSVWriter) {
    writer.field(ownerID)
    writer.field(licence)
    writer.field(status)
    writer.field(validTo)
    writer.field(symbols)
    writer.field(isSeparated)
  }
}

extension InstructionRow: ReadableRow {
  package static let file = ReferenceFile.instructions

  init(_ row: inout ContractRow) throws(ReferenceError) {
    id = try row.identifier()
    accountID = try row.reference(to: .account)
    symbol = try row.reference(to: .instrument)
    time = try row.instant()
    purpose = try row.choice()
    priceBasis = try row.choice()
  }

  var key: String { id }

  package func write(to writer: inout CSVWriter) {
    writer.field(id)
    writer.field(accountID)
    writer.field(symbol)
    writer.field(time)
    writer.field(purpose)
    writer.field(priceBasis)
  }
}

extension TradeRow: ReferenceRow {
  package static let file = ReferenceFile.trades

  package func write(to writer: inout CSVWriter) {
    writer.field(id)
    writer.field(time)
    writer.field(accountID)
    writer.field(traderID)
    writer.field(symbol)
    writer.field(side)
    writer.field(quantity)
    writer.field(price)
    writer.field(counterparty)
    writer.field(venue)
    writer.field(orderID)
    writer.field(strategyID)
    writer.field(isAuction)
  }
}
