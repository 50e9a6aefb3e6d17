import HTTP
import TestSupport
import Testing

@testable import Wire

@Suite struct StaticFileTests {
  private static let text = Array(String(repeating: "All signals are green. ", count: 100).utf8)

  /// The answer to a GET of that target with these fields.
  private func ask(
    _ file: StaticFile, _ target: String = "/app.js", _ fields: (String, String)...
  ) throws -> Response {
    let head = RequestHead(target: try RequestTarget(parsing: target), fields: HTTPFields(fields))
    return file.answer(head)
  }

  private func body(_ response: Response) -> [UInt8] {
    guard case .bytes(let bytes) = response.body else { return [] }
    return bytes
  }

  @Test(arguments: [
    ("gzip", true), ("gzip, deflate, br", true), ("*", true), ("gzip;q=0.5", true), ("br;q=1.0, gzip;q=0.8", true),
    ("GZIP", true), ("", false), ("identity", false), ("gzip;q=0", false), ("*;q=0", false), ("gzip;q=0, *", false),
    ("gzip;q=0.2, identity;q=0.9", false), ("br", false),
  ])
  func `the compressed form goes to who takes it`(acceptEncoding: String, isCompressed: Bool) throws {
    let file = StaticFile(path: "app.js", bytes: Self.text)
    let response = try ask(file, "/app.js", ("accept-encoding", acceptEncoding))
    #expect(response.fields["content-encoding"] == (isCompressed ? "gzip" : nil))
    #expect(body(response) == (isCompressed ? file.compressed : file.bytes))
    #expect(response.fields["vary"] == "accept-encoding")
    #expect(response.fields["content-type"] == "text/javascript; charset=utf-8")
  }

  @Test func `without the field the plain form goes out`() throws {
    let response = try ask(StaticFile(path: "app.js", bytes: Self.text))
    #expect(response.fields["content-encoding"] == nil)
    #expect(body(response) == Self.text)
  }

  @Test func `the compressed form is gzip and smaller`() throws {
    let compressed = try #require(StaticFile(path: "app.js", bytes: Self.text).compressed)
    #expect(compressed.starts(with: [0x1f, 0x8b]))
    #expect(compressed.count < Self.text.count)
  }

  @Test func `what would not be smaller stays as it is`() throws {
    #expect(StaticFile(path: "a.txt", bytes: [65]).compressed == nil)
    #expect(StaticFile(path: "a.txt", bytes: []).compressed == nil)
    let response = try ask(StaticFile(path: "a.txt", bytes: [65]), "/a.txt", ("accept-encoding", "gzip"))
    #expect(response.fields["vary"] == nil)
    #expect(response.fields["content-encoding"] == nil)
  }

  @Test func `a picture is not compressed again`() {
    #expect(StaticFile(path: "a.png", bytes: Self.text).compressed == nil)
    #expect(StaticFile(path: "a.svg", bytes: Self.text).compressed != nil)
  }

  @Test func `each form has a strong tag of its own`() throws {
    let file = StaticFile(path: "app.js", bytes: Self.text)
    let plain = try #require(try ask(file).fields["etag"])
    let coded = try #require(try ask(file, "/app.js", ("accept-encoding", "gzip")).fields["etag"])
    #expect(plain != coded)
    #expect(!plain.hasPrefix("W/") && !coded.hasPrefix("W/"))
    let other = StaticFile(path: "app.js", bytes: Self.text + [0])
    #expect(try ask(other).fields["etag"] != plain)
  }

  @Test func `who has the form already gets 304 without a body`() throws {
    let file = StaticFile(path: "app.js", bytes: Self.text)
    let tag = try #require(try ask(file).fields["etag"])
    for known in [tag, "\"other\", \(tag)", "*"] {
      let response = try ask(file, "/app.js", ("if-none-match", known))
      #expect(response.status == .notModified)
      #expect(body(response).isEmpty)
      #expect(response.fields["etag"] == tag)
      #expect(response.fields["cache-control"] == "no-cache")
      #expect(response.fields["vary"] == "accept-encoding")
    }
  }

  @Test func `the tag of one form does not stand for the other`() throws {
    let file = StaticFile(path: "app.js", bytes: Self.text)
    let plain = try #require(try ask(file).fields["etag"])
    let response = try ask(file, "/app.js", ("if-none-match", plain), ("accept-encoding", "gzip"))
    #expect(response.status == .ok)
    #expect(try ask(file, "/app.js", ("if-none-match", "\"0\"")).status == .ok)
  }

  @Test(arguments: [
    ("js/app.0123abcd.js", true), ("js/app.0123456789abcdef.css", true),
    ("js/app.js", false), ("js/app.0123abc.js", false), ("js/app.0123abcz.js", false), ("0123abcd.js", false),
    ("0123abcd.app.js", false), ("0123abcd/app.js", false), ("app.0123abcd", false),
  ])
  func `a fingerprint in the name makes it last`(path: String, lasts: Bool) throws {
    let response = try ask(StaticFile(path: path, bytes: Self.text), "/" + path)
    #expect(response.fields["cache-control"] == (lasts ? "public, max-age=31536000, immutable" : "no-cache"))
  }

  @Test func `a version lasts only if it is the file's own fingerprint`() throws {
    let file = StaticFile(path: "app.js", bytes: Self.text)
    let own = file.fingerprint
    for (version, lasts) in [
      (own, true), (String(own.prefix(8)), true), (String(own.prefix(7)), false), ("", false),
      ("0123456789abcdef", false),
      (own + "0", false),
    ] {
      let control = try ask(file, "/app.js?v=\(version)").fields["cache-control"]
      #expect(control == (lasts ? "public, max-age=31536000, immutable" : "no-cache"), "\(version)")
    }
  }
}
