import JSON
import Surveillance
import Testing

@Suite struct PrecedentTests {
  private func scored(_ features: [String: Double]) -> [ScoredEvidence] {
    let weights = PrecedentBook.standard.weights
    return ScoredEvidence.score(
      features.sorted { $0.key < $1.key }.map { name, strength in
        let weight = weights[name] ?? 1
        return Samples.evidence(
          name, name.hasPrefix("I") || name.hasPrefix("W") ? .suspicion : .mitigation, weight * strength)
      }, defeats: [])
  }

  @Test func `there are six of each kind, and each is nearest to itself`() throws {
    let book = PrecedentBook.standard
    for kind in AlertKind.allCases {
      let cases = book.precedents.filter { $0.kind == kind }
      #expect(cases.count == 6)
      for precedent in cases {
        let match = try #require(book.match(kind, scored(precedent.features)))
        #expect(match.best.precedent.id == precedent.id)
        #expect(match.best.similarity == 100)
        #expect(match.runnerUp.map { $0.similarity < 100 && $0.precedent.id != precedent.id } == true)
      }
    }
  }

  @Test func `likeness is what both have of what either has, by weight`() throws {
    let book = PrecedentBook(
      version: "1", weights: ["I1": 30, "I2": 10],
      precedents: [
        Precedent(
          id: "P", kind: .insiderTrading, title: "P", determination: .close, features: ["I1": 1], reasoning: "So."),
        Precedent(
          id: "O", kind: .insiderTrading, title: "O", determination: .close, features: ["I1": 1], reasoning: "So."),
      ])
    // In common are 15; either has 30 of the first and 5 of the second.
    let evidence = [Samples.evidence("I1", .suspicion, 15), Samples.evidence("I2", .suspicion, 5)]
    let match = try #require(book.match(.insiderTrading, ScoredEvidence.score(evidence, defeats: [])))
    #expect(match.best.similarity == 43)
    #expect([match.best.precedent.id, match.runnerUp?.precedent.id] == ["O", "P"])
    #expect(book.match(.washTrade, []) == nil)
    #expect(book.match(.insiderTrading, []) == nil)
  }

  @Test func `the file reads as what was written`() throws {
    #expect(try PrecedentBook(parsing: PrecedentBook.standard.text) == .standard)
  }

  @Test(arguments: [
    ("nonsense", "", "refused"), ("[]", "", "An object"), ("{}", "version", "A text"),
    (#"{"version": "1", "weights": 1, "precedents": []}"#, "weights", "An object of numbers"),
    (#"{"version": "1", "weights": {"I1": 101}, "precedents": []}"#, "weights.I1", "from 0 to 100"),
    (#"{"version": "1", "weights": {}, "precedents": []}"#, "precedents", "A list"),
    (#"{"version": "1", "weights": {}, "precedents": [], "more": 1}"#, "more", "no such member"),
    (#"{"version": "1", "weights": {}, "precedents": [1]}"#, "precedents[0]", "An object"),
    (Self.file(kind: "SPOOFING"), "precedents[0].kind", "INSIDER_TRADING or WASH_TRADE"),
    (Self.file(determination: "JAIL"), "precedents[0].determination", "ESCALATE or CLOSE"),
    (Self.file(features: #"{"I1": 1.5}"#), "precedents[0].features.I1", "from 0 to 1"),
    (Self.file(features: #"{"I7": 1}"#), "precedents[0].features.I7", "no weight"),
    (Self.file(id: ""), "precedents[0].id", "1 to 64"),
    (Self.file(copies: 2), "precedents[1].id", "there already"),
  ])
  func `a file that breaks its contract is refused with the place`(text: String, path: String, words: String) {
    let error = #expect(throws: PrecedentFileError.self) { try PrecedentBook(parsing: Array(text.utf8)) }
    #expect(error?.path == path)
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  private static func file(
    id: String = "P", kind: String = "WASH_TRADE", determination: String = "CLOSE", features: String = "{}",
    copies: Int = 1
  ) -> String {
    let one =
      #"{"id": "\#(id)", "kind": "\#(kind)", "title": "T", "determination": "\#(determination)", "#
      + #""features": \#(features), "reasoning": "R"}"#
    let list = Array(repeating: one, count: copies).joined(separator: ", ")
    return #"{"version": "1", "weights": {"I1": 30}, "precedents": [\#(list)]}"#
  }
}
