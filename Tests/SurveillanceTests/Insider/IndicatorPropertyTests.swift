import Surveillance
import Testing

/// What must hold for any facts.
@Suite struct IndicatorPropertyTests {
  private static func random(_ random: inout InsiderRandom) -> InsiderScene {
    var scene = InsiderScene(Bool.random(using: &random) ? .buy : .sell)
    scene.facts.history.sizeScore = .random(in: -3...9, using: &random)
    scene.facts.history.count = .random(in: 0...20, using: &random)
    scene.facts.history.symbolCount = .random(in: 0...9, using: &random)
    scene.facts.history.sectorCount = .random(in: 0...9, using: &random)
    scene.facts.news.alignedCount = .random(in: 0...5, using: &random)
    scene.setEvent(hours: .random(in: -50...400, using: &random))
    scene.setReturn(.random(in: -0.3...0.3, using: &random), .random(in: -9...9, using: &random))
    scene.facts.market.gain = Money(minor: .random(in: -9_000_000...60_000_000, using: &random))
    scene.facts.market.volumeScore = .random(in: -2...9, using: &random)
    let peers = Int.random(in: 0...12, using: &random)
    scene.setPeers(.random(in: 0...peers, using: &random), of: peers)
    return scene
  }

  @Test func `strengths lie between none and all, and what is counted has some`() {
    var random = InsiderRandom(seed: 1)
    for _ in 0..<300 {
      let scene = Self.random(&random)
      for evidence in scene.assessment.evidence {
        #expect(evidence.strength > 0 && evidence.strength <= 1, "\(evidence.indicator)")
      }
    }
  }

  struct Push: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var indicators: [String]
    var push: @Sendable (inout InsiderScene) -> Void
  }

  static let pushes: [Push] = [
    Push(testDescription: "a larger size", indicators: ["I4", "I7", "I8", "I9"]) { scene in
      scene.facts.history.sizeScore = (scene.facts.history.sizeScore ?? 0) + 0.7
    },
    Push(testDescription: "closer in time", indicators: ["I7"]) { scene in
      guard let event = scene.facts.news.event else { return }
      let hours = Double(event.time - InsiderScene.time) / Double(Instant.perHour)
      if hours > 0 { scene.setEvent(hours: hours * 0.8) }
    },
    Push(testDescription: "a larger gain", indicators: ["I9"]) { scene in
      scene.facts.market.gain = Money(minor: (scene.facts.market.gain?.minor ?? 0) + 1_000_000)
    },
    Push(testDescription: "fewer news", indicators: ["I11"]) { scene in
      scene.facts.news.alignedCount = max(0, scene.facts.news.alignedCount - 1)
    },
    Push(testDescription: "more volume", indicators: ["I10"]) { scene in
      scene.facts.market.volumeScore = (scene.facts.market.volumeScore ?? 0) + 0.5
    },
    Push(testDescription: "a clearer move", indicators: ["I8"]) { scene in
      scene.facts.market.abnormalReturnScore = (scene.facts.market.abnormalReturnScore ?? 0) * 1.3
    },
    Push(testDescription: "fewer that agree", indicators: ["I12"]) { scene in
      scene.facts.peers.sameDirection = max(0, scene.facts.peers.sameDirection - 1)
    },
    Push(testDescription: "more of the same instrument", indicators: ["M1"]) { scene in
      scene.facts.history.symbolCount += 1
    },
    Push(testDescription: "a smaller size", indicators: ["M3"]) { scene in
      scene.facts.history.sizeScore = (scene.facts.history.sizeScore ?? 0) - 0.7
    },
    Push(testDescription: "more news", indicators: ["M4"]) { scene in scene.facts.news.alignedCount += 1 },
    Push(testDescription: "more that agree", indicators: ["M5"]) { scene in
      scene.facts.peers.sameDirection = min(scene.facts.peers.peers, scene.facts.peers.sameDirection + 1)
    },
  ]

  @Test(arguments: pushes)
  func `more of what an indicator measures never lowers it`(push: Push) {
    var random = InsiderRandom(seed: 2)
    var raised: Set<String> = []
    for _ in 0..<300 {
      let scene = Self.random(&random)
      var pushed = scene
      push.push(&pushed)
      for indicator in push.indicators {
        let (before, after) = (scene.strength(indicator), pushed.strength(indicator))
        #expect(after >= before, "\(indicator)")
        if after > before { raised.insert(indicator) }
      }
    }
    #expect(raised == Set(push.indicators))
  }

  @Test func `a larger flagged quantity never lowers the size score`() async throws {
    var random = InsiderRandom(seed: 5)
    var tables = InsiderTables()
    for number in 1...20 {
      tables.trade("T-1", daysBefore: Double(number), quantity: .random(in: 1...50_000, using: &random))
    }
    var last = -Double.infinity
    for power in 0..<62 {
      tables.alert.trades[0].quantity = 1 << power
      let facts = try await TraderHistoryTool(alert: tables.alert, reference: tables.reference).facts()
      let score = try #require(facts.sizeScore)
      #expect(score > last)
      last = score
    }
  }

  @Test func `quantities may be counted in any unit`() async throws {
    var random = InsiderRandom(seed: 6)
    for _ in 0..<20 {
      let quantities = (0..<12).map { _ in Int.random(in: 10...9_000, using: &random) }
      func facts(_ unit: Int) async throws -> TraderHistoryFacts {
        var tables = InsiderTables()
        tables.alert.trades[0].quantity = 7_777 * unit
        for (number, quantity) in quantities.enumerated() {
          tables.trade("T-1", daysBefore: Double(number + 1), quantity: quantity * unit)
        }
        return try await TraderHistoryTool(alert: tables.alert, reference: tables.reference).facts()
      }
      let (one, hundred) = (try await facts(1), try await facts(100))
      #expect(abs((one.sizeScore ?? 0) - (hundred.sizeScore ?? 1)) < 1e-9)
      #expect(one.programme.sizeRatio == hundred.programme.sizeRatio)
    }
  }
}
