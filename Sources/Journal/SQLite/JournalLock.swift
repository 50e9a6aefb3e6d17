import Glibc

/// One gateway for one file: a lock that ends with the process, whatever ends it.
final class JournalLock {
  private let descriptor: Int32

  init(_ path: String) throws(JournalError) {
    let file = path + ".lock"
    // Safety: open is variadic in C; Swift's Glibc overlay offers exactly this form, with the mode.
    let descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = unsafe String(cString: strerror(errno))
      throw JournalError(
        errno == EROFS ? .readOnly : .unreadable,
        "\(file) cannot be opened: \(reason). Check that its folder exists and may be written.")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw JournalError(
        .locked, "\(path) is in use by another gateway. Stop that one, or give this one a state folder of its own.")
    }
    self.descriptor = descriptor
  }

  /// The file stays: whoever waits for it must not lock one that is no longer there.
  deinit {
    // A program that is being started has a copy of the descriptor for a moment, and the lock with it.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// What was last written beside the journal of how far it had come; nil when nothing was.
  var witness: JournalWitness? {
    var bytes = [UInt8](repeating: 0, count: JournalWitness.length)
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    return count == bytes.count ? JournalWitness(bytes) : nil
  }

  /// Not synchronized: it has to outlive this process, and may be older than the journal. When it cannot be written, the next start
  /// finds an older one, or none.
  func leave(_ witness: JournalWitness) {
    let bytes = witness.bytes
    unsafe _ = pwrite(descriptor, bytes, bytes.count, 0)
  }
}
