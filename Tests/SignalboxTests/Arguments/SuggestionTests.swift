import Testing

@testable import signalbox

struct SuggestionTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "ab", 2), ("port", "port", 0), ("prot", "port", 1), ("pot", "port", 1),
    ("porrt", "port", 1), ("poet", "port", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
  ])
  func `the distance counts letters put in, left out, exchanged or swapped`(left: String, right: String, distance: Int)
  {
    #expect(Suggestion.distance(left, right) == distance)
    #expect(Suggestion.distance(right, left) == distance)
  }

  @Test(arguments: [
    ("adress", "address"), ("Port", "port"), ("listener", "listeners"), ("prt", "port"), ("zzz", nil),
    ("portal", "port"),
  ])
  func `only a word that may have been meant is suggested`(word: String, suggestion: String?) {
    #expect(Suggestion.nearest(to: word, among: ["address", "port", "listeners"]) == suggestion)
  }

  @Test func `nothing is suggested out of nothing`() {
    #expect(Suggestion.nearest(to: "port", among: []) == nil)
  }
}
