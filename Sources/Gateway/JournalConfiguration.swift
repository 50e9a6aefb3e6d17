package import Journal

/// Where what happens is kept, how safely and for how long.
package struct JournalConfiguration: Sendable {
  /// Nil: it is in a file.
  package var redis: RedisConfiguration?
  /// Nil: `journal.sqlite` in the state folder.
  package var file: String?
  package var durability = Durability.full
  package var retention = Retention(age: 30 * 86_400_000, tasks: 100_000)
  /// Bytes. Nil: as large as the disk lets it.
  package var sizeLimit: Int?
  /// Looks through the whole file at start.
  package var checksIntegrity = true

  package init() {}
}
