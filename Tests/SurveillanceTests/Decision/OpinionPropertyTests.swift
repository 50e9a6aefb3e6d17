import Surveillance
import Testing

/// What must hold for every evidence, tried on many.
@Suite struct OpinionPropertyTests {
  private static let runs = 400
  private static let names = ["I1", "I2", "I3", "I4", "M1", "M2", "M3"]

  private func evidence(_ generator: inout SplitMix64) -> [Evidence] {
    (0..<Int.random(in: 1...12, using: &generator)).map { _ in
      let name = Self.names.randomElement(using: &generator) ?? "I1"
      let weight = Double.random(in: 0...70, using: &generator)
      return Evidence(
        name, name, name.hasPrefix("I") ? .suspicion : .mitigation, weight: weight,
        strength: Double.random(in: 0...1, using: &generator), tool: .marketData, statement: "It is so.")
    }
  }

  private func defeats(_ generator: inout SplitMix64) -> [Defeat] {
    (0..<Int.random(in: 0...4, using: &generator)).map { index in
      let of = Set(Self.names.filter { _ in Bool.random(using: &generator) })
      return Defeat(by: "F\(index)", of: of, factor: Double.random(in: 0...1, using: &generator))
    }
  }

  private func opinion(_ evidence: [Evidence], _ defeats: [Defeat], gaps: Int = 0) -> Opinion {
    Opinion(ScoredEvidence.score(evidence, defeats: defeats), mandatoryGaps: gaps, policy: .standard)
  }

  @Test func `more suspicion never lowers the genuine side nor raises the other`() {
    var generator = SplitMix64(seed: 1)
    for run in 0..<Self.runs {
      let before = evidence(&generator)
      let defeats = defeats(&generator)
      var after = before
      after.append(
        Evidence(
          "I4", "I4", .suspicion, weight: Double.random(in: 0...40, using: &generator),
          strength: Double.random(in: 0...1, using: &generator), tool: .marketData, statement: "It is so."))
      let (old, new) = (opinion(before, defeats), opinion(after, defeats))
      guard new.genuine >= old.genuine, new.falsePositive <= old.falsePositive else {
        Issue.record("run \(run): \(old) and \(new)")
        return
      }
    }
  }

  @Test func `a stronger indicator gives no fewer points`() {
    var generator = SplitMix64(seed: 2)
    for run in 0..<Self.runs {
      var evidence = evidence(&generator)
      let defeats = defeats(&generator)
      let before = opinion(evidence, defeats)
      evidence[0].strength = Double.random(in: evidence[0].strength...1, using: &generator)
      let after = opinion(evidence, defeats)
      guard after.suspicion >= before.suspicion, after.mitigation >= before.mitigation else {
        Issue.record("run \(run)")
        return
      }
    }
  }

  @Test func `the order of evidence and of defeats does not matter`() {
    var generator = SplitMix64(seed: 3)
    for run in 0..<Self.runs {
      let evidence = evidence(&generator)
      let defeats = defeats(&generator)
      let expected = opinion(evidence, defeats, gaps: 1)
      let shuffled = opinion(
        evidence.shuffled(using: &generator), defeats.shuffled(using: &generator), gaps: 1)
      guard shuffled == expected else {
        Issue.record("run \(run): \(expected) and \(shuffled)")
        return
      }
    }
  }

  @Test func `a defeat never raises points, and no figure leaves its bounds`() {
    var generator = SplitMix64(seed: 4)
    for run in 0..<Self.runs {
      let evidence = evidence(&generator)
      var wild = defeats(&generator)
      wild.append(Defeat(by: "wild", of: Set(Self.names), factor: Double.random(in: -2...3, using: &generator)))
      let scored = ScoredEvidence.score(evidence, defeats: wild)
      let opinion = opinion(evidence, wild, gaps: Int.random(in: 0...5, using: &generator))
      let isBounded = (0...100).contains(opinion.genuine) && (0...100).contains(opinion.falsePositive)
      let isWhole = opinion.genuine + opinion.falsePositive + opinion.uncertainty == 100
      guard scored.allSatisfy({ $0.points <= $0.rawPoints }), isBounded, isWhole else {
        Issue.record("run \(run): \(opinion)")
        return
      }
    }
  }

  @Test func `a missing mandatory source makes neither side surer`() {
    var generator = SplitMix64(seed: 5)
    for run in 0..<Self.runs {
      let evidence = evidence(&generator)
      let (without, with) = (opinion(evidence, []), opinion(evidence, [], gaps: 1))
      guard with.genuine <= without.genuine, with.falsePositive <= without.falsePositive else {
        Issue.record("run \(run)")
        return
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -1, -.infinity])
  func `points that are no points harm no sum`(value: Double) {
    #expect(Points(value).tenThousandths >= 0)
    let evidence = [
      Evidence("I1", "I1", .suspicion, weight: value, strength: 1, tool: .marketData, statement: "It is so."),
      Evidence("I2", "I2", .suspicion, weight: 10, strength: value, tool: .marketData, statement: "It is so."),
    ]
    #expect((0...100).contains(opinion(evidence, []).genuine))
  }
}
