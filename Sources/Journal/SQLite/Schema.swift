/// The tables, and how older files become like newer ones.
enum Schema {
  /// Marks a file as ours ("sgbx"), for SQLite's `file` and for us.
  static let applicationID: Int64 = 0x7367_6278
  static var version: Int64 { Int64(migrations.count) }

  /// Each makes the file one version newer. What has been released is never changed; there is only ever a next one.
  private static let migrations = [first, second, third]

  private static let first = """
    CREATE TABLE journal (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      epoch TEXT NOT NULL,
      device INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      tail INTEGER NOT NULL,
      trimmed INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE tasks (
      -- Never given twice: records outlive their task for a moment.
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      owner TEXT NOT NULL,
      tenant TEXT,
      agent TEXT NOT NULL,
      title TEXT NOT NULL,
      key TEXT,
      state TEXT NOT NULL,
      is_final INTEGER NOT NULL,
      opened INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      first_offset INTEGER NOT NULL,
      last_offset INTEGER NOT NULL,
      last_seq INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX tasks_by_key ON tasks (owner, key) WHERE key IS NOT NULL;
    CREATE INDEX tasks_by_opening ON tasks (first_offset);
    CREATE INDEX tasks_by_owner ON tasks (owner, first_offset);
    CREATE INDEX tasks_by_tenant ON tasks (tenant, first_offset) WHERE tenant IS NOT NULL;
    CREATE INDEX tasks_running ON tasks (first_offset) WHERE is_final = 0;
    CREATE INDEX tasks_ended ON tasks (last_offset) WHERE is_final = 1;
    CREATE INDEX tasks_ended_by_age ON tasks (updated) WHERE is_final = 1;
    -- Apart, because the row of a task is written again with each of its batches.
    CREATE TABLE snapshots (
      task INTEGER PRIMARY KEY,
      body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE records (
      offset INTEGER PRIMARY KEY,
      task INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      time INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      origin TEXT NOT NULL,
      payload BLOB NOT NULL
    ) STRICT;
    -- An entry of an index ends with the row's own number, so this one holds (task, offset): a resume is one seek in it. One by seq would
    -- cost each commit as much again, and a task's records are in the same order by offset.
    CREATE INDEX records_by_task ON records (task);
    -- Tasks that have gone, and whose records are going.
    CREATE TABLE removed (
      task INTEGER PRIMARY KEY
    ) STRICT;
    CREATE TABLE keys (
      task INTEGER NOT NULL,
      key TEXT NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (task, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE producers (
      task INTEGER NOT NULL,
      producer TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      through INTEGER NOT NULL,
      PRIMARY KEY (task, producer)
    ) STRICT, WITHOUT ROWID;
    """

  private static let second = """
    ALTER TABLE tasks ADD COLUMN context TEXT;
    CREATE INDEX tasks_by_context ON tasks (owner, context) WHERE context IS NOT NULL;
    CREATE INDEX tasks_by_update ON tasks (last_offset);
    -- What is remembered of a task beside its records.
    CREATE TABLE memos (
      task INTEGER NOT NULL,
      name TEXT NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (task, name)
    ) STRICT, WITHOUT ROWID;
    """

  private static let third = """
    -- What a task is called by those who work on it. The title of its opening stays what it was.
    ALTER TABLE tasks ADD COLUMN said_title TEXT;
    """

  /// Brings the file up to date, whatever version it is; a new one from nothing.
  static func prepare(_ database: Database) throws(JournalError) {
    let found = try database.value("PRAGMA user_version")
    let application = try database.value("PRAGMA application_id")
    let tables = try database.value("SELECT count(*) FROM sqlite_schema")
    let isNew = application == 0 && found == 0 && tables == 0
    guard isNew || application == applicationID else {
      throw JournalError(.corrupt, "\(database.path) is a database of another program. Name another file.")
    }
    guard found <= version else {
      throw JournalError(
        .tooNew, "\(database.path) was made by a later version of this program. Use that one, or name another file.")
    }
    guard found < version else { return }
    try database.transaction { () throws(JournalError) in
      for migration in migrations[Int(found)...] { try database.execute(migration) }
      try database.execute("PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
    }
  }
}
