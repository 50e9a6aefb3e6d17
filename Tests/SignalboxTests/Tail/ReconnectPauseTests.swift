import TestSupport
import Testing

@testable import signalbox

struct ReconnectPauseTests {
  @Test func `the bound doubles up to half a minute`() {
    let pause = ReconnectPause()
    #expect([0, 1, 2, 3, 4].map(pause.bound) == [1, 2, 4, 8, 16].map { .seconds($0) })
    for attempt in [5, 6, 100, .max] { #expect(pause.bound(attempt: attempt) == .seconds(30)) }
    #expect(ReconnectPause(base: .milliseconds(2100)).bound(attempt: 1) == .milliseconds(4200))
    #expect(ReconnectPause(base: .seconds(86_400 * 24)).bound(attempt: 60) == .seconds(30))
    #expect(ReconnectPause(base: .zero).bound(attempt: 3) == .zero)
  }

  @Test func `a pause is anything up to the bound`() {
    var random = SeededRandom(seed: 1)
    let pauses = (0..<1000).map { _ in ReconnectPause().next(attempt: 3, using: &random) }
    #expect(pauses.allSatisfy { $0 >= .zero && $0 <= .seconds(8) })
    // All of it, and not only its end.
    for part in 0..<8 { #expect(pauses.contains { $0 >= .seconds(part) && $0 <= .seconds(part + 1) }) }
  }
}
