import Glibc

/// A file that is emptied and written anew, and stays the same file.
struct FileDescriptor {
  struct Failed: Error { let code: Int32 }

  private let number: Int32

  static func truncating(_ path: String) throws -> FileDescriptor {
    // Safety: open is variadic in C; Swift's Glibc overlay offers exactly this form.
    let number = unsafe Glibc.open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard number >= 0 else { throw Failed(code: errno) }
    return FileDescriptor(number: number)
  }

  /// All of it, and closes.
  func write(_ bytes: [UInt8]) throws {
    defer { close(number) }
    guard unsafe Glibc.write(number, bytes, bytes.count) == bytes.count else { throw Failed(code: errno) }
  }
}
