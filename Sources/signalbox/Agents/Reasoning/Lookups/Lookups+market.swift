import A2A
import JSON
import Surveillance

extension Lookups {
  /// How many days of prices are read where no time was named.
  private static let usualDays = 30

  func prices(_ call: LookupCall) -> LookupResult {
    let symbol = call.subject.id
    let asked = call.days ?? lastDays
    let rows = reference.prices(symbol, asked)
    let currency = reference.instrument(symbol)?.currency ?? ""
    guard let first = rows.first, let last = rows.last else {
      return LookupResult(
        "There are no prices of \(symbol) \(AskedTime.words(asked)).", rows: 0,
        .object { object in
          object.member("instrument", symbol)
          object.array("prices") { _ in }
        })
    }
    let change = Self.change(first.close, last.close)
    let low = rows.map(\.low).min() ?? first.low
    let high = rows.map(\.high).max() ?? first.high
    var sentence =
      "\(symbol) went from \(first.close) \(currency) at the close of \(first.day) to \(last.close) at that of "
      + "\(last.day), \(change.text) %; the lowest price was \(low), the highest \(high)."
    let day = call.focus.flatMap { focus in moves(on: focus, rows) }
    if let day {
      sentence =
        "\(symbol) closed at \(day.close) \(currency) on \(day.day), \(day.change.text) % against \(day.before). "
        + sentence
    } else if let focus = call.focus {
      sentence = "There was no trading in \(symbol) on \(focus). \(sentence)"
    }
    return LookupResult(
      sentence, rows: rows.count,
      measure: .init(name: "change of the price in %", value: change.value, text: "\(symbol) \(change.text) %"),
      .object { object in
        object.member("instrument", symbol)
        object.member("currency", currency)
        object.member("from", first.day.description)
        object.member("to", last.day.description)
        object.member("change_percent", change.text)
        object.member("lowest", low.description)
        object.member("highest", high.description)
        if let day {
          object.object("day") { entry in
            entry.member("date", day.day.description)
            entry.member("close", day.close.description)
            entry.member("before", day.before.description)
            entry.member("change_percent", day.change.text)
          }
        }
        object.array("prices") { list in
          for row in rows.suffix(Self.shown) {
            list.object { entry in
              entry.member("date", row.day.description)
              entry.member("open", row.open.description)
              entry.member("high", row.high.description)
              entry.member("low", row.low.description)
              entry.member("close", row.close.description)
              entry.member("volume", row.volume)
            }
          }
        }
      })
  }

  var lastDays: ClosedRange<Day> {
    let end = days?.upperBound ?? Day(number: 0)
    return (end - Self.usualDays + 1)...end
  }

  private func moves(on day: Day, _ rows: [PriceRow]) -> (day: Day, close: Price, before: Price, change: Change)? {
    guard let index = rows.firstIndex(where: { $0.day == day }), index > 0 else { return nil }
    let (row, before) = (rows[index], rows[index - 1])
    return (row.day, row.close, before.close, Self.change(before.close, row.close))
  }

  struct Change {
    let value: Double
    /// With its sign and one decimal.
    let text: String
  }

  private static func change(_ from: Price, _ to: Price) -> Change {
    guard from.tenThousandths > 0 else { return Change(value: 0, text: "0.0") }
    let percent = (to.value / from.value - 1) * 100
    let tenths = Int((percent * 10).rounded())
    let sign = tenths < 0 ? "-" : "+"
    return Change(value: percent, text: "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)")
  }

  func news(_ call: LookupCall) -> LookupResult {
    let symbol = call.subject.id
    let asked = call.days ?? lastDays
    let rows = reference.news(symbol, AskedTime.span(asked))
    let headlines = rows.map { "\($0.time.day) \($0.source): \"\($0.headline)\" (\($0.category.rawValue))" }
    let sentence =
      rows.isEmpty
      ? "There is no news about \(symbol) \(AskedTime.words(asked))."
      : "There \(rows.count == 1 ? "is 1 headline" : "are \(rows.count) headlines") about \(symbol) "
        + "\(AskedTime.words(asked)): \(Self.some(headlines, most: 8))."
    return LookupResult(
      sentence, rows: rows.count,
      .object { object in
        object.member("instrument", symbol)
        object.member("from", asked.lowerBound.description)
        object.member("to", asked.upperBound.description)
        object.array("headlines") { list in
          for row in rows.suffix(Self.shown) {
            list.object { entry in
              entry.member("time", row.time.description)
              entry.member("source", row.source)
              entry.member("headline", row.headline)
              entry.member("category", row.category.rawValue)
              entry.member("direction", row.direction)
              entry.member("scheduled", row.isScheduled)
            }
          }
        }
      })
  }
}
