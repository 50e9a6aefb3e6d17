import A2A
import JSON
import Surveillance

extension Lookups {
  /// Insider lists, restrictions, plans and exemptions.
  func registers(_ call: LookupCall) -> LookupResult {
    let subject = call.subject
    let traders = traders(of: subject)
    let symbols = [subject.symbol ?? call.symbol].compactMap { $0 }
    let insiders = insiderEntries(of: subject, traders, symbols)
    let restrictions = symbols.flatMap(reference.restrictions)
    let plans = traders.flatMap { reference.plans(ofTrader: $0) }
      .filter { symbols.isEmpty || symbols.contains($0.symbol) }
    let exemptions = owners(of: subject).flatMap { reference.exemptions(ofOwner: $0) }
    var sentences = insiders.map(Self.sentence)
    sentences += restrictions.map { "\($0.symbol) is on the \($0.list.rawValue) list from \($0.from) to \($0.to)." }
    sentences += plans.map(Self.sentence)
    sentences += exemptions.map(Self.sentence)
    return LookupResult(
      sentences.isEmpty
        ? "\(title(of: subject)) is on no insider list and no restricted list, and has no plan and no exemption on file."
        : Self.sentences(sentences), rows: sentences.count,
      .object { object in
        object.member(subject.kind, subject.id)
        object.array("entries") { list in for sentence in sentences { list.string(sentence) } }
      })
  }

  private static func sentence(_ row: InsiderRow) -> String {
    let list = row.source == .insiderList ? "insider list" : "list of wall-crossed people"
    return "\(row.traderID) is on the \(list) of \(row.symbol) from \(row.from) to \(row.to)."
  }

  private static func sentence(_ row: PlanRow) -> String {
    "\(row.traderID) has the plan \(row.id) to \(row.side.rawValue.lowercased()) \(row.symbol), adopted \(row.adopted), "
      + "\(row.status.rawValue)."
  }

  private static func sentence(_ row: ExemptionRow) -> String {
    "\(row.ownerID) has the licence \(row.licence) for \(row.symbols.joined(separator: ", ")), \(row.status.rawValue), "
      + "valid to \(row.validTo)."
  }

  private static func sentences(_ all: [String]) -> String {
    let told = all.prefix(10).joined(separator: " ")
    return all.count > 10 ? "\(told) There are \(all.count - 10) more entries." : told
  }

  private func traders(of subject: AskedSubject) -> [String] {
    switch subject {
    case .trader(let id): [id]
    case .account(let id): [reference.account(id)?.controllerID].compactMap { $0 }.filter { !$0.isEmpty }
    case .owner(let id): Set(reference.accounts(ofOwner: id).map(\.controllerID)).subtracting([""]).sorted()
    case .instrument: []
    }
  }

  private func owners(of subject: AskedSubject) -> [String] {
    switch subject {
    case .owner(let id): [id]
    case .account(let id): [reference.account(id)?.ownerID].compactMap { $0 }.filter { !$0.isEmpty }
    case .trader(let id):
      Set(reference.accounts.filter { $0.controllerID == id }.map(\.ownerID)).subtracting([""]).sorted()
    case .instrument: []
    }
  }

  /// Of an instrument everybody's, of people their own.
  private func insiderEntries(of subject: AskedSubject, _ traders: [String], _ symbols: [String]) -> [InsiderRow] {
    let places = symbols.isEmpty ? reference.instruments.map(\.symbol) : symbols
    return places.flatMap(reference.insiderEntries).filter { subject.symbol != nil || traders.contains($0.traderID) }
  }
}
