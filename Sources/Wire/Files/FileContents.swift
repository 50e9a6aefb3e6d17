import Glibc

/// Whole files, read with clear errors. Blocks: not for a loop's thread.
package enum FileContents {
  /// Throws with the path and the reason when the file cannot be read, is not a regular file, or is larger than `limit`.
  /// - Parameter followsLinks: false: a link is no such file.
  package static func read(
    _ path: String, limit: Int = 64 << 20, followsLinks: Bool = true
  ) throws(WireError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW))
    guard descriptor >= 0 else { throw WireError(.file, "\(path) cannot be opened", errno: errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else { throw WireError(.file, "\(path) cannot be read", errno: errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw WireError(.file, "\(path) is not a regular file.") }
    guard Int(facts.st_size) <= limit else {
      throw WireError(.file, "\(path) has \(facts.st_size) bytes; at most \(limit) are read.")
    }
    var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
    var filled = 0
    while filled < bytes.count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw WireError(.file, "\(path) cannot be read", errno: errno) }
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }
}
