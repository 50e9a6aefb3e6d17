import Glibc

/// A file that only grows. For one writer at a time; blocks: not for a loop's thread.
package final class AppendFile: Sendable {
  private let descriptor: Int32
  package let path: String

  /// Makes the file, for this user alone, when it is not there. Throws with the path and the reason.
  package init(_ path: String) throws(WireError) {
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, mode_t(0o600))
    guard descriptor >= 0 else { throw WireError(.file, "\(path) cannot be written", errno: errno) }
    self.descriptor = descriptor
    self.path = path
  }

  /// All of the bytes or none of them: what a full disk took of them is taken back, so that no line stays half.
  package func append(_ bytes: [UInt8]) throws(WireError) {
    var before = stat()
    guard unsafe fstat(descriptor, &before) == 0 else {
      throw WireError(.file, "\(path) cannot be written", errno: errno)
    }
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { bytes in
        unsafe write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        let reason = errno
        if offset > 0 { ftruncate(descriptor, before.st_size) }
        throw WireError(.file, "\(path) cannot be written", errno: reason)
      }
      offset += written
    }
  }

  deinit {
    close(descriptor)
  }
}
