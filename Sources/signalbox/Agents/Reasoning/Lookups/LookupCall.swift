import A2A
import JSON
import Surveillance

/// One look into the reference data: which tool, and what for.
struct LookupCall: Sendable, Equatable {
  enum Tool: String, Sendable, CaseIterable {
    case lookUp = "look_up"
    case prices
    case trades
    case relationships
    case news
    case registers
  }

  let tool: Tool
  let subject: AskedSubject
  /// Of trades: only those in this instrument. Of lists: only entries about it.
  var symbol: String?
  /// What was not said is left to the tool.
  var days: ClosedRange<Day>?
  /// Prices: the day that matters most.
  var focus: Day?

  init(
    _ tool: Tool, _ subject: AskedSubject, symbol: String? = nil, days: ClosedRange<Day>? = nil, focus: Day? = nil
  ) {
    self.tool = tool
    self.subject = subject
    self.symbol = symbol
    self.days = days
    self.focus = focus
  }

  /// As people are shown it, and as a model writes it.
  var input: JSONValue {
    .object { object in
      object.member(subject.kind, subject.id)
      if subject.symbol == nil { object.member("instrument", ifPresent: symbol) }
      object.member("from", ifPresent: days?.lowerBound.description)
      object.member("to", ifPresent: days?.upperBound.description)
      object.member("day", ifPresent: focus?.description)
    }
  }

  /// In a plan.
  var words: String {
    let time = days.map { " \(AskedTime.words($0))" } ?? ""
    let narrowed = symbol.map { subject.symbol == nil ? " in \($0)" : "" } ?? ""
    switch tool {
    case .lookUp: return "look up the \(subject.kind) \(subject.id)"
    case .prices: return "read the prices of \(subject.id)\(time)"
    case .trades: return "read the trades of the \(subject.kind) \(subject.id)\(narrowed)\(time)"
    case .relationships: return "find who is related to the \(subject.kind) \(subject.id)"
    case .news: return "read the news about \(subject.id)\(time)"
    case .registers: return "look for the \(subject.kind) \(subject.id) in lists, plans and exemptions"
    }
  }
}
