import FoundationEssentials

/// A folder of its own for one test, removed with everything in it when the last reference goes.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "signalbox-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    path = folder.path
  }

  deinit {
    // What cannot be removed is left to the system's own cleaning of its temporary folder.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something inside.
  package func path(_ name: String) -> String {
    "\(path)/\(name)"
  }

  /// Writes a file of this mode inside, and gives its path.
  @discardableResult
  package func write(_ text: String, to name: String, mode: Int = 0o644) throws -> String {
    let path = path(name)
    try Data(text.utf8).write(to: URL(filePath: path), options: [.withoutOverwriting])
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  /// Gives a file that is there another content.
  package func replace(_ text: String, at name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path(name)))
  }
}
