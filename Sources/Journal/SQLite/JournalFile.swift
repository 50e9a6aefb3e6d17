import Glibc

/// A journal's file as the file system knows it.
enum JournalFile {
  /// Bytes of the file and of its log of writes.
  static func size(_ path: String) -> Int {
    [path, path + "-wal"].reduce(0) { sum, path in
      var status = stat()
      return unsafe stat(path, &status) == 0 ? sum + Int(status.st_size) : sum
    }
  }

  /// The same file by its own name: whoever comes by a link must meet the same lock, and the same log of writes beside it.
  static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
