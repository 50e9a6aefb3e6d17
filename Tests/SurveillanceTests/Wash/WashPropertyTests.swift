import Surveillance
import Testing

/// What must not change the figures, in all scenarios.
@Suite struct WashPropertyTests {
  private func summary(_ scenario: WashCase) async throws -> String {
    let assessment = try await scenario.assessment()
    return "\(WashOpinion(assessment)) \(assessment.washSummary) \(assessment.washSection.pattern.rawValue)"
  }

  @Test func `the order of rows does not matter`() async throws {
    var random = WashRandom(1)
    for (name, scenario) in WashScenario.all {
      let expected = try await summary(scenario)
      for _ in 0..<8 {
        var shuffled = scenario
        shuffled.alert.trades.shuffle(using: &random)
        for index in shuffled.alert.trades.indices { shuffled.alert.trades[index].sequence = index + 1 }
        shuffled.tables.trades.shuffle(using: &random)
        shuffled.tables.accounts.shuffle(using: &random)
        shuffled.tables.links.shuffle(using: &random)
        let found = try await summary(shuffled)
        #expect(found == expected, "\(name)")
      }
    }
  }

  @Test func `the names of accounts and owners do not matter`() async throws {
    for (name, scenario) in WashScenario.all + [("tie", WashScenario.tie)] {
      let expected = try await summary(scenario)
      for rename in [
        { (id: String) in "z" + id }, { (id: String) in String(id.reversed()) + "!" },
        { (id: String) in "\(99 - id.utf8.reduce(0) { $0 + Int($1) } % 90)" + id },
      ] {
        let found = try await summary(scenario.renamed(rename))
        #expect(found == expected, "\(name)")
      }
    }
  }

  @Test(arguments: [2, 7, 1_000])
  func `quantities and volumes that grow alike do not matter`(factor: Int) async throws {
    for (name, scenario) in WashScenario.all {
      let expected = try await summary(scenario)
      var grown = scenario
      for index in grown.alert.trades.indices { grown.alert.trades[index].quantity *= factor }
      for index in grown.tables.trades.indices { grown.tables.trades[index].quantity *= factor }
      grown.market.dayVolume = grown.market.dayVolume.map { $0 * factor }
      let found = try await summary(grown)
      #expect(found == expected, "\(name)")
    }
  }

  @Test func `the same facts give the same assessment, word by word`() async throws {
    for (name, scenario) in WashScenario.all {
      let texts = try await [scenario.assessment(), scenario.assessment()].map { assessment in
        "\(assessment.evidence) \(assessment.gaps) \(assessment.section) \(assessment.figures)"
      }
      #expect(texts[0] == texts[1], "\(name)")
    }
  }

  @Test func `every number in a statement says where it comes from`() async throws {
    for (name, scenario) in WashScenario.all {
      for evidence in try await scenario.assessment().evidence {
        for case .text(let text) in evidence.statement.pieces {
          #expect(!text.contains { $0.isNumber }, "\(name): \(text)")
        }
        #expect(evidence.statement.plain.hasSuffix("."), "\(name): \(evidence.statement.plain)")
      }
    }
  }

  @Test func `figures are numbered, state what is to be seen and keep within twelve nodes`() async throws {
    for (name, scenario) in WashScenario.all {
      let figures = try await scenario.assessment().figures
      #expect(figures.map(\.id) == figures.indices.map { "E\($0 + 1)" }, "\(name)")
      #expect(figures.allSatisfy { $0.title.count > 20 && !$0.indicators.isEmpty }, "\(name)")
    }
    var crowd = WashCase()
    for index in 0..<20 {
      crowd.account("A\(index)", owner: "P-\(index)")
      crowd.flag("A\(index)", .sell, 100 + index, at: index * 1_000, with: "A\((index + 1) % 20)")
    }
    let figures = try await crowd.assessment().figures
    guard case .accountLinks(let nodes, let edges) = figures.last?.content else {
      Issue.record("There is no diagram of the accounts.")
      return
    }
    #expect(nodes.count == 12)
    #expect(edges.allSatisfy { edge in [edge.from, edge.to].allSatisfy { id in nodes.contains { $0.id == id } } })
    #expect(figures.last?.description.contains("14 accounts are not shown.") == true)
  }

  @Test func `the position of the owners comes back to nothing`() async throws {
    let figures = try await WashScenario.circle.assessment().figures
    let positions = figures.compactMap { figure -> [Figure.PositionPoint]? in
      if case .netPosition(let points) = figure.content { points } else { nil }
    }
    #expect(positions.first?.last?.position == 0)
    #expect(figures.map(\.title).contains("After 6 trades the owners' position is what it was before"))
  }
}

extension WashCase {
  fileprivate func renamed(_ rename: (String) -> String) -> WashCase {
    func name(_ id: String) -> String { id.isEmpty ? id : rename(id) }
    var renamed = self
    for index in alert.trades.indices {
      renamed.alert.trades[index].accountID = alert.trades[index].accountID.map(name)
      renamed.alert.trades[index].counterparty = alert.trades[index].counterparty.map(name)
    }
    for index in tables.trades.indices {
      renamed.tables.trades[index].accountID = name(tables.trades[index].accountID)
      renamed.tables.trades[index].counterparty = name(tables.trades[index].counterparty)
    }
    for index in tables.accounts.indices {
      renamed.tables.accounts[index].id = name(tables.accounts[index].id)
      renamed.tables.accounts[index].ownerID = name(tables.accounts[index].ownerID)
      renamed.tables.accounts[index].controllerID = name(tables.accounts[index].controllerID)
    }
    for index in tables.links.indices {
      renamed.tables.links[index].first = name(tables.links[index].first)
      renamed.tables.links[index].second = name(tables.links[index].second)
    }
    for index in tables.exemptions.indices {
      renamed.tables.exemptions[index].ownerID = name(tables.exemptions[index].ownerID)
    }
    for index in tables.instructions.indices {
      renamed.tables.instructions[index].accountID = name(tables.instructions[index].accountID)
    }
    return renamed
  }
}
