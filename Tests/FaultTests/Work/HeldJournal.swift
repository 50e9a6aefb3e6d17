import Glibc
import TestSupport
import Testing

/// Keeps a gateway from committing, as another program does that writes to its file. Nothing of the file is read or changed.
///
/// "The WAL_WRITE_LOCK … is the lock that serializes access to appending new content to the WAL"; of the locks on the shared-memory file
/// it is the first, at byte 120 (SQLite, "WAL-mode File Format", 2.3). The lock would end with any descriptor of that file that this process
/// closes, and it has no other.
struct HeldJournal: ~Copyable {
  private let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Commits are possible again.
  deinit { close(descriptor) }

  /// Returns when nobody else writes any more.
  /// - Parameter journal: the path of a journal that a gateway has open.
  static func hold(_ journal: String) async throws -> HeldJournal {
    let descriptor = unsafe open("\(journal)-shm", O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
    let held = HeldJournal(descriptor)
    let isHeld = await eventually {
      var lock = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 120, l_len: 1, l_pid: 0)
      return unsafe fcntl(descriptor, F_SETLK, &lock) == 0
    }
    try #require(isHeld)
    return held
  }
}
