import Journal
import Telemetry
import TestSupport
import Testing

/// Files of earlier versions are brought up to date, with everything that is in them.
@Suite struct MigrationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var path: String { folder.path("journal.db") }

  private func open() async throws(JournalError) -> SQLiteJournal {
    try await SQLiteJournal.open(.test(path), log: KeptLog().log, metrics: MetricsRegistry())
  }

  /// As version 1 wrote it: two tasks, one that runs and one that has ended, of somebody who counts, with a key and a snapshot.
  private static let first = """
    PRAGMA journal_mode = WAL;
    BEGIN;
    CREATE TABLE journal (only INTEGER PRIMARY KEY CHECK (only = 1), epoch TEXT NOT NULL, device INTEGER NOT NULL,
      inode INTEGER NOT NULL, tail INTEGER NOT NULL, trimmed INTEGER NOT NULL) STRICT;
    CREATE TABLE tasks (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL,
      tenant TEXT, agent TEXT NOT NULL, title TEXT NOT NULL, key TEXT, state TEXT NOT NULL, is_final INTEGER NOT NULL,
      opened INTEGER NOT NULL, updated INTEGER NOT NULL, first_offset INTEGER NOT NULL, last_offset INTEGER NOT NULL,
      last_seq INTEGER NOT NULL) STRICT;
    CREATE UNIQUE INDEX tasks_by_key ON tasks (owner, key) WHERE key IS NOT NULL;
    CREATE INDEX tasks_by_opening ON tasks (first_offset);
    CREATE INDEX tasks_by_owner ON tasks (owner, first_offset);
    CREATE INDEX tasks_by_tenant ON tasks (tenant, first_offset) WHERE tenant IS NOT NULL;
    CREATE INDEX tasks_running ON tasks (first_offset) WHERE is_final = 0;
    CREATE INDEX tasks_ended ON tasks (last_offset) WHERE is_final = 1;
    CREATE INDEX tasks_ended_by_age ON tasks (updated) WHERE is_final = 1;
    CREATE TABLE snapshots (task INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
    CREATE TABLE records (offset INTEGER PRIMARY KEY, task INTEGER NOT NULL, seq INTEGER NOT NULL,
      time INTEGER NOT NULL, kind INTEGER NOT NULL, origin TEXT NOT NULL, payload BLOB NOT NULL) STRICT;
    CREATE INDEX records_by_task ON records (task);
    CREATE TABLE removed (task INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE keys (task INTEGER NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (task, key)) STRICT,
      WITHOUT ROWID;
    CREATE TABLE producers (task INTEGER NOT NULL, producer TEXT NOT NULL, epoch INTEGER NOT NULL,
      through INTEGER NOT NULL, PRIMARY KEY (task, producer)) STRICT, WITHOUT ROWID;
    INSERT INTO journal VALUES (1, 'old', 1, 2, 0, 0);
    INSERT INTO tasks VALUES (1, 'a', 'alex', 'acme', 'wash', 'An alert', 'k', 'working', 0, 1000, 3000, 1, 4, 3),
      (2, 'b', 'kim', NULL, 'wash', '', NULL, 'completed', 1, 2000, 2000, 3, 3, 1);
    INSERT INTO snapshots VALUES (1, CAST('{"n":1}' AS BLOB));
    INSERT INTO records VALUES (1, 1, 1, 1000, 1, 'gateway', CAST('"one"' AS BLOB)),
      (2, 1, 2, 2000, 1, 'p', CAST('"two"' AS BLOB)), (3, 2, 1, 2000, 1, 'p', CAST('"end"' AS BLOB)),
      (4, 1, 3, 3000, 8, 'gateway', CAST('"three"' AS BLOB));
    INSERT INTO keys VALUES (1, 'once', 2);
    INSERT INTO producers VALUES (1, 'p', 5, 1);
    PRAGMA application_id = 1936155256;
    PRAGMA user_version = 1;
    COMMIT;
    """

  @Test func `what version 1 has stored is there, and what is new works with it`() async throws {
    try SQL.runAll(Self.first, on: path)
    // Twice: the second time there is nothing left to do.
    for round in 0..<2 {
      let journal = try await open()
      let a = try #require(try await journal.task("a"))
      #expect(
        a.opening == TaskOpening(owner: "alex", tenant: "acme", agent: "wash", title: "An alert", key: "k"))
      #expect(a.state == "working" && a.opened == 1000 && a.snapshot == Array(#"{"n":1}"#.utf8))
      #expect(try await journal.all(of: "a").prefix(3).map(\.text) == [#""one""#, #""two""#, #""three""#])
      #expect(try await journal.all(of: "a").prefix(3).map(\.offset) == [1, 2, 4])
      #expect(try await journal.task("b")?.isFinal == true)
      if round == 0 {
        var keyed = Batch.events("a", ["again"])
        keyed.key = "once"
        #expect(try await journal.append(keyed) == .duplicate(.key(seq: 2)))
        keyed.key = nil
        keyed.stamp = ProducerStamp(producer: "p", epoch: 5, seq: 1)
        #expect(try await journal.append(keyed) == .duplicate(.stamp(through: 1)))
        #expect(try await journal.append(.opening("c", key: "k")) == .duplicate(.opening(task: "a")))
        #expect(
          try await journal.store(.events("a", ["four"]).remembering(Memo("run", text: "{}"))).map(\.seq) == [4])
        try await journal.store(.opening("c", context: "talk"))
      }
      #expect(try await journal.memos(under: "", ofRunning: true).map(\.task) == ["a"])
      var query = TaskQuery(visible: [.init()])
      query.order = .update
      #expect(try await journal.tasks(query).map(\.id) == ["c", "a", "b"])
      query.context = "talk"
      #expect(try await journal.count(query) == 1)
      await journal.close()
    }
  }

  @Test func `the journal goes on as the same one`() async throws {
    let new = try await open()
    try await new.store(.opening("a"))
    await new.close()
    // What version 2 has and version 3 have added, taken away again: the file, and the line beside it, as version 1 leaves them.
    try SQL.runAll(
      """
      DROP TABLE memos; DROP INDEX tasks_by_context; DROP INDEX tasks_by_update; ALTER TABLE tasks DROP COLUMN context;
      ALTER TABLE tasks DROP COLUMN said_title;
      PRAGMA user_version = 1;
      """, on: path)
    let journal = try await open()
    #expect(journal.epoch == new.epoch)
    #expect(try await journal.store(.events("a", ["x"]).remembering(Memo("run", text: "{}"))).map(\.offset) == [2])
    await journal.close()
  }

  @Test func `both ways lead to the same tables`() async throws {
    try SQL.runAll(Self.first, on: path)
    await (try open()).close()
    let other = folder.path("other.db")
    await (try await SQLiteJournal.open(.test(other), log: KeptLog().log, metrics: MetricsRegistry())).close()
    // Columns in their order, with their types; and what each index holds.
    let columns = """
      SELECT group_concat(t.name || '.' || c.name || ' ' || c.type || c."notnull" || c.pk, ', ')
        FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name) t, pragma_table_info(t.name) c
      """
    let indexes = """
      SELECT group_concat(i.name || '.' || c.name, ', ')
        FROM (SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name) i, pragma_index_info(i.name) c
      """
    for question in [columns, indexes] {
      #expect(try SQL.run(question, on: path) == SQL.run(question, on: other))
    }
  }
}
