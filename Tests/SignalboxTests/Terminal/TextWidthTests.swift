import Testing

@testable import signalbox

struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("取引", 4), ("한국", 4), ("ﾊ", 1), ("👍🏽", 2), ("❤️", 2), ("🇩🇪", 2),
    ("a→b", 3), ("\u{301}", 0),
  ])
  func `text is as wide as a terminal makes it`(text: String, width: Int) {
    #expect(TextWidth.of(text) == width)
  }

  @Test(arguments: [
    ("abc", 5, "abc  "), ("abcdefgh", 7, "abcd..."), ("abcdefgh", 5, "abcde"), ("取引の記録です", 8, "取引... "),
    ("取引", 3, "取 "), ("abc", 0, ""),
  ])
  func `what is fitted is exactly so wide`(text: String, width: Int, fitted: String) {
    #expect(TextWidth.fitted(text, to: width) == fitted)
    #expect(TextWidth.of(fitted) == width)
  }

  @Test func `lengths of time are as clocks have them`() {
    #expect(
      [-1, 7, 247, 3723, 400_000].map { Clock.text(seconds: $0) } == ["0:00", "0:07", "4:07", "1:02:03", "4d 15h"])
  }
}
