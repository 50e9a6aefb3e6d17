import Glibc

/// A file that is being answered with: opened once, read in pieces off the loop, closed when the last owner lets go.
package final class OpenFile: Sendable {
  private static let pieceSize = 64 << 10

  private let descriptor: Int32
  private let path: String
  /// In bytes, when it was opened. A file that shrinks meanwhile breaks the answer off.
  package let length: Int

  private init(descriptor: Int32, path: String, length: Int) {
    self.descriptor = descriptor
    self.path = path
    self.length = length
  }

  /// Throws `WireError` with the path and the reason.
  package static func open(_ path: String) async throws -> OpenFile {
    try await BlockingPool.shared.run {
      let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw WireError(.file, "\(path) cannot be opened", errno: errno) }
      var facts = stat()
      guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
        close(descriptor)
        throw WireError(.file, "\(path) is not a regular file.")
      }
      return OpenFile(descriptor: descriptor, path: path, length: Int(facts.st_size))
    }
  }

  func forEachPiece(_ body: ([UInt8]) async throws -> Void) async throws {
    var offset = 0
    while offset < length {
      let piece = try await read(at: offset, count: min(Self.pieceSize, length - offset))
      offset += piece.count
      try await body(piece)
    }
  }

  private func read(at offset: Int, count: Int) async throws -> [UInt8] {
    try await BlockingPool.shared.run { [self] in
      var bytes = [UInt8](repeating: 0, count: count)
      while true {
        let got = unsafe pread(descriptor, &bytes, count, off_t(offset))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { throw WireError(.file, "\(path) ended or failed at byte \(offset) of \(length).") }
        bytes.removeLast(count - got)
        return bytes
      }
    }
  }

  deinit {
    close(descriptor)
  }
}
