import Glibc

/// What a journal knows of itself.
struct JournalRow {
  var epoch: String
  var tail: Int64
  var trimmed: Int64

  /// Whether this is the journal that clients have seen.
  enum Origin: Equatable {
    case new
    case same
    /// Another file lies there: a copy, or one that was restored.
    case copy
    /// It ends earlier than it did.
    case older(than: Int64)
  }

  /// Reads it; nil when nothing has been written yet.
  static func read(
    _ database: Database, witness: JournalWitness?
  ) throws(JournalError) -> (row: JournalRow, origin: Origin)? {
    let place = try FilePlace(database.path)
    let read = try database.prepare("SELECT epoch, device, inode, tail, trimmed FROM journal")
    try read.bind()
    guard try read.step() else { return nil }
    var row = JournalRow(epoch: read.text(0), tail: read.integer(3), trimmed: read.integer(4))
    let isInPlace = FilePlace(device: read.integer(1), inode: read.integer(2)) == place
    row.tail = max(row.tail, try database.value("SELECT coalesce(max(offset), 0) FROM records"))
    guard isInPlace, let witness, witness.epoch == row.epoch else { return (row, .copy) }
    return (row, row.tail < witness.tail ? .older(than: witness.tail) : .same)
  }

  /// Begins a journal.
  static func begin(_ database: Database, epoch: String) throws(JournalError) -> JournalRow {
    let place = try FilePlace(database.path)
    try database.prepare("INSERT INTO journal VALUES (1, ?, ?, ?, 0, 0)").run(
      .text(epoch), .integer(place.device), .integer(place.inode))
    return JournalRow(epoch: epoch, tail: 0, trimmed: 0)
  }

  /// Makes what was found another journal than the one that clients have seen.
  mutating func renew(_ database: Database, epoch: String) throws(JournalError) {
    let place = try FilePlace(database.path)
    try database.prepare("UPDATE journal SET epoch = ?, device = ?, inode = ?").run(
      .text(epoch), .integer(place.device), .integer(place.inode))
    self.epoch = epoch
  }
}

/// Where a file lies: a copy lies elsewhere, a file that was only renamed does not.
private struct FilePlace: Equatable {
  let device: Int64
  let inode: Int64

  init(device: Int64, inode: Int64) {
    self.device = device
    self.inode = inode
  }

  init(_ path: String) throws(JournalError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw JournalError(.unreadable, "\(path) has gone while it was being opened.")
    }
    device = Int64(truncatingIfNeeded: status.st_dev)
    inode = Int64(truncatingIfNeeded: status.st_ino)
  }
}
