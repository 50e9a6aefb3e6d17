import Telemetry

/// From a path to a journal that can be trusted: what a crash has left is looked at, damage is found before anything is written.
enum JournalOpening {
  static func open(
    _ options: SQLiteJournalOptions, lock: JournalLock, log: Log
  ) throws(JournalError) -> JournalWriter {
    let tail = try WriteAheadLog.tail(of: options.path)
    let database = try Database(options.path)
    try checkWritable(database)
    try Schema.prepare(database)
    try database.execute("PRAGMA synchronous = \(options.durability == .full ? "FULL" : "NORMAL")")
    if let limit = options.sizeLimit {
      let pageSize = try database.value("PRAGMA page_size")
      try database.execute("PRAGMA max_page_count = \(max(1, Int64(limit) / max(1, pageSize)))")
    }
    let found = try JournalRow.read(database, witness: lock.witness)
    let origin = found?.origin ?? .new
    if options.checksIntegrity { try JournalCheck.run(database, origin) }
    if tail.lostBytes > 0 {
      log.warning(
        "the last write had not been finished",
        [
          "file": .string(options.path), "bytes": .int(tail.lostBytes),
          "meaning": "It was never acknowledged; everything that was is here.",
        ])
    }
    var row =
      if let found { found.row } else { try JournalRow.begin(database, epoch: options.newEpoch()) }
    switch origin {
    case .new, .same: break
    case .copy, .older:
      try row.renew(database, epoch: options.newEpoch())
      report(origin, row, log, options.path)
    }
    lock.leave(JournalWitness(epoch: row.epoch, tail: row.tail))
    return try JournalWriter(database, state: row, clock: options.clock)
  }

  private static func report(_ origin: JournalRow.Origin, _ row: JournalRow, _ log: Log, _ path: String) {
    var fields: LogFields = ["file": .string(path), "epoch": .string(row.epoch)]
    if case .older(let tail) = origin {
      fields.append("missing", .int(Int(tail - row.tail)))
      fields.append(
        "meaning", "It ends earlier than it did: an older copy was put in its place, or the disk lost its end.")
    }
    log.warning("the journal is not the one that was here last: it has a new epoch, and streams begin anew", fields)
  }

  /// WAL: readers and the writer do not wait for each other. The file's mode is kept in the file.
  private static func checkWritable(_ database: Database) throws(JournalError) {
    // SQLite opens what may not be written for reading alone, and says so only when something is written.
    if database.isReadOnly {
      throw JournalError(
        .readOnly, "\(database.path) may not be written by this user. Check its owner and mode, and its folder's.")
    }
    let mode = try database.prepare("PRAGMA journal_mode = WAL")
    try mode.bind()
    guard try mode.step(), mode.text(0) == "wal" else {
      throw JournalError(
        .readOnly, "\(database.path) may not be written, or lies on a file system without shared memory.")
    }
  }
}
