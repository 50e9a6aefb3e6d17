import Testing

@testable import Surveillance

@Suite struct XMLReaderTests {
  private func read(_ text: String, limits: XMLLimits = .alert) throws -> XMLElement {
    try XMLReader.read(Array(text.utf8), limits: limits)
  }

  @Test func `elements, attributes and texts are read by their local names`() throws {
    let root = try read("<?xml version='1.0'?><a:R xmlns:a='u' a:x='1' y = \"2\" ><b/><c >t</c ></a:R>")
    #expect(root.name == "R")
    #expect(root.attributes.map(\.name) == ["x", "y"])
    #expect(root.attributes.map(\.value) == ["1", "2"])
    #expect(root.children.map(\.name) == ["b", "c"])
    #expect(root.children.map(\.text) == ["", "t"])
    #expect(root.children.map(\.ordinal) == [1, 2])
  }

  @Test(arguments: [
    ("<a> one\r\n two\t three </a>", "one two three"), ("<a>&lt;&gt;&amp;&quot;&apos;</a>", "<>&\"'"),
    ("<a>&#65;&#x42;&#x1F600;&#x000000043;</a>", "AB😀C"), ("<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>", "<b>&amp;]]>"),
    ("<a>x<!-- y - z -->w</a>", "xw"), ("<a>x<?p y ? > z?>w</a>", "xw"), ("<a>größe</a>", "größe"),
    ("<a>]] ></a>", "]] >"),
    ("\u{FEFF}<a>b</a>", "b"),
    ("<?xml version=\"1.0\" encoding='utf-8' standalone=\"no\" ?>\n<a>b</a>\n<!-- c --><?p?>\n", "b"),
    ("<?xml-stylesheet href='x'?><a>b</a>", "b"), ("<a>&#13;x&#9;y</a>", "x y"),
  ])
  func `text is what it stands for`(xml: String, text: String) throws {
    #expect(try read(xml).text == text)
  }

  @Test func `an attribute's spaces and references are resolved`() throws {
    let root = try read("<a x=\"1\n2\t3 &lt;&#38;'>\"/>")
    #expect(root.attributes.map(\.value) == ["1 2 3 <&'>"])
  }

  private func fault(_ text: String) -> AlertError? { fault(Array(text.utf8)) }

