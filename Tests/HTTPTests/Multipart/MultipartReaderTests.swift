import HTTP
import TestSupport
import Testing

struct MultipartReaderTests {
  private static let browser =
    "--b\r\nContent-Disposition: form-data; name=\"alert\"; filename=\"a b.xml\"\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n"
    + "--b\r\nContent-Disposition: form-data; name=\"agent\"\r\n\r\nchecker\r\n--b--\r\n"

  @Test func `a browser's form is read`() {
    let log = FormLog(Self.browser)
    #expect(log.fault == nil && log.hasEnded)
    #expect(log.parts.map(\.head.name) == ["alert", "agent"])
    #expect(log.parts.map(\.head.filename) == ["a b.xml", nil])
    #expect(log.parts.map(\.head.mediaType) == ["text/xml", nil])
    #expect(log.contents == ["<a/>", "checker"])
  }

  @Test(arguments: [
    "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b--", "--b--", "--b\r\n", "--b\r\n\r\n", "--bx", "",
    "x",
    "--b--\r\n", "--b--\r\nx", "--b--x", "--b \r\n", "\r\n--b\r\n",
  ])
  func `all ways to cut a short form give the same`(text: String) {
    let tail = text.utf8.suffix(15)
    let head = Array(text.utf8.dropLast(tail.count))
    let whole = FormLog(text)
    for pieces in Cuts.all(Array(tail)) {
      #expect(FormLog([head] + pieces) == whole, "\(pieces)")
    }
  }

  private static let fragments = [
    "\r\n--b", "--b", "\r\n", "\r", "\n", "-", "--", "\r\n--", "\r\n--b\r\n", "\r\n--b--", "x", "\r\n\r\n", "b",
    "Content-Disposition: form-data; name=\"a\"\r\n", "Content-Type: text/plain\r\n",
  ]

  @Test(arguments: 0..<300)
  func `random ways to cut a random form give the same`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let head = seed % 3 == 0 ? "" : "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
    let rest = (0..<20).map { _ in Self.fragments[Int.random(in: Self.fragments.indices, using: &random)] }
    let bytes = Array((head + rest.joined()).utf8)
    let whole = FormLog([bytes])
    #expect(FormLog(Cuts.oneByOne(bytes)) == whole)
    for _ in 0..<5 { #expect(FormLog(Cuts.random(bytes, upTo: 9, using: &random)) == whole) }
  }

