import FoundationEssentials
import HTTP
import JSON
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Files to try the agents with: read at the start, shown to those who are signed in.
@Suite struct SampleShelfTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func load(_ index: String, files: [String: String] = ["a.xml": "<Alert/>"]) throws -> SampleShelf {
    try folder.write(index, to: "index.json")
    for (name, text) in files { try folder.write(text, to: name) }
    return try SampleShelf.load(folder.path)
  }

  private static func entry(_ name: String) -> String { #"{"name":"\#(name)","title":"T","description":"D."}"# }

  @Test func `what the index names is there, in its order`() throws {
    let shelf = try load(
      "[\(Self.entry("b.json")),\(Self.entry("a.xml"))]",
      files: ["a.xml": "<Alert/>", "b.json": "{}", "c.xml": "<Secret/>"])
    #expect(shelf.samples.map(\.name) == ["b.json", "a.xml"])
    #expect(shelf["a.xml"]?.bytes == Array("<Alert/>".utf8))
    #expect(shelf["a.xml"]?.mediaType == "application/xml; charset=utf-8")
    #expect(shelf["c.xml"] == nil && shelf["index.json"] == nil)
  }

  @Test(arguments: [
    ("", "no JSON"), ("{}", "list"), ("[1]", "Entry 1"), (#"[{"name":"a.xml","title":"T"}]"#, "description"),
    (#"[{"name":"a.xml","title":"","description":"D"}]"#, "title"), ("[\(entry("../a.xml"))]", "../a.xml"),
    ("[\(entry("/etc/passwd"))]", "/etc/passwd"), ("[\(entry(".hidden"))]", ".hidden"), ("[\(entry(""))]", "name"),
    ("[\(entry("a.xml")),\(entry("a.xml"))]", "twice"), ("[\(entry("absent.xml"))]", "absent.xml"),
    ("[\(entry("link.xml"))]", "link.xml"), ("[\(entry("folder"))]", "folder"),
  ])
  func `an index that is wrong is refused, with what is wrong`(index: String, word: String) throws {
    let outside = try TemporaryFolder()
    try outside.write("<Secret/>", to: "secret.xml")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.xml"), withDestinationPath: outside.path("secret.xml"))
    try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
    let fault = #expect(throws: WireError.self) { _ = try load(index) }
    #expect(fault?.message.contains(word) == true, "\(fault?.message ?? "")")
  }

  @Test func `those who are signed in are shown them, and nothing beside them`() async throws {
    try folder.write("[\(Self.entry("a.xml"))]", to: "index.json")
    try folder.write("<Alert/>", to: "a.xml")
    try folder.write("<Secret/>", to: "c.xml")
    try await TestGateway.run {
      $0.samplesFolder = folder.path
    } _: { gateway async throws in
      let lines = try AccessColumn.viewer.lines()
      let list = try #require(try await gateway.ask("GET", "/api/samples", lines))
      #expect(list.text == #"{"samples":[{"name":"a.xml","title":"T","description":"D.","size":8}]}"#)
      let file = try #require(try await gateway.ask("GET", "/api/samples/a.xml", lines))
      #expect(file.status == 200 && file.text == "<Alert/>")
      #expect(file.fields["content-type"] == "application/xml; charset=utf-8")
      for name in ["c.xml", "index.json", "..%2Fc.xml", "%2e%2e", "a.xml%00"] {
        let answer = try await gateway.ask("GET", "/api/samples/\(name)", lines)
        #expect([400, 404].contains(answer?.status), "\(name)")
      }
      #expect(try await gateway.ask("GET", "/api/samples/a.xml")?.status == 401)
      // It is as it was at the start.
      try Data("<Other/>".utf8).write(to: URL(filePath: folder.path("a.xml")))
      #expect(try await gateway.ask("GET", "/api/samples/a.xml", lines)?.text == "<Alert/>")
    }
  }

  @Test func `where there is no folder, there are none`() async throws {
    try await TestGateway.run { gateway async throws in
      let list = try await gateway.ask("GET", "/api/samples", try AccessColumn.viewer.lines())
      #expect(list?.text == #"{"samples":[]}"#)
    }
  }

  @Test func `those that come with the program can be read, and say what they are`() throws {
    let shipped = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../examples/alerts")
    let shelf = try SampleShelf.load(shipped.standardized.path)
    let names = shelf.samples.map(\.name)
    let expected = ["clear-insider", "layered-wash", "market-maker", "lapsed-maker", "unknown-owner", "broken"]
    #expect(expected.allSatisfy { names.contains("\($0).xml") }, "\(names)")
    for sample in shelf.samples {
      #expect(sample.title.count <= 60 && !sample.title.hasSuffix("."), "\(sample.name)")
      #expect(sample.description.hasSuffix(".") && sample.description.count <= 140, "\(sample.name)")
    }
  }
}
