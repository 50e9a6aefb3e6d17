import A2A
import JSON
import Surveillance

extension Lookups {
  /// An account that belongs together with what was asked for, and why.
  private struct Tie {
    let account: AccountRow
    let why: String
  }

  func relationships(of subject: AskedSubject) -> LookupResult {
    let entities = entities(of: subject)
    var links: [LinkRow] = []
    for entity in entities {
      for link in reference.links(of: entity) where !links.contains(link) { links.append(link) }
    }
    let ties = ties(of: subject, entities, links)
    var sentences: [String] = []
    if !ties.isEmpty {
      sentences.append(
        "Accounts that belong together with \(title(of: subject)): "
          + "\(Self.some(ties.map { "\($0.account.id) (\($0.account.name): \($0.why))" }, most: 8)).")
    }
    if !links.isEmpty {
      let told = links.map { link in
        "\(name(link.first)) and \(name(link.second)), \(link.relation.rawValue)\(link.degree > 1 ? " of degree \(link.degree)" : "")"
      }
      sentences.append("On file as related: \(Self.some(told, most: 8)).")
    }
    return LookupResult(
      sentences.isEmpty ? "Nobody is on file as related to \(title(of: subject))." : sentences.joined(separator: " "),
      rows: ties.count + links.count, accounts: ties.map(\.account.id),
      .object { object in
        object.member(subject.kind, subject.id)
        object.array("accounts") { list in
          for tie in ties {
            list.object { entry in
              write(tie.account, to: &entry)
              entry.member("why", tie.why)
            }
          }
        }
        object.array("links") { list in
          for link in links {
            list.object { entry in
              entry.member("first", link.first)
              entry.member("second", link.second)
              entry.member("relation", link.relation.rawValue)
              entry.member("degree", link.degree)
            }
          }
        }
      })
  }

  /// Everybody under whose id links may stand: the subject, and who owns or decides for it.
  private func entities(of subject: AskedSubject) -> [String] {
    var found = [subject.id]
    func add(_ id: String) { if !id.isEmpty, !found.contains(id) { found.append(id) } }
    switch subject {
    case .account(let id):
      add(reference.account(id)?.ownerID ?? "")
    case .trader(let id):
      for account in reference.accounts where account.controllerID == id && account.relationship == "own" {
        add(account.ownerID)
      }
    case .owner, .instrument: break
    }
    return found
  }

  private func ties(of subject: AskedSubject, _ entities: [String], _ links: [LinkRow]) -> [Tie] {
    var ties: [Tie] = []
    func add(_ account: AccountRow, _ why: String) {
      guard subject != .account(account.id), !ties.contains(where: { $0.account.id == account.id }) else { return }
      ties.append(Tie(account: account, why: why))
    }
    for entity in entities {
      for account in reference.accounts(ofOwner: entity) { add(account, "of the same owner") }
    }
    let controllers = controllers(of: subject)
    for account in reference.accounts where controllers.contains(account.controllerID) {
      add(account, "in the same hands, \(account.controllerID)")
    }
    for link in links {
      for other in [link.first, link.second] where !entities.contains(other) {
        let why = "\(link.relation.rawValue) of \(entities.contains(link.first) ? link.first : link.second)"
        for account in reference.accounts(ofOwner: other) { add(account, why) }
        if let account = reference.account(other) { add(account, why) }
      }
    }
    return ties
  }

  private func controllers(of subject: AskedSubject) -> Set<String> {
    switch subject {
    case .trader(let id): return [id]
    case .account(let id): return Set([reference.account(id)?.controllerID ?? ""]).subtracting([""])
    case .owner, .instrument: return []
    }
  }

  private func name(_ entity: String) -> String {
    for subject in [AskedSubject.trader(entity), .owner(entity), .account(entity)] where isThere(subject) {
      return title(of: subject)
    }
    return entity
  }
}
