/// Makes an alert of its element.
struct AlertBuilder {
  /// More of them would say nothing new.
  static let mostTold = 20

  let element: XMLElement
  let places: TextPlaces
  var fields = AlertFields()
  var alert: Alert
  /// The ids of those that are in the alert already.
  var parties: Set<String> = []
  private let number: Int
  private var untold = 0

  /// - Parameter number: its place in the file, from 1.
  init(_ element: XMLElement, number: Int, places: TextPlaces) {
    self.element = element
    self.number = number
    self.places = places
    alert = Alert(id: "", type: "")
  }

  mutating func build() -> Alert {
    readHead()
    readTrades()
    readTrader()
    readEvent()
    readRelatedParties()
    readExemption()
    alert.claims = fields.claims(of: element)
    let isWithoutTrades = alert.trades.isEmpty
    if isWithoutTrades { alert.unusable.append("The alert has no trade that can be used.") }
    if untold > 0 { alert.unusable.append("\(Digits.grouped(untold)) more of its fields could not be used.") }
    alert.kinds = AlertKind.kinds(of: alert, sections: AlertKind.sections(in: element))
    return alert
  }

  mutating func tell(_ sentence: String) {
    if alert.unusable.count < Self.mostTold { alert.unusable.append(sentence) } else { untold += 1 }
  }

  /// For messages: short, in marks.
  static func quoted(_ text: String) -> String { "“\(XMLReader.Name.shown(text))”" }

  private mutating func readHead() {
    alert.type = fields.take(AlertNames.type, in: element) ?? ""
    alert.severity = fields.take(AlertNames.severity, in: element)
    if let id = fields.take(AlertNames.id, in: element) {
      alert.id = id
    } else {
      // It needs a name that is the same for the same file.
      alert.id = "unnamed-\(number)"
      tell("The alert in line \(places.line(of: element.offset)) has no AlertID, and is called \(alert.id) here.")
    }
    if let text = fields.take(AlertNames.generated, in: element) {
      alert.generatedAt = AlertTime.read(date: text, time: nil).time?.instant
      if alert.generatedAt == nil { tell("The alert's own time \(Self.quoted(text)) cannot be read.") }
    }
    let rule = element.firstBelow { $0.key == AlertNames.rule }
    for scope in [rule, element] {
      guard let scope else { continue }
      if alert.ruleCode == nil { alert.ruleCode = fields.take(AlertNames.ruleCode, in: scope) }
      if alert.ruleName == nil { alert.ruleName = fields.take(AlertNames.ruleName, in: scope) }
    }
    if let rule, rule.isLeaf {
      let text = fields.take(rule)
      alert.ruleCode = alert.ruleCode ?? text
    }
  }
}
