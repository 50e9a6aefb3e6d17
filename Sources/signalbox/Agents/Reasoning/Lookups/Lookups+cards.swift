import A2A
import JSON
import Surveillance

extension Lookups {
  /// Who or what it is, and whose.
  func lookUp(_ subject: AskedSubject) -> LookupResult {
    switch subject {
    case .trader(let id): reference.trader(id).map(card) ?? nothing(subject)
    case .account(let id): reference.account(id).map(card) ?? nothing(subject)
    case .owner(let id): ownerCard(id)
    case .instrument(let symbol): reference.instrument(symbol).map(card) ?? nothing(subject)
    }
  }

  private func nothing(_ subject: AskedSubject) -> LookupResult {
    LookupResult("There is no \(subject.kind) \(subject.id).", rows: 0, .object { $0.member("found", false) })
  }

  private func card(_ row: TraderRow) -> LookupResult {
    let accounts = reference.accounts.filter { $0.controllerID == row.id }
    let sectors = row.mandateSectors.isEmpty ? "" : ", with a mandate for \(row.mandateSectors.joined(separator: ", "))"
    let decides =
      accounts.isEmpty
      ? "No account is in this trader's hands."
      : "In this trader's hands: \(Self.some(accounts.map { "\($0.id) (\($0.name))" }))."
    return LookupResult(
      "\(row.id) is \(row.name), \(row.role) in \(row.department), access to information \(row.access.rawValue), permission "
        + "to trade \(row.permission.rawValue)\(sectors). \(decides)",
      rows: 1 + accounts.count, accounts: accounts.map(\.id),
      .object { object in
        object.member("trader", row.id)
        object.member("name", row.name)
        object.member("role", row.role)
        object.member("department", row.department)
        object.member("access", row.access.rawValue)
        object.member("permission", row.permission.rawValue)
        object.array("mandate_sectors") { list in for sector in row.mandateSectors { list.string(sector) } }
        object.array("accounts") { list in for account in accounts { list.string(account.id) } }
      })
  }

  private func card(_ row: AccountRow) -> LookupResult {
    let owner =
      row.ownerID.isEmpty
      ? "whose owner is not known"
      : "which belongs to \(row.ownerName) (\(row.ownerID), \(row.ownerType))"
    let controller = reference.trader(row.controllerID).map { "; \($0.id) (\($0.name)) decides for it" } ?? ""
    return LookupResult(
      "\(row.id) is the account \"\(row.name)\", \(owner)\(controller). Its desk is \(row.desk).", rows: 1,
      .object { write(row, to: &$0) })
  }

  func write(_ row: AccountRow, to object: inout JSONWriter) {
    object.member("account", row.id)
    object.member("name", row.name)
    object.member("owner", row.ownerID)
    object.member("owner_name", row.ownerName)
    object.member("owner_type", row.ownerType)
    object.member("relationship", row.relationship)
    object.member("controller", row.controllerID)
    object.member("desk", row.desk)
  }

  private func ownerCard(_ id: String) -> LookupResult {
    let accounts = reference.accounts(ofOwner: id)
    let name = accounts.first?.ownerName ?? ""
    return LookupResult(
      "\(id) is \(name), \(accounts.first?.ownerType ?? "of no known kind"), and owns "
        + "\(Self.some(accounts.map { "\($0.id) (\($0.name))" })).",
      rows: accounts.count, accounts: accounts.map(\.id),
      .object { object in
        object.member("owner", id)
        object.member("name", name)
        object.array("accounts") { list in for account in accounts { list.object { write(account, to: &$0) } } }
      })
  }

  private func card(_ row: InstrumentRow) -> LookupResult {
    let last = days.flatMap { reference.prices(row.symbol, ($0.upperBound - 14)...$0.upperBound).last }
    let price = last.map { " It closed at \($0.close) \(row.currency) on \($0.day), the last day on file." } ?? ""
    return LookupResult(
      "\(row.symbol)\(row.name.map { " is \($0)," } ?? " is an instrument") of the sector \(row.sector), traded in "
        + "\(row.currency); the average volume of a day is \(row.averageVolume).\(price)", rows: 1,
      .object { object in
        object.member("instrument", row.symbol)
        object.member("name", ifPresent: row.name)
        object.member("sector", row.sector)
        object.member("currency", row.currency)
        object.member("average_daily_volume", row.averageVolume)
        object.member("last_close", ifPresent: last?.close.description)
        object.member("last_day", ifPresent: last?.day.description)
      })
  }
}
