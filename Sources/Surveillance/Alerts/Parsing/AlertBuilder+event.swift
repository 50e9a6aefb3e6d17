extension AlertBuilder {
  /// What the price moved for.
  mutating func readEvent() {
    guard let section = element.firstBelow({ AlertNames.events.contains($0.key) && !$0.isLeaf }) else { return }
    let type = fields.take(AlertNames.eventType, in: section)
    let description = fields.take(AlertNames.eventDescription, in: section)
    let date = fields.take(AlertNames.eventDate, in: section)
    let (time, fault) = AlertTime.read(date: date, time: fields.take(AlertNames.eventTime, in: section))
    guard let time else {
      let what = fault.map { "The time \(Self.quoted($0)) of its event cannot be read" } ?? "Its event has no date"
      tell("\(what), so no move of the price is known.")
      return
    }
    if let fault { tell("The time \(Self.quoted(fault)) of its event cannot be read; noon stands for it.") }
    alert.event = AlertEvent(type: type, time: time.instant, isTimeKnown: time.isTimeKnown, description: description)
  }
}
