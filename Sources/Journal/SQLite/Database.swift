import CSQLite

/// One connection to a file, used by one thread.
@safe final class Database {
  private let handle: OpaquePointer
  let path: String

  /// Opens, or makes, the file. Blocks, as everything here does.
  init(_ path: String, readsOnly: Bool = false) throws(JournalError) {
    self.path = path
    // NOMUTEX: a connection never leaves its thread, so SQLite need not lock.
    let flags =
      SQLITE_OPEN_NOMUTEX | (readsOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    var handle: OpaquePointer?
    let code = unsafe sqlite3_open_v2(path, &handle, flags, nil)
    guard code == SQLITE_OK, let handle = unsafe handle else {
      let error = unsafe SQLiteFault(handle, code).error(path)
      unsafe sqlite3_close_v2(handle)
      throw error
    }
    unsafe self.handle = handle
    unsafe sqlite3_extended_result_codes(handle, 1)
    // A reader may meet a checkpoint; nobody else writes.
    unsafe sqlite3_busy_timeout(handle, 5000)
  }

  deinit {
    unsafe _ = sqlite3_close_v2(handle)
  }

  /// Statements without values, one or several.
  func execute(_ sql: String) throws(JournalError) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw fault(code) }
  }

  func prepare(_ sql: String) throws(JournalError) -> Statement {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else { throw fault(code) }
    return unsafe Statement(statement, of: self)
  }

  /// The one value of a statement that gives one.
  func value(_ sql: String) throws(JournalError) -> Int64 {
    let statement = try prepare(sql)
    guard try statement.step() else { return 0 }
    return statement.integer(0)
  }

  /// All or nothing. When `body` throws, nothing has happened.
  func transaction<Value>(
    _ purpose: TransactionPurpose = .writing, _ body: () throws(JournalError) -> Value
  ) throws(JournalError) -> Value {
    try execute(purpose == .writing ? "BEGIN IMMEDIATE" : "BEGIN")
    do throws(JournalError) {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      // Where SQLite has rolled back by itself, there is nothing left to do.
      if unsafe sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Whether the file was opened for reading alone, because it may not be written.
  var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") == 1 }

  var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }
  var changedRows: Int { Int(unsafe sqlite3_changes(handle)) }

  func fault(_ code: Int32) -> JournalError {
    unsafe SQLiteFault(handle, code).error(path)
  }
}

/// Whoever only reads asks for no lock.
enum TransactionPurpose {
  case reading, writing
}

/// SQLite's refusal as an error of the journal.
private struct SQLiteFault {
  private let code: Int32
  private let text: String

  init(_ handle: OpaquePointer?, _ code: Int32) {
    self.code = code
    text = unsafe String(cString: handle.map { unsafe sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
  }

  func error(_ path: String) -> JournalError {
    switch code & 0xFF {
    case SQLITE_FULL:
      JournalError(
        .full,
        "\(path) cannot grow: the disk is full, or the size that was set for it. Make room; nothing was stored meanwhile."
      )
    case SQLITE_READONLY:
      JournalError(.readOnly, "\(path) may not be written by this user. Check its owner and mode, and its folder's.")
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      JournalError(
        .corrupt,
        "\(path) is damaged or is no journal (\(text)). Move it away and put a copy in its place, or start anew.")
    case SQLITE_BUSY, SQLITE_LOCKED:
      JournalError(.locked, "\(path) is in use by another program. Stop that one, or name another file.")
    case SQLITE_CANTOPEN:
      JournalError(.unreadable, "\(path) cannot be opened (\(text)). Check that its folder exists and may be written.")
    default:
      JournalError(.failed, "\(path): SQLite failed with code \(code) (\(text)).")
    }
  }
}
