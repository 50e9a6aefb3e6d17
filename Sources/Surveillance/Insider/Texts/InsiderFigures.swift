/// The figures of an assessment. A title states what is to be seen; one that could show nothing is left out.
extension InsiderCase {
  var figures: [Figure] {
    var figures: [Figure] = []
    for figure in [priceFigure, notionalFigure].compactMap(\.self) {
      var numbered = figure
      numbered.id = "E\(figures.count + 1)"
      figures.append(numbered)
    }
    return figures
  }

  private var priceFigure: Figure? {
    guard !facts.market.prices.isEmpty else { return nil }
    let fills = position.trades.map {
      Figure.Fill(time: $0.time, side: $0.side, quantity: $0.quantity, price: $0.price)
    }
    return Figure(
      id: "", title: priceTitle,
      description: "The closes of \(position.symbol) from \(facts.market.prices.first?.day ?? position.day) to "
        + "\(facts.market.prices.last?.day ?? position.day), the flagged \(noun) at \(position.price) on "
        + "\(position.day), and what was published: \(facts.news.timeline.count) \(facts.news.timeline.count == 1 ? "item" : "items").",
      indicators: ["I7", "I8", "I9", "I11", "M4", "M8"],
      .priceWithFills(
        prices: facts.market.prices.map { .init(day: $0.day, close: $0.close) }, fills: fills,
        news: facts.news.timeline.map { .init(time: $0.time, headline: $0.headline) }))
  }

  private var priceTitle: String {
    guard let hours = hoursToEvent else {
      guard case .after(let hours) = timing else { return "No event is known behind the \(noun) of \(position.symbol)" }
      return "The \(noun) came \(Decimals.text(hours, digits: 1)) hours after the event"
    }
    let when =
      timing == .sameDay ? "on the day of the event" : "\(Decimals.text(hours, digits: 1)) hours before the event"
    guard let abnormal = facts.market.abnormalReturn, let favourable = favourableReturn else {
      return "The \(noun) came \(when), whose move is not known"
    }
    let percent = Decimals.text(abs(abnormal) * 100, digits: 1)
    let move = abnormal > 0 ? "lifted the price by \(percent) %" : "lowered the price by \(percent) %"
    return "The \(noun) came \(when), which \(move), \(favourable > 0 ? "in its favour" : "against it")"
  }

  private var notionalFigure: Figure? {
    guard facts.history.isAvailable, let flagged = facts.history.dailyNotional.first(where: { $0.day == position.day })
    else { return nil }
    let median = facts.history.medianNotional ?? Money(minor: 0)
    let multiple = median.minor > 0 ? flagged.amount.value / median.value : nil
    let title =
      multiple.map { "The flagged day's trading was \(Decimals.text($0, digits: 1)) times that of a usual day" }
      ?? "The trader had traded nothing in the month before the flagged day"
    return Figure(
      id: "", title: title,
      description: "What the trader traded on each of \(facts.history.dailyNotional.count) days up to "
        + "\(position.day), in \(facts.market.currency.isEmpty ? "money" : facts.market.currency): "
        + "\(flagged.amount) on the flagged day, \(median) on the median day with trades before it.",
      indicators: ["I4", "I5", "M2", "M3"],
      .dailyNotional(
        days: facts.history.dailyNotional.map { .init(day: $0.day, amount: $0.amount) }, flagged: position.day,
        median: median))
  }
}
