import Glibc

/// One open file, closed when it goes out of scope.
struct FileDescriptor: ~Copyable {
  let number: Int32
  let path: String

  /// Opens `path` with close-on-exec. `attempt` is what an error says could not be done.
  init(opening path: String, flags: Int32, mode: FileMode = .none, attempt: String) throws(FileError) {
    try FileSystem.checkPath(path, attempt: attempt)
    // Safety: open is variadic in C; Swift's Glibc overlay offers exactly this form, with the mode.
    var number = unsafe open(path, flags | O_CLOEXEC, mode_t(mode.rawValue))
    while number < 0, errno == EINTR {
      number = unsafe open(path, flags | O_CLOEXEC, mode_t(mode.rawValue))
    }
    guard number >= 0 else { throw FileError(path: path, attempt: attempt) }
    self.number = number
    self.path = path
  }

  deinit {
    close(number)
  }

  /// Reads to the end, and refuses a file of more than `limit` bytes.
  func readAll(limit: Int, attempt: String) throws(FileError) -> [UInt8] {
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
      if count == 0 { return content }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(path: path, attempt: attempt)
      }
      content += piece.prefix(count)
      guard content.count <= limit else {
        throw FileError(
          path: path, attempt: attempt, errorNumber: EFBIG,
          advice: "It may have \(limit) bytes at most; check that this is the file you meant.")
      }
    }
  }

  /// Writes all of `bytes` and returns when the disk has them.
  func writeDurably(_ bytes: [UInt8], attempt: String) throws(FileError) {
    try write(bytes, attempt: attempt)
    try synchronize(attempt: attempt)
  }

  /// Writes all of `bytes`. A power failure may still lose them.
  func write(_ bytes: [UInt8], attempt: String) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.write(
          number, UnsafeRawBufferPointer(rebasing: bytes[written...]).baseAddress, bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(path: path, attempt: attempt)
      }
      written += count
    }
  }

  func synchronize(attempt: String) throws(FileError) {
    guard fsync(number) == 0 else { throw FileError(path: path, attempt: attempt) }
  }
}
