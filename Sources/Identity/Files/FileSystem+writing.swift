import Glibc

extension FileSystem {
  /// Creates a file with its final mode and all of its content, or leaves nothing. Whatever stands at `path`, a dangling
  /// symbolic link included, stays as it is and is the error (`EEXIST`).
  static func create(
    _ path: String, content: String, mode: FileMode, attempt: String
  ) throws(FileError) {
    // O_EXCL with the mode given here: the file never exists with a wider one, and is never somebody else's.
    let file = try FileDescriptor(
      opening: path, flags: O_WRONLY | O_CREAT | O_EXCL, mode: mode, attempt: attempt)
    do throws(FileError) {
      try file.writeDurably(Array(content.utf8), attempt: attempt)
      try synchronizeFolder(of: path)
    } catch {
      removeOwn(file: path)
      throw error
    }
  }

  /// Replaces a file, or creates it: a reader sees the old content or the new, never a part of either.
  static func replace(
    _ path: String, content: String, mode: FileMode, attempt: String
  ) throws(FileError) {
    let staged = try StagedFile(for: path, content: content, mode: mode, attempt: attempt)
    try staged.commit()
  }
}

/// New content that lies, durable, beside the file it is to replace. Dropped without `commit`, it is removed.
struct StagedFile: ~Copyable {
  private let path: String
  private let temporaryPath: String
  private let attempt: String

  init(for path: String, content: String, mode: FileMode, attempt: String) throws(FileError) {
    try FileSystem.checkPath(path, attempt: attempt)
    let temporaryPath = "\(path).\(hexadecimal((0..<6).map { _ in UInt8.random(in: .min ... .max) })).new"
    try FileSystem.create(temporaryPath, content: content, mode: mode, attempt: attempt)
    self.path = path
    self.temporaryPath = temporaryPath
    self.attempt = attempt
  }

  /// Puts the new content in place.
  consuming func commit() throws(FileError) {
    guard unsafe rename(temporaryPath, path) == 0 else { throw FileError(path: path, attempt: attempt) }
    try FileSystem.synchronizeFolder(of: path)
  }

  deinit {
    // After the rename this name is free again, and as random as it is, stays so.
    FileSystem.removeOwn(file: temporaryPath)
  }
}
