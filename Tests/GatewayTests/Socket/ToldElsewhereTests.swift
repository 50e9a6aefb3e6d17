import Testing

@testable import Gateway

/// What a subscription to all tasks leaves to the others of its socket.
@Suite struct ToldElsewhereTests {
  @Test func `what is told elsewhere is left out, and what is not told any more is not`() {
    var elsewhere = ToldElsewhere()
    #expect(elsewhere.isEmpty && !elsewhere.tells("a", 1))
    elsewhere.begin(["a", "b"])
    #expect(elsewhere.tells("a", 1) && elsewhere.tells("b", .max) && !elsewhere.tells("c", 1))
    elsewhere.end(["a"], through: 7)
    #expect(elsewhere.tells("a", 7) && !elsewhere.tells("a", 8) && elsewhere.tells("b", 8))
    // Who begins anew with an older place hears of it again, but not of what is still told.
    elsewhere.forgetEnded()
    #expect(!elsewhere.tells("a", 7) && elsewhere.tells("b", 8))
  }
}