  @Test(arguments: 0..<200)
  func `whatever is in it and however it is cut, what was written is what is read`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed) + 1000)
    let boundary = ["b", "----WebKitFormBoundaryAb3", String(repeating: "x", count: 70)][seed % 3]
    let contents = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      // Most of what looks like a boundary, and is none.
      (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
        Int.random(in: 0..<3, using: &random) == 0
          ? random.bytes(3)
          : Array(["\r\n", "\r\n--", "\r", "--\(boundary.dropLast())"][Int.random(in: 0..<4, using: &random)].utf8)
      }
    }
    var form: [UInt8] = []
    for content in contents {
      form += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8) + content + [13, 10]
    }
    form += Array("--\(boundary)--\r\n".utf8)
    let type = "multipart/form-data; boundary=\"\(boundary)\""
    let log = FormLog(Cuts.random(form, upTo: 40, using: &random), type: type)
    #expect(log.fault == nil && log.hasEnded)
    // Two random bytes could be the last of a boundary, but not of one with so many letters.
    let same = log.parts.map(\.content) == contents
    #expect(same)
    #expect(log.mostWaiting <= boundary.utf8.count + 128)
  }

  @Test(arguments: [
    ("x--b\r\n", "does not begin with its boundary"),
    ("\r\n--b--", "does not begin with its boundary"),
    ("--bb\r\n", "follows a boundary"),
    ("--b \r\n", "follows a boundary"),
    ("--b\n\n", "follows a boundary"),
    ("--b\r\n\r\n", "no Content-Disposition"),
    ("--b\r\nContent-Type: text/xml\r\n\r\n", "no Content-Disposition"),
    ("--b\r\nContent-Disposition: attachment; name=a\r\n\r\n", "no Content-Disposition"),
    ("--b\r\nContent-Disposition: form-data\r\n\r\n", "no Content-Disposition"),
    ("--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n", "no Content-Disposition"),
    ("--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n", "no Content-Disposition"),
    ("--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", "no Content-Disposition"),
    (
      "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n",
      "no Content-Disposition"
    ),
    ("--b\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''x\r\n\r\n", "filename*"),
    (
      "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n",
      "Content-Transfer-Encoding"
    ),
    ("--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: ;\r\n\r\n", "which is none"),
    (
      "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: a/b\r\nContent-Type: a/c\r\n\r\n",
      "more than one Content-Type"
    ),
    ("--b\r\nContent-Disposition : form-data; name=a\r\n\r\n", "White space follows the field name"),
    ("--b\r\nContent-Disposition: form-data; name=a\n\r\n", "line feed alone"),
    ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--\r\nmore", "last boundary"),
    ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--\r\n\r\n", "last boundary"),
    ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b", "ends before"),
    ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "ends before"),
    ("--b\r\nContent-Disposition: form-da", "ends before"),
    ("--", "ends before"), ("", "ends before"),
  ])
  func `what can be read in two ways, or is not whole, is refused with the reason`(text: String, reason: String) {
    let fault = FormLog(text).fault
    #expect(fault?.detail.contains(reason) == true, "\(fault?.detail ?? "nothing")")
    #expect(fault?.detail.utf8.allSatisfy { (0x20...0x7E).contains($0) } == true)
  }

  @Test(arguments: [
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
    "multipart/form-data; boundary=a; boundary=b", "multipart/mixed; boundary=b", "text/plain", "",
    "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=\"a\u{e9}\"",
    "multipart/form-data; boundary=\(String(repeating: "x", count: 71))", "multipart/form-data boundary=b",
  ])
  func `a type that is no form's is refused`(type: String) {
    #expect(FormLog("--b--", type: type).fault?.detail.contains("Content-Type") == true)
  }

  @Test func `no more parts are read, and no longer heads, than the limits let through`() {
    let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n"
    #expect(FormLog(String(repeating: part, count: 16) + "--b--").fault == nil)
    #expect(FormLog(String(repeating: part, count: 17) + "--b--").fault?.detail.contains("16 parts") == true)
    let long = "--b\r\nX: \(String(repeating: "y", count: 3000))"
    #expect(FormLog(long).fault?.kind == .fieldsTooLarge)
    let many = "--b\r\n" + String(repeating: "X: y\r\n", count: 9)
    #expect(FormLog(many).fault?.kind == .fieldsTooLarge)
  }

  @Test(arguments: [
    (#"name="a"; filename="C:\dir\x.xml""#, "C:\\dir\\x.xml"),
    (#"name="a"; filename="say \"hi\".xml""#, "say \"hi\".xml"),
    (#"name="a"; filename="\\a""#, "\\a"), (#"name=a; filename=x.xml"#, "x.xml"), (#"name="a";filename="""#, ""),
    ("name=\"a\"; filename=\"caf\u{e9}.xml\"", "caf\u{e9}.xml"), (#"NAME="a" ; FILENAME="x""#, "x"),
  ])
  func `file names are read as senders write them`(parameters: String, name: String) {
    let log = FormLog("--b\r\nContent-Disposition: form-data; \(parameters)\r\n\r\n\r\n--b--")
    #expect(log.fault == nil)
    #expect(log.parts.map(\.head.filename) == [name])
  }

  @Test func `a name that is no UTF-8 is read as Latin-1`() {
    let bytes =
      Array("--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"".utf8) + [0xE9]
      + Array("\"\r\n\r\n\r\n--b--".utf8)
    #expect(FormLog([bytes]).parts.first?.head.filename == "\u{e9}")
  }
}
