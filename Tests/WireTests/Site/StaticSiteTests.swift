import FoundationEssentials
import TestSupport
import Testing

@testable import Wire

@Suite struct StaticSiteTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("<!doctype html>", to: "index.html")
  }

  private func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
  }

  private func refusal() -> String? {
    do throws(WireError) {
      _ = try StaticSite.load(folder.path)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `files in all folders are read`() throws {
    try makeFolder("js/core")
    try folder.write("1", to: "js/a.js")
    try folder.write("2", to: "js/core/b.js")
    #expect(try StaticSite.load(folder.path).fileCount == 3)
  }

  @Test func `hidden files and folders are left out`() throws {
    try makeFolder(".git")
    try folder.write("1", to: ".git/config")
    try folder.write("2", to: ".env")
    #expect(try StaticSite.load(folder.path).fileCount == 1)
  }

  @Test func `a folder without an index is refused by name`() throws {
    try FileManager.default.removeItem(atPath: folder.path("index.html"))
    try makeFolder("pages")
    try folder.write("1", to: "pages/index.html")
    #expect(refusal()?.contains("\(folder.path) has no index.html") == true)
  }

  @Test func `a folder that is not there is refused by name`() {
    let path = folder.path("missing")
    let error = #expect(throws: WireError.self) { try StaticSite.load(path) }
    #expect(error?.message.contains(path) == true)
    #expect(error?.code == .file)
  }

  @Test(arguments: ["index.html", "/etc/hostname", "missing"])
  func `a link to a file is refused by name`(target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path("link.txt"), withDestinationPath: target)
    #expect(refusal()?.contains("link.txt is a link") == true)
  }

  @Test func `a link to a folder is refused by name`() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path("outside"), withDestinationPath: "/")
    #expect(refusal()?.contains("outside is a link") == true)
  }
}
