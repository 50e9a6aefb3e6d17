import Foundation
import TestSupport
import Testing

@testable import Identity

struct FileSystemTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `a file is created whole and with its mode`() throws {
    let path = folder.path("a.key")
    try FileSystem.create(path, content: "secret\n", mode: .ownerOnly, attempt: "create the private key")
    #expect(try read(path) == "secret\n")
    #expect(try mode(of: path) == "600")
  }

  @Test func `nothing that exists is created over, a dangling link included`() throws {
    try folder.write("old", to: "file")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: folder.path("target"))
    for name in ["file", "link"] {
      let error = #expect(throws: FileError.self) {
        try FileSystem.create(folder.path(name), content: "new", mode: .ownerOnly, attempt: "create the certificate")
      }
      #expect(error?.errorNumber == EEXIST)
    }
    #expect(try read(folder.path("file")) == "old")
    #expect(!FileManager.default.fileExists(atPath: folder.path("target")))
  }

  @Test func `a file is replaced in one step and nothing is left beside it`() throws {
    try folder.write("old", to: "list")
    try FileSystem.replace(folder.path("list"), content: "new", mode: .readableByAll, attempt: "replace the list")
    #expect(try read(folder.path("list")) == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["list"])
  }

  @Test func `a replacement that fails leaves the old content and nothing beside it`() throws {
    try FileManager.default.createDirectory(atPath: folder.path("list/inside"), withIntermediateDirectories: true)
    let before = try snapshot(folder.path)
    let error = #expect(throws: FileError.self) {
      try FileSystem.replace(folder.path("list"), content: "new", mode: .readableByAll, attempt: "replace the list")
    }
    #expect(error?.errorNumber == EISDIR)
    #expect(try snapshot(folder.path) == before)
  }

  @Test(arguments: ["", "a\0b"])
  func `a path that C would read differently is refused`(path: String) throws {
    #expect(throws: FileError.self) { try FileSystem.read(path, attempt: "read the certificate") }
    #expect(throws: FileError.self) { try FileSystem.status(of: path) }
    #expect(throws: FileError.self) {
      try FileSystem.create(path, content: "", mode: .ownerOnly, attempt: "create the private key")
    }
  }

  @Test func `an error names the path, the attempt, the reason and what to do`() {
    let path = folder.path("missing.pem")
    let error = #expect(throws: FileError.self) { try FileSystem.read(path, attempt: "read the certificate") }
    #expect(
      error?.description == "Could not read the certificate \(path): No such file or directory (errno 2). "
        + "Check the name, and that the folder above it exists.")
  }

  @Test func `what was created is taken back, and nothing else`() throws {
    try folder.write("old", to: "old")
    let before = try snapshot(folder.path)
    var created = CreatedFiles()
    try created.createFolder(folder.path("new"))
    for name in ["new/a", "b"] {
      try created.create(NewFile(folder.path(name), content: "x", mode: .ownerOnly, holding: "the private key"))
    }
    #expect(throws: FileError.self) {
      try created.create(NewFile(folder.path("old"), content: "x", mode: .ownerOnly, holding: "the private key"))
    }
    created.removeAll()
    #expect(try snapshot(folder.path) == before)
  }

  @Test func `a file beyond the limit is refused`() throws {
    let path = try folder.write("12345", to: "file")
    #expect(try FileSystem.read(path, attempt: "read", limit: 5) == "12345")
    let error = #expect(throws: FileError.self) { try FileSystem.read(path, attempt: "read", limit: 4) }
    #expect(error?.errorNumber == EFBIG)
  }

  @Test func `a folder's lock is held until its holder lets go`() throws {
    let other = try FileDescriptor(opening: folder.path, flags: O_RDONLY | O_DIRECTORY, attempt: "open")
    let lock = try FolderLock(locking: folder.path)
    #expect(flock(other.number, LOCK_SH | LOCK_NB) == -1)
    #expect(errno == EWOULDBLOCK)
    _ = consume lock
    #expect(flock(other.number, LOCK_EX | LOCK_NB) == 0)
  }
}
