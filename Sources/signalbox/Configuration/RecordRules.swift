/// What must hold for the journal.
struct RecordRules: SettingRules {
  /// Below it SQLite would not get as far as its first records.
  static let smallestLimit = 1 << 20

  let settings: Settings

  var problems: [ConfigurationProblem] {
    let limit = settings.integer("journal.sizeLimitBytes")
    return unless(
      limit == 0 || limit >= Self.smallestLimit, "journal.sizeLimitBytes",
      "So little is full at once. Allow \(Self.smallestLimit) or more, or 0 for as much as the disk has.")
  }
}
