import Testing

@testable import A2AWire

/// Lists whose pages lead back to themselves.
@Suite struct CircleDetectorTests {
  @Test(arguments: 0..<20, 1..<20)
  func `every circle is noticed soon`(_ approach: Int, _ length: Int) {
    var circle = CircleDetector()
    var steps = 0
    var token = 0
    while !circle.closes(with: "\(token)") {
      token = token + 1 < approach + length ? token + 1 : approach
      steps += 1
      guard steps < 8 * (approach + length) + 8 else {
        Issue.record("Still going after \(steps) pages.")
        return
      }
    }
  }

  @Test func `a list without a circle has none`() {
    var circle = CircleDetector()
    for token in 0..<10_000 where circle.closes(with: "\(token)") { Issue.record("\(token)") }
  }
}
