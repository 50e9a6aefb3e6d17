/// Invented names, put together from syllables: who is called like one of them is not meant.
struct WorldNames {
  private var random: SplitMix64
  private var taken: Set<String> = []

  init(seed: UInt64) { random = SplitMix64(seed: seed, for: "names") }

  static let sectors = [
    "Energy", "Materials", "Industrials", "Consumer", "Health", "Finance", "Technology", "Telecom", "Utilities",
    "Property",
  ]

  /// Five letters, so that none is a scenario's: those have six.
  mutating func symbol() -> String {
    unused { $0.syllable() + $0.syllable() + $0.random.pick(Self.endings) }.uppercased()
  }

  mutating func person() -> String {
    unused { $0.random.pick(Self.firstNames) + " " + $0.random.pick(Self.starts) + $0.random.pick(Self.ends) }
  }

  mutating func company() -> String {
    unused { $0.capital($0.syllable() + $0.syllable() + $0.syllable()) + " " + $0.random.pick(Self.forms) }
  }

  private mutating func unused(_ make: (inout Self) -> String) -> String {
    var name = make(&self)
    while !taken.insert(name).inserted { name = make(&self) }
    return name
  }

  private mutating func syllable() -> String { random.pick(Self.consonants) + random.pick(Self.vowels) }
  private func capital(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

  private static let consonants = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"]
  private static let vowels = ["a", "e", "i", "o", "u"]
  private static let endings = ["k", "l", "n", "r", "s", "x", "z"]
  private static let forms = ["Holdings", "Works", "Partners", "Trust", "Group", "Supply", "Ventures"]
  private static let firstNames = [
    "Adra", "Belo", "Ciske", "Dorvin", "Elsa", "Fenn", "Gerrit", "Hana", "Ilvo", "Jorun", "Kesi", "Lumo", "Mirel",
    "Nadev", "Oska", "Petra", "Quill", "Runa", "Sefa", "Tilde", "Ulmo", "Veska", "Wim", "Yara", "Zeno",
  ]
  private static let starts = [
    "Aster", "Brun", "Corv", "Dell", "Esk", "Farn", "Grev", "Hollin", "Ivern", "Jask", "Kald", "Lorm", "Marv", "Nost",
    "Orrel", "Pask", "Quend", "Rimm", "Stav", "Torv", "Ulst", "Varn", "Wend", "Yelm", "Zand",
  ]
  private static let ends = ["ane", "bek", "dahl", "ego", "ing", "lund", "mark", "oza", "sen", "tis", "ulo", "wick"]
}
