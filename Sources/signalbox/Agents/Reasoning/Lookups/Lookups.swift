import A2A
import JSON
import Surveillance

/// Looks into the reference data. Only reads, and never invents: what is not there is said to be not there.
struct Lookups: Sendable {
  /// Rows that are shown of what can be long; the sums are of all.
  static let shown = 20
  /// More trades than these are not gone through for one question.
  static let mostTrades = 100_000

  let reference: ReferenceData
  /// Of which there are trades.
  let days: ClosedRange<Day>?

  init(_ reference: ReferenceData) {
    self.reference = reference
    days = reference.tradeDays
  }

  func run(_ call: LookupCall) async throws -> LookupResult {
    guard isThere(call.subject) else {
      return LookupResult(
        "There is no \(call.subject.kind) \(call.subject.id) in the reference data.", rows: 0,
        .object { object in
          object.member(call.subject.kind, call.subject.id)
          object.member("found", false)
        })
    }
    switch call.tool {
    case .lookUp: return lookUp(call.subject)
    case .prices: return prices(call)
    case .trades: return try await trades(call)
    case .relationships: return relationships(of: call.subject)
    case .news: return news(call)
    case .registers: return registers(call)
    }
  }

  func isThere(_ subject: AskedSubject) -> Bool {
    switch subject {
    case .trader(let id): reference.trader(id) != nil
    case .account(let id): reference.account(id) != nil
    case .owner(let id): !reference.accounts(ofOwner: id).isEmpty
    case .instrument(let symbol): reference.instrument(symbol) != nil
    }
  }

  /// As sentences name it: the id, and what it is called.
  func title(of subject: AskedSubject) -> String {
    let name: String? =
      switch subject {
      case .trader(let id): reference.trader(id)?.name
      case .account(let id): reference.account(id)?.name
      case .owner(let id): reference.accounts(ofOwner: id).first?.ownerName
      case .instrument(let symbol): reference.instrument(symbol)?.name
      }
    guard let name, !name.isEmpty, name != subject.id else { return subject.id }
    return "\(subject.id) (\(name))"
  }

  /// A few of many, in words.
  static func some(_ texts: [String], most: Int = 5) -> String {
    guard texts.count > most else { return texts.joined(separator: ", ") }
    return "\(texts.prefix(most).joined(separator: ", ")) and \(texts.count - most) more"
  }

  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
