import Glibc

/// Keeps other processes, and other threads of this one, from changing the same folder; released when it goes out of
/// scope, or when the process ends. It binds only those who ask for it.
struct FolderLock: ~Copyable {
  private let folder: FileDescriptor

  /// Waits until nobody else holds the lock, which takes as long as writing a few small files.
  init(locking path: String) throws(FileError) {
    let attempt = "lock the folder"
    let folder = try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY, attempt: attempt)
    while flock(folder.number, LOCK_EX) != 0 {
      guard errno == EINTR else { throw FileError(path: path, attempt: attempt) }
    }
    self.folder = folder
  }
  /// Nil when somebody else holds the lock: for a lock that is held as long as a service runs.
  init?(claiming path: String) throws(FileError) {
    let attempt = "lock the folder"
    let folder = try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY, attempt: attempt)
    while flock(folder.number, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else { throw FileError(path: path, attempt: attempt) }
      return nil
    }
    self.folder = folder
  }

  deinit {
    // Closing alone is not enough when another thread is starting a program just now: until that is done, it has the descriptor too.
    _ = flock(folder.number, LOCK_UN)
  }
}
