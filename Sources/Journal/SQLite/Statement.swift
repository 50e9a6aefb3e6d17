import CSQLite

/// A prepared statement. Values are bound in order, then its rows are stepped through; `reset` makes it ready for the next time.
@safe final class Statement {
  private let handle: OpaquePointer
  // A connection is closed only when its statements are gone.
  private let database: Database

  init(_ handle: OpaquePointer, of database: Database) {
    unsafe self.handle = handle
    self.database = database
  }

  deinit {
    unsafe _ = sqlite3_finalize(handle)
  }

  enum Value {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
    static func blob(_ bytes: [UInt8]?) -> Value { bytes.map { .blob($0) } ?? .null }
  }

  /// Begins anew with these values.
  func bind(_ values: Value...) throws(JournalError) {
    try bind(values)
  }

  func bind(_ values: [Value]) throws(JournalError) {
    reset()
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      let code =
        switch value {
        case .null: unsafe sqlite3_bind_null(handle, place)
        case .integer(let number): unsafe sqlite3_bind_int64(handle, place, number)
        case .text(let text): unsafe signalbox_sqlite_bind_text(handle, place, text, Int32(text.utf8.count))
        case .blob(let bytes): unsafe signalbox_sqlite_bind_blob(handle, place, bytes, Int32(bytes.count))
        }
      guard code == SQLITE_OK else { throw database.fault(code) }
    }
  }

  /// The next row; false when there is none.
  func step() throws(JournalError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.fault(code)
    }
  }

  /// Once, for statements that give no rows.
  func run(_ values: Value...) throws(JournalError) {
    try bind(values)
    _ = try step()
    reset()
  }

  /// Lets go of what it reads; an open row would hold up the checkpoints.
  func reset() {
    unsafe _ = sqlite3_reset(handle)
  }

  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

  func text(_ column: Int32) -> String {
    String(decoding: bytes(column), as: UTF8.self)
  }

  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// A copy. (SQLite wants the pointer asked for before the length.)
  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : bytes(column) }
}
