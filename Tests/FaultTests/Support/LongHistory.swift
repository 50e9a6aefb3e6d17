import CSQLite
import TestSupport

/// Puts records into the file of a journal that nobody has open, a million within seconds: through a gateway that takes minutes.
enum LongHistory {
  struct Failed: Error { let reason: String }

  /// Adds so many events to a task that is there, numbered as a producer that had sent none before would number them. Gives the offset
  /// of the last.
  static func add(_ count: Int, to task: String, in journal: String) throws -> Int64 {
    var handle: OpaquePointer?
    defer { unsafe _ = sqlite3_close_v2(handle) }
    try unsafe check(sqlite3_open(journal, &handle), handle)
    let sql = """
      PRAGMA synchronous = OFF;
      BEGIN;
      INSERT INTO records (offset, task, seq, time, kind, origin, payload)
        WITH RECURSIVE added(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM added WHERE n < \(count))
        SELECT base + n, number, last_seq + n, updated, 1, 'producer', CAST('{"n":' || n || ',"pad":"xxxxx"}' AS BLOB)
        FROM added, (SELECT max(offset) AS base FROM records), tasks WHERE id = '\(task)';
      UPDATE tasks SET last_seq = last_seq + \(count), last_offset = (SELECT max(offset) FROM records)
        WHERE id = '\(task)';
      UPDATE journal SET tail = (SELECT max(offset) FROM records);
      COMMIT;
      """
    try unsafe check(sqlite3_exec(handle, sql, nil, nil, nil), handle)
    var statement: OpaquePointer?
    defer { unsafe _ = sqlite3_finalize(statement) }
    try unsafe check(sqlite3_prepare_v2(handle, "SELECT tail FROM journal", -1, &statement, nil), handle)
    guard unsafe sqlite3_step(statement) == SQLITE_ROW else { throw Failed(reason: "There is no journal.") }
    return unsafe sqlite3_column_int64(statement, 0)
  }

  private static func check(_ status: Int32, _ handle: OpaquePointer?) throws {
    guard status != SQLITE_OK else { return }
    throw Failed(reason: unsafe String(cString: sqlite3_errmsg(handle)))
  }
}
