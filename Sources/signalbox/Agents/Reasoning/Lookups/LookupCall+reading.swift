import JSON
import Surveillance

/// Why a call that a model has written cannot be made; told to the model, which may write a better one.
struct LookupFault: Error, Equatable {
  let text: String
}

extension LookupCall {
  /// What each tool takes, in words for a model.
  static let catalogue = """
    look_up {"trader"|"account"|"owner"|"instrument": id} - who or what it is, and whose it is
    prices {"instrument": symbol, "from": day, "to": day, "day"?: the day that matters} - daily prices
    trades {"trader"|"account"|"instrument": id, "instrument"?: symbol, "from": day, "to": day} - trades, with sums
    relationships {"trader"|"account"|"owner": id} - related people and accounts
    news {"instrument": symbol, "from": day, "to": day} - headlines
    registers {"trader"|"owner"|"account"|"instrument": id} - insider lists, restrictions, plans, exemptions
    """

  /// Reads `{"tool":…,"input":{…}}`. Throws with what is wrong.
  init(reading value: JSONValue) throws(LookupFault) {
    guard let name = value["tool"]?.string, let tool = Tool(rawValue: name) else {
      throw LookupFault(
        text: "A call needs a \"tool\", one of \(Tool.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    guard let input = value["input"], input.kind == .object else {
      throw LookupFault(text: "The call of \(name) needs an \"input\", an object.")
    }
    let known = ["trader", "account", "owner", "instrument", "from", "to", "day"]
    for (member, _) in input.members where !known.contains(member) {
      throw LookupFault(text: "The input of \(name) has \"\(member.prefix(40))\", which is none of \(known).")
    }
    let subject = try Self.subject(input, name)
    guard tool.takes(subject) else {
      throw LookupFault(text: "The tool \(name) is not for the \(subject.kind) \(subject.id.prefix(60)).")
    }
    self.init(tool, subject)
    if subject.symbol == nil { symbol = input["instrument"]?.string }
    let (from, to) = (try Self.day("from", input), try Self.day("to", input))
    focus = try Self.day("day", input)
    if let from, let to {
      guard from <= to else { throw LookupFault(text: "The input of \(name) ends before it begins.") }
      days = from...to
    } else if from != nil || to != nil {
      throw LookupFault(text: "The input of \(name) needs \"from\" and \"to\", or neither.")
    }
  }

  /// The first of these that is there: an instrument beside it narrows it.
  private static func subject(_ input: JSONValue, _ name: String) throws(LookupFault) -> AskedSubject {
    if let id = input["trader"]?.string { return .trader(id) }
    if let id = input["account"]?.string { return .account(id) }
    if let id = input["owner"]?.string { return .owner(id) }
    if let id = input["instrument"]?.string { return .instrument(id) }
    throw LookupFault(text: "The input of \(name) says of whom: a trader, an account, an owner or an instrument.")
  }

  private static func day(_ name: String, _ input: JSONValue) throws(LookupFault) -> Day? {
    guard let value = input[name], !value.isNull else { return nil }
    guard let day = value.string.flatMap({ Day($0) }) else {
      throw LookupFault(text: "The member \"\(name)\" is a day such as 2026-10-19.")
    }
    return day
  }
}

extension LookupCall.Tool {
  func takes(_ subject: AskedSubject) -> Bool {
    switch self {
    case .lookUp, .registers: true
    case .prices, .news: subject.symbol != nil
    case .trades: subject.tradeKey != nil
    case .relationships: subject.symbol == nil
    }
  }
}
