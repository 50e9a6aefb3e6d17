/// What must hold for the journal.
struct RecordRules {
  /// Below it SQLite would not get as far as its first records.
  static let smallestLimit = 1 << 20

  let settings: Settings

  var problems: [ConfigurationProblem] {
    let limit = settings.integer("journal.sizeLimitBytes")
    guard limit > 0, limit < Self.smallestLimit else { return [] }
    return [
      .broken(
        "journal.sizeLimitBytes", settings.entry("journal.sizeLimitBytes"),
        "So little is full at once. Allow \(Self.smallestLimit) or more, or 0 for as much as the disk has.")
    ]
  }
}
