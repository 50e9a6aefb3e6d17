import Foundation
import Identity

/// A folder of a test's own, removed with the last reference to it.
final class Scratch: Sendable {
  let path: String

  init() throws {
    let name = "signalbox-tests-\(UInt64.random(in: .min ... .max))"
    path = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file, and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

  /// A development PKI in a folder of this one.
  func makePKI(_ name: String = "pki") throws -> DevelopmentPKI {
    try DevelopmentPKI.create(at: "\(path)/\(name)", now: .now())
  }

  func replace(_ file: String, by other: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: other))
    try data.write(to: URL(fileURLWithPath: file))
  }
}
