import Foundation

/// Keeps a second demo out of a folder. The system releases it when the process ends, however it does.
struct FolderLock {
  private let file: FileHandle

  init(_ folder: DemoFolder) throws(CommandFailure) {
    if !FileManager.default.fileExists(atPath: folder.lock) { try LocalFile.write([], to: folder.lock) }
    guard let file = FileHandle(forUpdatingAtPath: folder.lock) else {
      throw .failure("\(folder.lock) cannot be opened. Check that this user may write in \(folder.path).")
    }
    guard flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw .failure("Another demo runs in \(folder.path). Stop it, or choose another folder with --dir.")
    }
    self.file = file
  }

  func release() {
    try? file.close()
  }
}
