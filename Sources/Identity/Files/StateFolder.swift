import Glibc

/// The folder for what must survive a restart. Nobody else of this machine has to look into it.
package enum StateFolder {
  /// Makes the folder, for its owner alone, where there is none. One that is there stays as it is, unless others may write into it.
  package static func prepare(_ path: String) throws(FileError) {
    let attempt = "use the state folder"
    guard let status = try FileSystem.status(of: path) else { return try FileSystem.createFolder(path) }
    guard status.kind == .folder else {
      throw FileError(
        path: path, attempt: attempt, errorNumber: ENOTDIR, advice: "Name a folder, or a path where nothing is.")
    }
    guard !status.mode.isWritableByOthers else {
      throw FileError(
        path: path, attempt: attempt, errorNumber: EPERM,
        advice: "Its mode is \(status.mode), so other users may put sessions into it. Run: chmod 700 \(path)")
    }
  }
}
