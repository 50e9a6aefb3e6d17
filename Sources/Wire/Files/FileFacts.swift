import Glibc

/// What the file system says of a file, without opening it. May wait for a disk: not for a loop's thread.
package enum FileFacts {
  /// Bytes; nil when there is no such file.
  package static func size(of path: String) -> Int64? {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 ? Int64(facts.st_size) : nil
  }

  /// Bytes that may still be written on the disk on which the path is; nil when nobody can say.
  package static func freeBytes(at path: String) -> Int64? {
    var facts = statvfs()
    guard unsafe statvfs(path, &facts) == 0 else { return nil }
    let (bytes, isTooMany) = facts.f_bavail.multipliedReportingOverflow(by: facts.f_frsize)
    return isTooMany ? .max : Int64(clamping: bytes)
  }
}
