import FoundationEssentials
import TestSupport
import Testing

@testable import Identity

@Suite struct StateFolderTests {
  @Test func `it is made for its owner alone`() throws {
    let folder = try TemporaryFolder()
    try StateFolder.prepare(folder.path("state"))
    #expect(try FileSystem.status(of: folder.path("state"))?.mode == .ownerOnlyFolder)
  }

  @Test(arguments: [0o700, 0o750, 0o755]) func `one that is there stays as it is`(mode: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("state")
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: mode])
    try StateFolder.prepare(path)
    #expect(try FileSystem.status(of: path)?.mode == FileMode(rawValue: UInt32(mode)))
  }

  @Test(arguments: [0o770, 0o702, 0o777]) func `one that others may write into is refused`(mode: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("state")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    let error = #expect(throws: FileError.self) { try StateFolder.prepare(path) }
    #expect(error?.advice.contains("chmod 700 \(path)") == true)
  }

  @Test func `what is no folder, or would lie in none, is refused`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "file")
    #expect(throws: FileError.self) { try StateFolder.prepare(file) }
    #expect(throws: FileError.self) { try StateFolder.prepare(folder.path("nowhere/state")) }
  }
}
