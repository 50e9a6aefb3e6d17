/// Why there is no working with the file of the sessions.
package enum SessionFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What stands in a line is not what this program writes.
  case foreign(path: String, line: Int)
  /// Another process, or another gateway of this one, has the folder.
  case taken(folder: String)
  case openToOthers(path: String, mode: FileMode)
  case closed

  package var description: String {
    switch self {
    case .foreign(let path, let line):
      "Line \(line) of \(path) is not what this program writes. Restore the file from a copy, or move it away: then everybody who is "
        + "signed in has to sign in again, and nothing else is lost."
    case .taken(let folder):
      "The folder \(folder) is in use by another gateway. Stop that one, or give this one a state folder of its own."
    case .openToOthers(let path, let mode):
      "Other users may read or change \(path): its mode is \(mode). If you trust them all, run: chmod 600 \(path)"
    case .closed:
      "The sessions are closed, because the gateway is stopping."
    }
  }
}
