/// Texts that somebody may send to break a line, a quote, a terminal or a reader.
let hostileTexts = [
  "", "\"", "\\", "\\\"", "\n", "\r\n", "a\nb\rc\td", "\u{0}", "\u{1b}[2J\u{1b}]0;title\u{7}", "\u{7f}", "\u{85}",
  "\u{9b}2J",
  "\u{2028}\u{2029}", "\u{202e}txt.exe", "\u{2066}\u{2069}", "\u{200f}", "\u{feff}", "\u{fffd}", "é", "🚂", "e\u{301}",
  "\"}\n{\"level\":\"error\",\"message\":\"forged\"}", "',\"admin\":true,'", "</script>", "%s%n", "\u{10ffff}",
  String(repeating: "\"", count: 10_000), "\u{c2}\u{a0}", "â€¨",
  String(decoding: [0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80] as [UInt8], as: UTF8.self),
]

/// Whether a byte sequence contains anything by which some reader ends a line, or a terminal takes a command.
func hasLineBreakOrControl(_ bytes: some Collection<UInt8>) -> Bool {
  String(decoding: bytes, as: UTF8.self).unicodeScalars.contains { scalar in
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f, 0x2028, 0x2029, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
