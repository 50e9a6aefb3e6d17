import Testing

@testable import signalbox

struct KeyReaderTests {
  private func keys(_ pieces: String...) -> [Key] {
    var reader = KeyReader()
    return pieces.flatMap { reader.read(Array($0.utf8)) }
  }

  @Test func `each key has its bytes`() {
    #expect(keys("aK ?/") == [.character("a"), .character("K"), .character(" "), .character("?"), .character("/")])
    #expect(keys("\u{1B}[A\u{1B}[B\u{1B}OA\u{1B}OB") == [.up, .down, .up, .down])
    #expect(keys("\u{1B}[5~\u{1B}[6~\u{1B}[H\u{1B}[F") == [.pageUp, .pageDown, .home, .end])
    #expect(
      keys("\r\n\u{7F}\u{8}\u{15}\u{3}\u{4}") == [
        .enter, .enter, .backspace, .backspace, .eraseLine, .interrupt, .interrupt,
      ])
    #expect(keys("\u{1B}") == [.escape])
    #expect(keys("\u{1B}q") == [.escape, .character("q")])
  }

  @Test func `a character or a sequence may come in pieces`() {
    var reader = KeyReader()
    let bytes = Array("取\u{1B}[5~x".utf8)
    var keys: [Key] = []
    // Not right behind the escape byte: alone, it is a key.
    for piece in [bytes[0..<1], bytes[1..<3], bytes[3..<5], bytes[5..<6], bytes[6..<8]] {
      keys += reader.read(Array(piece))
    }
    #expect(keys == [.character("取"), .pageUp, .character("x")])
  }

  @Test func `what is not known is no key`() {
    #expect(keys("\u{1B}[1;5Cx\u{1}\u{1B}[200~y") == [.character("x"), .character("y")])
    #expect(keys("\u{1B}[" + String(repeating: "1", count: 40), "z") == [.character("z")])
  }

  @Test func `a line is typed, and its end stays in sight`() {
    var editor = LineEditor()
    let taken = keys("abcdef\u{7F}\r").map { editor.press($0) }
    #expect(taken == Array(repeating: true, count: 7) + [false])
    #expect(editor.text == "abcde")
    #expect(editor.shown(behind: "> ", width: 6) == "> cde_")
    _ = editor.press(.eraseLine)
    #expect(editor.text.isEmpty)
  }
}
