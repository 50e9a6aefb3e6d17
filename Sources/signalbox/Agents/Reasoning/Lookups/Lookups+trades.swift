import A2A
import JSON
import Surveillance

extension Lookups {
  func trades(_ call: LookupCall) async throws -> LookupResult {
    guard let key = call.subject.tradeKey, let known = days else {
      return LookupResult("There are no trades on file.", rows: 0, .object { $0.member("count", 0) })
    }
    let asked = call.days ?? known
    let span = AskedTime.span(asked)
    let found = reference.tradeCount(key, span)
    guard found <= Self.mostTrades else {
      return LookupResult(
        "\(title(of: call.subject)) has \(found) trades \(AskedTime.words(asked)), more than are gone through for one "
          + "question (\(Self.mostTrades)). Ask about fewer days.", rows: 0,
        .object { object in
          object.member(call.subject.kind, call.subject.id)
          object.member("count", found)
        })
    }
    var rows = reference.trades(key, span)
    if let symbol = call.symbol, call.subject.symbol == nil { rows = rows.filter { $0.symbol == symbol } }
    var sums = TradeSums()
    let reporter = ToolReporter(total: 1) { _ in }
    for (index, row) in rows.enumerated() {
      try await reporter.look(at: index)
      sums.take(row)
    }
    return LookupResult(
      sentence(call, sums, asked), rows: rows.count,
      measure: .init(
        name: "number of trades", value: Double(sums.count),
        text: "\(title(of: call.subject)) \(Self.count(sums.count, "trade"))"),
      facts(call, sums, rows, asked))
  }

  private func sentence(_ call: LookupCall, _ sums: TradeSums, _ asked: ClosedRange<Day>) -> String {
    let narrowed = call.symbol.map { call.subject.symbol == nil ? " in \($0)" : "" } ?? ""
    let whose = "The \(call.subject.kind) \(title(of: call.subject))"
    guard sums.count > 0, let largest = sums.largest else {
      return "\(whose) has no trades\(narrowed) \(AskedTime.words(asked))."
    }
    var sentence =
      "\(whose) has \(Self.count(sums.count, "trade"))\(narrowed) \(AskedTime.words(asked)): \(sums.bought) shares bought, "
      + "\(sums.sold) sold."
    let ranking = call.subject.symbol == nil ? TradeSums.ranking(sums.bySymbol) : TradeSums.ranking(sums.byAccount)
    if ranking.count > 1 {
      sentence +=
        " Most were \(call.subject.symbol == nil ? "in" : "by") "
        + "\(Self.some(ranking.prefix(3).map { "\($0.key) (\($0.value))" }, most: 3)), of \(ranking.count) "
        + "\(call.subject.symbol == nil ? "instruments" : "accounts")."
    }
    return sentence
      + " The largest was \(largest.id): \(largest.side.rawValue) \(largest.quantity) \(largest.symbol) at "
      + "\(largest.price) by \(largest.traderID) on \(largest.time.day)."
  }

  private func facts(
    _ call: LookupCall, _ sums: TradeSums, _ rows: [TradeRow], _ asked: ClosedRange<Day>
  ) -> JSONValue {
    .object { object in
      object.member(call.subject.kind, call.subject.id)
      if call.subject.symbol == nil { object.member("instrument", ifPresent: call.symbol) }
      object.member("from", asked.lowerBound.description)
      object.member("to", asked.upperBound.description)
      object.member("count", sums.count)
      object.member("shares_bought", sums.bought)
      object.member("shares_sold", sums.sold)
      object.member("first", ifPresent: sums.first?.description)
      object.member("last", ifPresent: sums.last?.description)
      object.object("by_instrument") { list in
        for (symbol, count) in TradeSums.ranking(sums.bySymbol).prefix(Self.shown) { list.member(symbol, count) }
      }
      object.object("by_account") { list in
        for (account, count) in TradeSums.ranking(sums.byAccount).prefix(Self.shown) { list.member(account, count) }
      }
      if let largest = sums.largest { object.object("largest") { write(largest, to: &$0) } }
      object.array("latest") { list in for row in rows.suffix(Self.shown) { list.object { write(row, to: &$0) } } }
    }
  }

  private func write(_ row: TradeRow, to object: inout JSONWriter) {
    object.member("trade", row.id)
    object.member("time", row.time.description)
    object.member("account", row.accountID)
    object.member("trader", row.traderID)
    object.member("instrument", row.symbol)
    object.member("side", row.side.rawValue)
    object.member("quantity", row.quantity)
    object.member("price", row.price.description)
    if !row.counterparty.isEmpty { object.member("counterparty", row.counterparty) }
  }
}
