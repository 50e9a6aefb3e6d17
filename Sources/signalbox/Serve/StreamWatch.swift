import Foundation

/// Follows what another process writes, without keeping it.
enum StreamWatch {
  enum Event: Sendable, Equatable {
    /// The first byte is there.
    case began
    case ended
  }

  /// Reads to the end on a thread of its own. An error means as much as the end: nobody is there any more.
  static func follow(
    _ stream: FileHandle, report: @escaping @Sendable (Event) -> Void
  ) {
    Thread.detachNewThread {
      var hasBegun = false
      // Byte for byte: a longer read would wait until it is full.
      while let byte = try? stream.read(upToCount: 1), !byte.isEmpty {
        if !hasBegun { report(.began) }
        hasBegun = true
      }
      report(.ended)
    }
  }
}
