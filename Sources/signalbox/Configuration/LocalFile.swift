import Foundation

/// Files that people name, with reasons they can act on.
enum LocalFile {
  /// A sentence; nil when the file can be read.
  static func whyUnreadable(_ path: String) -> String? {
    guard FileManager.default.fileExists(atPath: path) else {
      return closedFolder(above: path).map { "\(path) cannot be reached: this user may not enter \($0)." }
        ?? "\(path) does not exist."
    }
    if isFolder(path) { return "\(path) is a folder, and a file is needed." }
    guard FileManager.default.isReadableFile(atPath: path) else {
      return "\(path) may not be read by this user. Check its owner and mode with ls -l."
    }
    return nil
  }

  /// A sentence; nil when there is a folder in which this user may write, or when one can be made.
  static func whyNoFolder(_ path: String) -> String? {
    if FileManager.default.fileExists(atPath: path) {
      guard isFolder(path) else { return "\(path) is a file, and a folder is needed." }
      return isOpenFolder(path) ? nil : "This user may not write in \(path). Check its owner and mode with ls -ld."
    }
    var parent = absolute(path)
    repeat {
      parent = URL(fileURLWithPath: parent).deletingLastPathComponent().path
    } while parent != "/" && !FileManager.default.fileExists(atPath: parent)
    return isFolder(parent) && isOpenFolder(parent)
      ? nil : "\(path) cannot be made: this user may not write in \(parent)."
  }

  /// A sentence; nil when this user may write the file, or make it where it is to be.
  static func whyNoPlace(for path: String) -> String? {
    if FileManager.default.fileExists(atPath: path) {
      if isFolder(path) { return "\(path) is a folder, and a file is needed." }
      return FileManager.default.isWritableFile(atPath: path)
        ? nil : "This user may not write \(path). Check its owner and mode with ls -l."
    }
    let folder = URL(fileURLWithPath: absolute(path)).deletingLastPathComponent().path
    guard isFolder(folder) else { return "The folder \(folder) does not exist. Make it, or name a file elsewhere." }
    return isOpenFolder(folder) ? nil : "This user may not write in \(folder). Check its owner and mode with ls -ld."
  }

  private static func isOpenFolder(_ path: String) -> Bool {
    FileManager.default.isWritableFile(atPath: path) && FileManager.default.isExecutableFile(atPath: path)
  }

  /// What lies in a folder that may not be entered does not seem to exist. The nearest folder that does is asked.
  private static func closedFolder(above path: String) -> String? {
    var folder = absolute(path)
    repeat {
      folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    } while folder != "/" && !FileManager.default.fileExists(atPath: folder)
    return FileManager.default.isExecutableFile(atPath: folder) ? nil : folder
  }

  private static func isFolder(_ path: String) -> Bool {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    return type == .typeDirectory
  }

  /// Reads a whole file; the error is a sentence.
  static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    if let reason = whyUnreadable(path) { throw .failure(reason) }
    guard let data = FileManager.default.contents(atPath: path) else { throw .failure("\(path) cannot be read.") }
    return Array(data)
  }

  /// Puts a file in place whole, so that nobody reads a part of it. Its mode follows from the process's umask.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .failure("\(path) cannot be written. Check that its folder exists and that this user may write there.")
    }
  }

  static func remove(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
  }

  static func makeFolder(_ path: String) throws(CommandFailure) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .failure("The folder \(path) cannot be made. Check the path, and that this user may write there.")
    }
  }

  /// The same place from the root on, whatever the current folder is.
  static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
