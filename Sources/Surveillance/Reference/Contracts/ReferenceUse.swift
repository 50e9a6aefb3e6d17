/// What ids of one file can mean in another.
enum ReferenceTarget: Hashable {
  case trader
  case account
  case instrument
  case owner

  var file: ReferenceFile {
    switch self {
    case .trader: .traders
    case .account, .owner: .accounts
    case .instrument: .instruments
    }
  }

  var noun: String {
    switch self {
    case .trader: "trader"
    case .account: "account"
    case .instrument: "symbol"
    case .owner: "owner of an account"
    }
  }
}

/// A row of one file names a row of another.
struct ReferenceUse {
  var file: ReferenceFile
  var columnName: String
  var place: ReferenceError.Place
  var target: ReferenceTarget
  var id: String
}

/// The first place of each file that names an id: that one is shown when nothing has the id.
struct ReferenceUses {
  private struct Key: Hashable {
    var file: ReferenceFile
    var target: ReferenceTarget
    var id: String
  }

  private var first: [Key: ReferenceUse] = [:]

  /// Uses come in the order of their file's rows.
  mutating func add(_ use: ReferenceUse) {
    let key = Key(file: use.file, target: use.target, id: use.id)
    if first[key] == nil { first[key] = use }
  }

  /// Finds the first place that names what is not there, in the order of the files and their lines.
  func check(_ known: [ReferenceTarget: Set<String>]) throws(ReferenceError) {
    let files = ReferenceFile.allCases
    let unknown = first.values.filter { known[$0.target]?.contains($0.id) != true }
    let found = unknown.min { left, right in
      left.file == right.file
        ? left.place < right.place
        : (files.firstIndex(of: left.file) ?? 0) < (files.firstIndex(of: right.file) ?? 0)
    }
    guard let found else { return }
    let target = found.target
    throw ReferenceError(
      found.file, at: found.place, columnName: found.columnName,
      cause: "The \(target.noun) \(ReferenceError.shown(found.id.utf8)) is in no row of \(target.file.name).",
      advice: "Add it there, or correct it here.")
  }
}
