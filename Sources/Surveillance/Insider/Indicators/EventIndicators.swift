/// I7 to I9, M7 and M8: the trade beside the event. They need a trade that could have run ahead of it.
extension InsiderCase {
  var proximity: Evidence? {
    guard let hours = hoursToEvent, let event = facts.news.event else { return nil }
    let closeness = 1 - Statistics.ramp(hours, policy[InsiderPolicy.timingFrom], policy[InsiderPolicy.timingTo])
    return evidence(
      "I7", "Shortly before the event", .suspicion, InsiderPolicy.timingPoints, intensity * closeness, .marketNews,
      [
        .init("hours to the event", .decimal(hours, digits: 1)), .init("event", .instant(event.time)), intensityInput,
      ],
      timing == .sameDay
        ? "The \(noun) was made on the event's day, \(event.time.day, from: .marketNews)."
        : """
        The \(noun) came \(hours, digits: 1, from: .marketNews) hours before the event of \
        \(event.time, from: .marketNews).
        """)
  }

  var eventMove: Evidence? {
    guard let favourable = favourableReturn, favourable > 0, let score = facts.market.abnormalReturnScore else {
      return nil
    }
    let size = Statistics.ramp(abs(score), policy[InsiderPolicy.eventFrom], policy[InsiderPolicy.eventTo])
    return evidence(
      "I8", "The event moved the price in the trade's favour", .suspicion, InsiderPolicy.eventPoints,
      intensity * size, .marketData, returnInputs(score) + [intensityInput], returnStatement(score, "in favour of"))
  }

  var gain: Evidence? {
    guard hoursToEvent != nil, let gain = facts.market.gain, let close = facts.market.eventPrice else { return nil }
    let what = side == .buy ? "gained" : "avoided losing"
    return evidence(
      "I9", side == .buy ? "Gain by the event" : "Loss avoided by the event", .suspicion, InsiderPolicy.gainPoints,
      intensity * Statistics.clamp(gain.value / policy[InsiderPolicy.gainAmount]), .marketData,
      [
        .init("amount", .money(gain)), .init("close at the event", .price(close)),
        .init("price", .price(position.price)), .init("quantity", .integer(position.quantity)), intensityInput,
      ],
      """
      By the event's close of \(close, from: .marketData) the position had \(what) \
      \(gain, from: .marketData)\(currency).
      """)
  }

  var scheduled: Evidence? {
    guard hoursToEvent != nil, facts.news.isEventScheduled, let event = facts.news.event else { return nil }
    return evidence(
      "M7", "Publicly scheduled event", .mitigation, InsiderPolicy.scheduledPoints, 1, .marketNews,
      [.init("event", .instant(event.time))],
      "It was public beforehand that there would be an announcement on \(event.time.day, from: .marketNews).")
  }

  var wrongWay: Evidence? {
    guard let favourable = favourableReturn, favourable <= 0, let score = facts.market.abnormalReturnScore else {
      return nil
    }
    return evidence(
      "M8", "The event went against the trade", .mitigation, InsiderPolicy.wrongWayPoints, 1, .marketData,
      returnInputs(score), returnStatement(score, "against"))
  }

  private var intensityInput: Evidence.Input { .init("intensity", .decimal(intensity, digits: 2)) }

  private func returnInputs(_ score: Double) -> [Evidence.Input] {
    let market = facts.market
    return [
      .init("abnormal return in percent", market.abnormalReturn.map { .decimal($0 * 100, digits: 2) } ?? .missing),
      .init("score", .decimal(score, digits: 2)),
      .init("beta", market.beta.map { .decimal($0, digits: 2) } ?? .missing),
      .init("days observed", .integer(market.observations)),
    ]
  }

  private func returnStatement(_ score: Double, _ way: String) -> CitedText {
    let percent = (facts.market.abnormalReturn ?? 0) * 100
    return """
      The event's day moved the price by \(percent, digits: 1, from: .marketData) % beyond what the index explains, \
      \(score, digits: 1, from: .marketData) deviations, \(way) the \(noun).
      """
  }
}
