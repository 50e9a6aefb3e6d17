import Testing

@testable import Surveillance

@Suite struct CSVReaderTests {
  /// Fields with a bar between them, rows with a slash; an error as its place and cause.
  private func read(_ bytes: [UInt8], inPiecesOf size: Int = .max) -> String {
    var reader = CSVReader(.news)
    var rows: [String] = []
    func keep() {
      rows.append(
        (0..<reader.row.count).map { String(decoding: reader.row[$0], as: UTF8.self) }.joined(separator: "|"))
    }
    do throws(ReferenceError) {
      var start = 0
      while start < bytes.count {
        let end = size < bytes.count - start ? start + size : bytes.count
        let chunk = Array(bytes[start..<end])
        var index = 0
        while try reader.next(chunk, &index) { keep() }
        start = end
      }
      if try reader.end() { keep() }
    } catch {
      return "\(error.place?.line ?? 0):\(error.place?.column ?? 0) \(error.cause)"
    }
    return rows.joined(separator: "/")
  }

  @Test(arguments: [
    ("", ""), ("a", "a"), ("a,b\nc,d\n", "a|b/c|d"), ("a,b\r\nc,d", "a|b/c|d"), (",\n", "|"), ("a,", "a|"),
    ("\"a\",\"\"\n", "a|"), ("\"a \"\"b\"\" c\"", "a \"b\" c"), ("\"\"\"\"", "\""), ("\"a,b\r\nc\",d", "a,b\r\nc|d"),
    ("\u{FEFF}a,b\n", "a|b"), ("\u{FEFF}\"a\"\n", "a"), ("\u{FEFF}", ""), ("ä,日本,🙂\n", "ä|日本|🙂"),
    ("\"ä\"\"日\",x", "ä\"日|x"), ("a b\t,c", "a b\t|c"), ("a\n\nb", "a//b"), ("a\r\n", "a"),
  ])
  func `rows are read, wherever the bytes are cut`(text: String, expected: String) {
    let bytes = Array(text.utf8)
    for size in [1, 2, 3, .max] { #expect(read(bytes, inPiecesOf: size) == expected) }
  }

  @Test(arguments: [
    ("a\n\"b", "2:1 The file ends inside the quoted field that begins here."),
    ("a,\"b\nc", "1:3 The file ends inside the quoted field that begins here."),
    ("a,b\"c\"", "1:4 A quote stands in the middle of a field."),
    ("\"a\"b", "1:4 Something follows the quote that closes the field."),
    ("\"a\" ,b", "1:4 Something follows the quote that closes the field."),
    ("a\nb\rc", "2:3 A carriage return stands before this without a line feed."),
    ("a\r", "1:3 A carriage return stands before this without a line feed."),
    ("ä,\u{0}", "1:3 A control character (0x00) stands here."),
    ("\"\u{1B}[2J\"", "1:2 A control character (0x1b) stands here."),
    ("\"x\ny\",\u{7F}", "2:4 A control character (0x7f) stands here."),
  ])
  func `what is not right is refused with its place`(text: String, expected: String) {
    let bytes = Array(text.utf8)
    for size in [1, 2, .max] { #expect(read(bytes, inPiecesOf: size) == expected) }
  }

  @Test(
    arguments: [
      [0x61, 0xFF], [0x61, 0xC0, 0x80], [0x61, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0x22, 0xC3, 0x22], [0xC3, 0x2C], [0xC3, 0x0A], [0xC3], [0xF5, 0x80, 0x80, 0x80], [0xC3, 0x61],
      [0xC3, 0x61, 0xA4],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
    for size in [1, .max] {
      #expect(read(bytes, inPiecesOf: size).hasSuffix("The bytes here are not UTF-8."))
    }
  }

  @Test(arguments: [[0xEF], [0xEF, 0xBB], [0xEF, 0x61], [0xEF, 0xBB, 0x61], [0xEF, 0xBB, 0x0A]] as [[UInt8]])
  func `half a byte order mark is refused`(bytes: [UInt8]) {
    for size in [1, .max] {
      #expect(read(bytes, inPiecesOf: size) == "1:1 The file begins with half a byte order mark.")
    }
  }

  @Test func `the check of UTF-8 agrees with the library's`() {
    var random = ReferenceRandom(seed: 5)
    var valid = 0
    for _ in 0..<20_000 {
      let bytes = (0..<(1 + random.below(4))).map { _ in
        random.pick([0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5])
          as UInt8
      }
      var check = UTF8Check()
      let isValid = bytes.allSatisfy { check.take($0) } && !check.isInside
      guard isValid == (String(validating: bytes, as: UTF8.self) != nil) else {
        Issue.record("\(bytes)")
        return
      }
      valid += isValid ? 1 : 0
    }
    #expect(valid > 500)
  }

  @Test func `a field may have 64 KiB, and no byte more`() {
    let longest = [UInt8](repeating: 0x61, count: CSVReader.longestField)
    #expect(read(longest).count == longest.count)
    #expect(read(longest + [0x61]) == "1:1 The field is longer than 65536 bytes.")
    #expect(read([0x22] + longest + [0x62, 0x22], inPiecesOf: 1_000) == "1:1 The field is longer than 65536 bytes.")
  }

  @Test func `a row may have 1 MiB, and no byte more`() {
    let field = [UInt8](repeating: 0x61, count: CSVReader.longestField - 1) + [0x2C]
    let longest = (0..<16).flatMap { _ in field }.dropLast()
    #expect(read(Array(longest)).count == longest.count)
    #expect(read(Array(longest) + [0x2C, 0x61]).hasSuffix("The row is longer than 1048576 bytes."))
  }

  @Test func `a line without end is refused before much of it is read`() throws {
    for byte in [0x61, 0x2C, 0x22] as [UInt8] {
      var reader = CSVReader(.news)
      let chunk = [UInt8](repeating: byte, count: 10_000)
      var count = 0
      #expect(throws: ReferenceError.self) {
        for _ in 0..<1_000 {
          count += chunk.count
          var index = 0
          while try reader.next(chunk, &index) {}
        }
      }
      #expect(count <= 200_000)
    }
  }

  @Test func `what is written is read again`() {
    var random = ReferenceRandom(seed: 11)
    for _ in 0..<300 {
      var writer = CSVWriter()
      var expected: [String] = []
      for _ in 0..<(1 + random.below(4)) {
        let fields = (0..<(2 + random.below(3))).map { _ in
          (0..<random.below(6)).map { _ in random.pick(["a", ",", "\"", "\n", "\r\n", "ü", " ", "🙂"]) }.joined()
        }
        for field in fields { writer.field(field) }
        writer.endRow()
        expected.append(fields.joined(separator: "|"))
      }
      #expect(read(writer.bytes, inPiecesOf: 1 + random.below(7)) == expected.joined(separator: "/"))
    }
  }
}
