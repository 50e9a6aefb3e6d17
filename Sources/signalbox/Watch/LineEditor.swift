/// One line that is being typed.
struct LineEditor: Sendable, Equatable {
  private static let longest = 10_000

  var text = ""

  /// Whether the key was for it.
  mutating func press(_ key: Key) -> Bool {
    switch key {
    case .character(let character):
      if text.count < Self.longest { text.append(character) }
    case .backspace: _ = text.popLast()
    case .eraseLine: text = ""
    default: return false
    }
    return true
  }

  /// As it is shown: the end of it, where it is too long, and a mark where the next character goes.
  func shown(behind prompt: String, width: Int) -> String {
    let text = TerminalText.escaped(text)
    let room = max(1, width - TextWidth.of(prompt) - 1)
    var tail = text[...]
    while TextWidth.of(String(tail)) > room { tail = tail.dropFirst() }
    return prompt + tail + "_"
  }
}
