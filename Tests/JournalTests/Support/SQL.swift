import CSQLite

/// SQLite as a stranger uses it.
enum SQL {
  struct Failed: Error { let code: Int32 }

  /// Several statements, without an answer.
  static func runAll(_ sql: String, on path: String) throws {
    var handle: OpaquePointer?
    defer { unsafe _ = sqlite3_close_v2(handle) }
    guard unsafe sqlite3_open(path, &handle) == SQLITE_OK, unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK
    else { throw Failed(code: unsafe sqlite3_errcode(handle)) }
  }

  /// The first column of the last row, if there is one.
  @discardableResult
  static func run(_ sql: String, on path: String) throws -> String? {
    var handle: OpaquePointer?
    defer { unsafe _ = sqlite3_close_v2(handle) }
    guard unsafe sqlite3_open(path, &handle) == SQLITE_OK else { throw Failed(code: unsafe sqlite3_errcode(handle)) }
    var statement: OpaquePointer?
    guard unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
      throw Failed(code: unsafe sqlite3_errcode(handle))
    }
    defer { unsafe _ = sqlite3_finalize(statement) }
    var last: String?
    while true {
      switch unsafe sqlite3_step(statement) {
      case SQLITE_ROW: last = unsafe sqlite3_column_text(statement, 0).map { unsafe String(cString: $0) }
      case SQLITE_DONE: return last
      case let code: throw Failed(code: code)
      }
    }
  }
}