  private func fault(_ bytes: [UInt8]) -> AlertError? {
    do throws(AlertError) {
      _ = try AlertParser.parse(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("", 1, 1, XMLFault.empty), ("\u{FEFF}", 1, 1, .empty), (" \n ", 2, 2, .noRoot), ("<!-- x -->", 1, 11, .noRoot),
      ("hello", 1, 1, .contentOutsideRoot), ("<a/>\n  x", 2, 3, .contentOutsideRoot),
      ("<a/>&amp;", 1, 5, .contentOutsideRoot),
      ("<a/><![CDATA[x]]>", 1, 5, .contentOutsideRoot), ("<a/>\n<b/>", 2, 1, .secondRoot("b")),
      ("<a>\n <b>\n</a>", 3, 1, .mismatchedTag("a", open: "b", line: 2)),
      ("<a></b></a>", 1, 4, .mismatchedTag("b", open: "a", line: 1)),
      ("<x:a></y:a>", 1, 6, .mismatchedTag("y:a", open: "x:a", line: 1)), ("<a/></a>", 1, 5, .strayEndTag("a")),
      ("<a>\n<b>", 2, 4, .unclosedElement("b", line: 2)), ("<a>\r\n\r<b", 3, 3, .unfinished("a tag", line: 3)),
      ("<a b='c", 1, 8, .unfinished("a tag", line: 1)), ("<a b=", 1, 6, .unfinished("a tag", line: 1)),
      ("<a>\n<!-- b", 2, 7, .unfinished("a comment", line: 2)),
      ("<a>\n<![CDATA[ b ]]", 2, 15, .unfinished("CDATA", line: 2)),
      ("<?p x", 1, 6, .unfinished("an instruction", line: 1)), ("<", 1, 2, .unfinished("a tag", line: 1)),
      ("<a b='1' c='2' b='3'/>", 1, 16, .duplicateAttribute("b")),
      ("<a b='1'c='2'/>", 1, 9, .expected("a space or `>`")),
      ("<a b/>", 1, 5, .expected("`=` and a value")), ("<a b=c/>", 1, 6, .expected("a quotation mark")),
      ("<a b='x<y'/>", 1, 8, .rawLessThan(attribute: "b")), ("<a / >", 1, 5, .expected("`>`")),
      ("<a></a b>", 1, 8, .expected("`>`")),
      ("< a/>", 1, 2, .expected("the name of an element")), ("<1/>", 1, 2, .expected("the name of an element")),
      ("<a:/>", 1, 4, .expected("a name behind its prefix")), ("<a:b:c/>", 1, 5, .expected("a space or `>`")),
      ("<a>R & D</a>", 1, 6, .rawAmpersand), ("<a>M&A deal</a>", 1, 5, .rawAmpersand),
      ("<a>x&</a>", 1, 5, .rawAmpersand),
      ("<a b='ü & c'/>", 1, 9, .rawAmpersand), ("<a>&#x;</a>", 1, 4, .rawAmpersand),
      ("<a>&#12</a>", 1, 4, .rawAmpersand),
      ("<a>&nbsp;</a>", 1, 4, .unknownEntity("nbsp")), ("<a>&#0;</a>", 1, 4, .characterReference("&#0;")),
      ("<a>&#xD800;</a>", 1, 4, .characterReference("&#xD800;")),
      ("<a>&#x110000;</a>", 1, 4, .characterReference("&#x110000;")),
      ("<a>&#99999999999999999999;</a>", 1, 4, .characterReference("&#99999999999999999999;")),
      ("<a>x]]>y</a>", 1, 5, .endOfCDATAInText), ("<a><!-- x -- y --></a>", 1, 11, .doubleHyphen),
      ("<a><!-- x ---></a>", 1, 11, .doubleHyphen),
      ("<!DOCTYPE a><a/>", 1, 1, .documentType), ("\n<!doctype a SYSTEM 'f'><a/>", 2, 1, .documentType),
      ("<a><!ELEMENT b></a>", 1, 4, .unknownMarkup), ("<!ENTITY b 'c'><a/>", 1, 1, .unknownMarkup),
      ("\n<?xml version='1.0'?><a/>", 2, 1, .lateDeclaration), ("<a><?XML x?></a>", 1, 4, .lateDeclaration),
      ("<?p", 1, 4, .unfinished("an instruction", line: 1)),
      ("<?xml version='2.0'?><a/>", 1, 7, .declaration("the version is not 1.0")),
      (
        "<?xml encoding='UTF-8'?><a/>", 1, 1,
        .declaration("it gives version, encoding and standalone in this order, each once")
      ),
      ("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", 1, 21, .encoding("ISO-8859-1")),
      ("<?xml version='1.0' encoding='utf-16'?><a/>", 1, 21, .encoding("utf-16")),
      ("<?xml version='1.0' encoding='\u{202E}x'?><a/>", 1, 21, .declaration("the encoding has no name")),
      ("<?xml version='1.0' standalone='maybe'?><a/>", 1, 21, .declaration("standalone is neither yes nor no")),
      ("<?xml version='1.0' x='1'?><a/>", 1, 21, .declaration("it has version, encoding and standalone alone")),
      ("<a>\u{0}</a>", 1, 4, .forbiddenCharacter(0)), ("<a>\nä\u{B}</a>", 2, 2, .forbiddenCharacter(0xB)),
      ("<a>\u{FFFE}</a>", 1, 4, .forbiddenCharacter(0xFFFE)), ("<html><body/></html>", 1, 1, .noAlert(root: "html")),
      ("\u{FEFF}<a>&</a>", 1, 4, .rawAmpersand), ("<a>äöü\n  €&</a>", 2, 4, .rawAmpersand),
      ("<SmartsAlerts/>", 1, 1, .noAlert(root: "SmartsAlerts")),
    ] as [(String, Int, Int, XMLFault)])
  func `what is wrong is named with its line and column`(xml: String, line: Int, column: Int, expected: XMLFault) throws
  {
    let error = try #require(fault(xml))
    #expect(error.fault == expected)
    #expect("\(error.line):\(error.column)" == "\(line):\(column)")
    #expect(error.description.hasPrefix("Failed to parse alert XML: line \(line), column \(column): "))
    #expect(error.description.hasSuffix("."))
  }

  @Test func `a message says what is wrong and what to do`() throws {
    #expect(
      try #require(fault("<Alert>\n  <Note>M&A</Note>\n</Alert>")).description
        == "Failed to parse alert XML: line 2, column 10: `&` stands here by itself. Write `&amp;` for it.")
    #expect(
      try #require(fault("<a>\n<b>\n</a>")).description
        == "Failed to parse alert XML: line 3, column 1: `</a>` closes no open element: the last one opened is `b`, in line 2. "
        + "Close it by `</b>` first.")
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x3C, 0x00], "UTF-16 (little-endian)"), ([0xFE, 0xFF, 0x00, 0x3C], "UTF-16 (big-endian)"),
      ([0x3C, 0x00, 0x61, 0x00], "UTF-16 (little-endian)"), ([0x00, 0x3C, 0x00, 0x61], "UTF-16 (big-endian)"),
      ([0xFF, 0xFE, 0x00, 0x00], "UTF-32 (little-endian)"), ([0x00, 0x00, 0xFE, 0xFF], "UTF-32 (big-endian)"),
    ] as [([UInt8], String)])
  func `other encodings are refused by their names`(start: [UInt8], name: String) {
    #expect(fault(start + Array(repeating: 0x20, count: 4))?.fault == .encoding(name))
    #expect(fault(start)?.description.contains("the file is in \(name), and alerts are read in UTF-8 alone.") == true)
  }

  @Test(
    arguments: [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xC3]] as [[UInt8]])
  func `what is not UTF-8 is refused at its byte`(bytes: [UInt8]) {
    let error = fault(Array("<a>\nab".utf8) + bytes + Array("</a>".utf8))
    #expect(error?.fault == .notUTF8)
    #expect(error?.line == 2)
    #expect(error?.column == 3)
  }

  @Test func `a declared encoding is named before its bytes are found to be wrong`() {
    let error = fault(Array("<?xml version='1.0' encoding='windows-1252'?><a>".utf8) + [0x80] + Array("</a>".utf8))
    #expect(error?.fault == .encoding("windows-1252"))
  }

  @Test func `depth is bounded`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(throws: Never.self) { try read(nested(32)) }
    #expect(fault(nested(33))?.fault == .tooDeep(limit: 32))
    #expect(fault(nested(33))?.column == 32 * 3 + 1)
    #expect(fault(String(repeating: "<a>", count: 100_000))?.fault == .tooDeep(limit: 32))
  }

  @Test func `nodes are bounded, whatever they are`() throws {
    for (piece, each) in [
      ("<b/>", 1), ("<b>x</b>", 2), ("<!---->", 1), ("<?p?>", 1), ("<![CDATA[]]>", 1), ("<b/> \n", 1),
    ] {
      let most = 19_999 / each
      #expect(throws: Never.self) { try read("<a>" + String(repeating: piece, count: most) + "</a>") }
      let tooMany = fault("<a>" + String(repeating: piece, count: most + 1) + "</a>")
      #expect(tooMany?.fault == .tooManyNodes(limit: 20_000))
    }
    let attributes = (0..<20_000).map { " b\($0)=''" }.joined()
    #expect(fault("<a\(attributes)/>")?.fault == .tooManyNodes(limit: 20_000))
  }

  @Test func `length is bounded`() throws {
    let frame = "<a></a>".utf8.count
    func long(_ count: Int) -> String { "<a>" + String(repeating: "x", count: count - frame) + "</a>" }
    #expect(throws: Never.self) { try read(long(1 << 20)) }
    let error = try #require(fault(long((1 << 20) + 1)))
    #expect(error.fault == .tooLong(limit: 1 << 20))
    #expect(error.column == (1 << 20) + 1)
  }

  @Test func `a billion laughs stay unheard`() {
    let bomb = """
      <?xml version="1.0"?>
      <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
      <Alert><AlertID>&lol2;&x;</AlertID></Alert>
      """
    #expect(fault(bomb)?.fault == .documentType)
    #expect(fault(bomb)?.line == 2)
    #expect(fault("<Alert><AlertID>&lol2;</AlertID></Alert>")?.fault == .unknownEntity("lol2"))
  }

  @Test func `long names are cut in messages`() throws {
    let error = try #require(fault("<\(String(repeating: "n", count: 10_000))>"))
    #expect(error.description.utf8.count < 300)
  }
}
