import JSON

extension PolicyReader {
  private static let members = ["name", "certificate", "token", "link", "roles", "grants", "tenant", "disabled"]

  mutating func readEntry(_ value: JSONValue) {
    let before = problems.count
    guard let members = members(of: value, "A principal", Self.members) else { return }
    let name = members["name"].flatMap { text($0, "A name", .name) }
    let selectors = readSelectors(members, name: name, of: value)
    let tenant = readTenant(members["tenant"])
    let roles = readEntryRoles(members["roles"])
    let grants = members["grants"].map { readGrants($0, "grants", as: "grant") } ?? []
    let entry = PolicyEntry(
      name: name, tenant: tenant, roles: roles, grants: grants, isDisabled: bool(members["disabled"], "disabled"),
      line: line(of: value))
    // What does not fit together says nothing as long as the parts are not what was meant.
    if problems.count == before { check(entry, selectors, value) }
    checkName(name, value)
    place(selectors, value)
    entries.append(entry)
  }

  private mutating func readTenant(_ value: JSONValue?) -> PolicyEntry.Tenant {
    guard let value else { return .none }
    if value.equalsString("claim") { return .claim }
    return text(value, "A tenant", .name).map { .named($0) } ?? .none
  }

  private mutating func readEntryRoles(_ value: JSONValue?) -> PolicyEntry.Roles {
    guard let value else { return .named([]) }
    if value.equalsString("claims") { return .claims }
    guard value.kind == .array else {
      note(value, "roles must be a list such as [\"analyst\"], or \"claims\" for those that a token names.")
      return .named([])
    }
    return .named(list(value, "roles") { reader, item in reader.word(item, "A role") })
  }

  private mutating func check(_ entry: PolicyEntry, _ selectors: [PolicySelector], _ value: JSONValue) {
    if selectors.isEmpty {
      return note(value, "This entry fits nobody. Give it a certificate, a token, or a name with \"link\": true.")
    }
    checkNaming(entry, selectors, value)
    let isOnlyForTokens = selectors.allSatisfy { selector in
      switch selector {
      case .subject, .anySubject: true
      case .uri, .urisBelow, .dns, .fingerprint, .link: false
      }
    }
    if entry.roles == .claims || entry.tenant == .claim, !isOnlyForTokens {
      note(
        value,
        "Only a token has claims, and this entry fits more than tokens. Give the token an entry of its own, "
          + "or name roles and tenant.")
    }
    if entry.roles == .named([]), entry.grants.isEmpty, !entry.isDisabled {
      note(value, "Whoever this entry fits may do nothing. Give it roles or grants, or \"disabled\": true.")
    }
    if entry.tenant == .none, entry.grants.contains(where: { $0.tasks == .tenant }) {
      note(
        value, "A grant of this entry is for tasks of its tenant, and it has none. Give it a tenant, or say \"own\".")
    }
  }

  /// A name is for one, a pattern for many; whoever is refused needs neither.
  private mutating func checkNaming(_ entry: PolicyEntry, _ selectors: [PolicySelector], _ value: JSONValue) {
    if entry.name != nil, let pattern = selectors.first(where: \.isPattern) {
      note(
        value,
        "This entry has a name, but \(pattern) fits many, who would all be that one. Leave the name out: each is then "
          + "called what the credential says.")
    }
    if entry.name == nil, !entry.isDisabled, let exact = selectors.first(where: { !$0.isPattern }) {
      note(value, "This entry needs a name, because \(exact) is not a pattern. Give it one.")
    }
  }

  private mutating func checkName(_ name: String?, _ value: JSONValue) {
    guard let name else { return }
    if let earlier = names[name] {
      note(
        value, "The name \(quoted(name)) stands on line \(earlier) already. Make it one entry, or take another name.")
    } else {
      names[name] = line(of: value)
    }
  }
}
