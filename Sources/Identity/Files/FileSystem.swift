import Glibc

/// The few things the development PKI does with files, each of which throws with the path and the reason. All of it
/// blocks on the disk, so none of it belongs on a loop.
enum FileSystem {
  enum Kind: Hashable {
    case file
    case folder
    case other
  }

  struct Status: Hashable {
    let kind: Kind
    let mode: FileMode
  }

  /// What stands at `path`, without following a symbolic link there; nil when nothing does.
  static func status(of path: String) throws(FileError) -> Status? {
    try checkPath(path, attempt: "look at")
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw FileError(path: path, attempt: "look at")
    }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    return Status(kind: kind, mode: FileMode(rawValue: status.st_mode))
  }

  /// Reads a whole file of text; bytes that are no UTF-8 come out as U+FFFD.
  static func read(
    _ path: String, attempt: String, limit: Int = 1 << 20
  ) throws(FileError) -> String {
    let file = try FileDescriptor(opening: path, flags: O_RDONLY, attempt: attempt)
    return String(decoding: try file.readAll(limit: limit, attempt: attempt), as: UTF8.self)
  }

  /// Reads a private key's file, and refuses one that other users could have read or changed.
  static func readPrivate(_ path: String, attempt: String) throws(FileError) -> String {
    String(decoding: try readPrivateBytes(path, attempt: attempt), as: UTF8.self)
  }

  /// The same for what may be no text.
  static func readPrivateBytes(
    _ path: String, attempt: String, limit: Int = 1 << 20
  ) throws(FileError) -> [UInt8] {
    let file = try FileDescriptor(opening: path, flags: O_RDONLY, attempt: attempt)
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0 else { throw FileError(path: path, attempt: attempt) }
    let mode = FileMode(rawValue: status.st_mode)
    guard !mode.isOpenToOthers else {
      throw FileError(
        path: path, attempt: attempt, errorNumber: EPERM,
        advice: "Its mode is \(mode), so other users may have read it. If you trust them all, run: chmod 600 \(path)")
    }
    return try file.readAll(limit: limit, attempt: attempt)
  }

  /// Makes a folder that only its owner can enter. Fails when there is anything at `path`.
  static func createFolder(_ path: String) throws(FileError) {
    try checkPath(path, attempt: "create the folder")
    guard unsafe mkdir(path, mode_t(FileMode.ownerOnlyFolder.rawValue)) == 0 else {
      throw FileError(path: path, attempt: "create the folder")
    }
  }

  /// Makes what was created in, renamed into or removed from a folder outlast a power failure.
  static func synchronizeFolder(of path: String) throws(FileError) {
    let folder = try FileDescriptor(
      opening: folder(of: path), flags: O_RDONLY | O_DIRECTORY, attempt: "open the folder")
    try folder.synchronize(attempt: "store the folder")
  }

  /// Removes what this process itself has just made, after another step has failed: that failure is the one to report.
  static func removeOwn(file path: String) {
    _ = unsafe unlink(path)
  }

  /// Like `removeOwn(file:)`; a folder that is not empty stays.
  static func removeOwn(folder path: String) {
    _ = unsafe rmdir(path)
  }

  /// C would read a path with a NUL inside as the shorter one before it.
  static func checkPath(_ path: String, attempt: String) throws(FileError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FileError(
        path: path.isEmpty ? "a file without a name" : "\(path.debugDescription)", attempt: attempt,
        errorNumber: EINVAL, advice: "Give a path of at least one character and without NUL characters.")
    }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
