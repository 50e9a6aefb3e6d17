import Glibc

/// A file or folder that could not be read or written: which one, what was attempted, the system's reason, and what to do.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// A verb with its object, to stand between "Could not" and the path: `create the private key`.
  package let attempt: String
  /// The system's number for the reason, as `EACCES`.
  package let errorNumber: Int32
  /// A sentence in the imperative.
  package let advice: String

  package init(path: String, attempt: String, errorNumber: Int32, advice: String) {
    self.path = path
    self.attempt = attempt
    self.errorNumber = errorNumber
    self.advice = advice
  }

  package var description: String {
    // Since glibc 2.32, strerror's buffer belongs to the thread.
    let reason = unsafe strerror(errorNumber).map { unsafe String(cString: $0) } ?? "unknown error"
    return "Could not \(attempt) \(path): \(reason) (errno \(errorNumber)). \(advice)"
  }
}

extension FileError {
  /// Takes the reason from `errno`, so it must come directly after the call that failed.
  init(path: String, attempt: String, advice: String? = nil) {
    let number = errno
    self.init(path: path, attempt: attempt, errorNumber: number, advice: advice ?? Self.advice(for: number))
  }

  private static func advice(for errorNumber: Int32) -> String {
    switch errorNumber {
    case EACCES, EPERM: "Check who owns it and its mode with ls -l, or run this as its owner."
    case EEXIST: "Move it away or choose another name."
    case EISDIR: "Name a file, not a folder."
    case ENOENT: "Check the name, and that the folder above it exists."
    case ENOSPC, EDQUOT: "Free some space on that file system."
    case ENOTDIR: "One of the folders in this path is a file; check the path."
    case EROFS: "That file system is mounted read-only; choose another folder."
    default: "Check the path and the file system."
    }
  }
}
