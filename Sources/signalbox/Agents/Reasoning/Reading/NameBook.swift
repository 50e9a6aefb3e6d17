import Surveillance

/// Finds whom a question names: by id, by symbol, or by a name or a part of one.
struct NameBook: Sendable {
  /// More than these are no choice for a person.
  static let mostCandidates = 8

  private let ids: [String: AskedSubject]
  private let symbols: Set<String>
  /// Symbols by the names that instruments go by, in small letters.
  private let instruments: [String: String]
  private let byWord: [String: Set<AskedSubject>]
  private let names: [AskedSubject: [String]]

  init(_ reference: ReferenceData) {
    var ids: [String: AskedSubject] = [:]
    var byWord: [String: Set<AskedSubject>] = [:]
    var names: [AskedSubject: [String]] = [:]
    func add(_ subject: AskedSubject, _ name: String) {
      ids[subject.id.uppercased()] = subject
      // What stands behind a comma is a desk or a strategy, which others share.
      let words = Self.words(of: String(name.prefix { $0 != "," }))
      guard !words.isEmpty else { return }
      names[subject] = words
      for word in words { byWord[word, default: []].insert(subject) }
    }
    var people: Set<[String]> = []
    for trader in reference.traders {
      add(.trader(trader.id), trader.name)
      people.insert(Self.words(of: trader.name))
    }
    for account in reference.accounts {
      // A person's own account and the person as its owner are meant by the person's name.
      let isPerson = people.contains(Self.words(of: account.ownerName))
      if !account.ownerID.isEmpty, ids[account.ownerID.uppercased()] == nil {
        add(.owner(account.ownerID), isPerson ? "" : account.ownerName)
      }
      let name = Self.words(of: String(account.name.prefix { $0 != "," }))
      let isOwners = people.contains(name) || name == Self.words(of: account.ownerName)
      add(.account(account.id), isOwners ? "" : account.name)
    }
    symbols = Set(reference.instruments.map(\.symbol))
    instruments = reference.instruments.reduce(into: [:]) { names, row in
      names[row.symbol.lowercased()] = row.symbol
      if let name = row.name { names[name.lowercased()] = row.symbol }
    }
    self.ids = ids
    self.byWord = byWord
    self.names = names
  }

  /// Of a name, those that tell it from other words: they begin with a capital letter.
  private static func words(of name: String) -> [String] {
    QuestionWords(name).all.filter { $0.isCapitalized && $0.text.count > 2 }.map(\.lowercased)
      .filter { !IntentWords.all.contains($0) }
  }

  func byID(_ text: String) -> AskedSubject? { ids[text.uppercased()] }

  /// By its symbol as it is written.
  func instrument(_ text: String) -> AskedSubject? { symbols.contains(text) ? .instrument(text) : nil }

  /// By its symbol or its name, whatever letters are used.
  func instrument(named text: String) -> AskedSubject? { instruments[text.lowercased()].map { .instrument($0) } }

  /// How many have this word in their name.
  func isName(_ word: String) -> Bool { byWord[word] != nil }

  /// All whose name has all of these words; those whose whole name they are, where they are several words and there are such.
  /// - Parameter kind: what stands before the name, such as "account"; counts where somebody of that kind has it.
  func candidates(_ words: [String], kind: String? = nil) -> [AskedSubject] {
    guard let first = words.first, var found = byWord[first] else { return [] }
    for word in words.dropFirst() { found.formIntersection(byWord[word] ?? []) }
    let ofKind = found.filter { $0.kind == kind }
    if !ofKind.isEmpty { found = ofKind }
    let whole = words.count > 1 ? found.filter { names[$0]?.count == words.count } : Set()
    return (whole.isEmpty ? found : whole).sorted { ($0.kind, $0.id) < ($1.kind, $1.id) }
  }
}
