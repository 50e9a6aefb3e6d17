// The contracts of the files about the market: instruments, prices, the index, news.

extension InstrumentRow: ReadableRow {
  package static let file = ReferenceFile.instruments

  init(_ row: inout ContractRow) throws(ReferenceError) {
    symbol = try row.identifier()
    sector = try row.text()
    currency = try row.identifier()
    averageVolume = try row.volume()
    tick = try row.price()
    let name = row.optionalText()
    self.name = name.isEmpty ? nil : name
  }

  var key: String { symbol }

  package func write(to writer: inout CSVWriter) {
    writer.field(symbol)
    writer.field(sector)
    writer.field(currency)
    writer.field(averageVolume)
    writer.field(tick)
    writer.field(name ?? "")
  }
}

extension PriceRow: ReadableRow {
  package static let file = ReferenceFile.prices

  init(_ row: inout ContractRow) throws(ReferenceError) {
    symbol = try row.reference(to: .instrument)
    day = try row.day()
    open = try row.price()
    high = try row.price()
    guard open <= high else { throw row.wrong("The high is below the open.", "Correct one of the two.") }
    low = try row.price()
    guard low <= open else { throw row.wrong("The low is above the open.", "Correct one of the two.") }
    close = try row.price()
    guard low <= close, close <= high else {
      throw row.wrong("The close is not between the low and the high.", "Correct one of the three.")
    }
    volume = try row.volume()
  }

  var key: String { "\(symbol) on \(day)" }

  package func write(to writer: inout CSVWriter) {
    writer.field(symbol)
    writer.field(day)
    writer.field(open)
    writer.field(high)
    writer.field(low)
    writer.field(close)
    writer.field(volume)
  }
}

extension IndexRow: ReadableRow {
  package static let file = ReferenceFile.index

  init(_ row: inout ContractRow) throws(ReferenceError) {
    day = try row.day()
    close = try row.price()
  }

  var key: String { day.description }

  package func write(to writer: inout CSVWriter) {
    writer.field(day)
    writer.field(close)
  }
}

extension NewsRow: ReadableRow {
  package static let file = ReferenceFile.news

  init(_ row: inout ContractRow) throws(ReferenceError) {
    time = try row.instant()
    symbol = try row.reference(to: .instrument)
    source = try row.text()
    headline = try row.text()
    category = try row.choice()
    direction = try row.direction()
    isScheduled = try row.flag()
  }

  var key: String { "\(symbol) at \(time) from \(source): \(headline)" }

  package func write(to writer: inout CSVWriter) {
    writer.field(time)
    writer.field(symbol)
    writer.field(source)
    writer.field(headline)
    writer.field(category)
    writer.field(direction > 0 ? "+1" : String(direction))
    writer.field(isScheduled)
  }
}
