import Glibc

/// The file of the sessions: lines that are only ever added, and a new file in place of it when it has become long. Blocks.
struct SessionFile: ~Copyable {
  /// A file much longer than what is in it is written anew; below this length nobody cares.
  private static let smallest = 1 << 18
  private static let limit = 1 << 28

  private let path: String
  private let lock: FolderLock
  private var appended: FileDescriptor?
  private var length = 0
  private var lengthWhenRewritten = 0
  /// Something failed, so nobody knows what the file has: it is written anew next time.
  private var isDoubtful = false
  private var isSynchronized = true

  /// Takes hold of the folder, and makes it when it is not there.
  init(claiming path: String) throws {
    let folder = FileSystem.folder(of: path)
    try StateFolder.prepare(folder)
    guard let lock = try FolderLock(claiming: folder) else { throw SessionFileError.taken(folder: folder) }
    self.path = path
    self.lock = lock
  }

  /// What the file says, and what had to be left out: the end of a line that was being written when the power failed.
  func read() throws -> (table: SessionTable, repair: String?) {
    guard let status = try FileSystem.status(of: path) else { return (SessionTable(), nil) }
    guard status.kind == .file else { throw SessionFileError.foreign(path: path, line: 1) }
    guard !status.mode.isOpenToOthers else { throw SessionFileError.openToOthers(path: path, mode: status.mode) }
    let file = try FileDescriptor(opening: path, flags: O_RDONLY, attempt: "read the sessions in")
    return try Self.read(try file.readAll(limit: Self.limit, attempt: "read the sessions in"), path: path)
  }

  static func read(_ bytes: [UInt8], path: String) throws(SessionFileError) -> (table: SessionTable, repair: String?) {
    var table = SessionTable()
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // Behind the last line feed there is nothing, or a line without its end.
    let torn = lines.removeLast()
    if lines.isEmpty {
      guard SessionLine.header.starts(with: torn) else { throw SessionFileError.foreign(path: path, line: 1) }
    } else if !lines.removeFirst().elementsEqual(SessionLine.header) {
      throw SessionFileError.foreign(path: path, line: 1)
    }
    for (index, line) in lines.enumerated() {
      guard let change = SessionLine.decode(line), table.apply(change) else {
        throw SessionFileError.foreign(path: path, line: index + 2)
      }
    }
    return (
      table,
      torn.isEmpty
        ? nil
        : "The last \(torn.count) bytes of \(path) were a line without its end, as a crash leaves it; they were cut off."
    )
  }

  /// Puts a file in place that has this table and nothing else.
  mutating func rewrite(_ table: SessionTable) throws(FileError) {
    isDoubtful = true
    var bytes = SessionLine.header + [UInt8(ascii: "\n")]
    for record in table.records.values.sorted(by: { $0.id < $1.id }) { bytes += Self.line(.keep(record)) }
    try FileSystem.replace(
      path, content: String(decoding: bytes, as: UTF8.self), mode: .ownerOnly, attempt: "write the sessions to")
    appended = try FileDescriptor(opening: path, flags: O_WRONLY | O_APPEND, attempt: "write the sessions to")
    length = bytes.count
    lengthWhenRewritten = bytes.count
    isSynchronized = true
    isDoubtful = false
  }

  /// Adds changes.
  /// - Parameters:
  ///   - durably: returns when the disk has them, and everything before them.
  ///   - whole: the sessions after them, for when the file has to be written anew.
  mutating func append(_ changes: [SessionChange], durably: Bool, whole: () -> SessionTable) throws(FileError) {
    let bytes = changes.flatMap(Self.line)
    if isDoubtful || length + bytes.count > max(Self.smallest, 4 * lengthWhenRewritten) { return try rewrite(whole()) }
    // A write that failed half-way, or a disk that has refused to store: what is there now is unknown.
    isDoubtful = true
    if !bytes.isEmpty {
      isSynchronized = false
      try appended?.write(bytes, attempt: "write the sessions to")
      length += bytes.count
    }
    if durably, !isSynchronized {
      try appended?.synchronize(attempt: "store the sessions in")
      isSynchronized = true
    }
    isDoubtful = false
  }

  private static func line(_ change: SessionChange) -> [UInt8] {
    SessionLine.encode(change) + [UInt8(ascii: "\n")]
  }
}
