import Surveillance
import Testing

@Suite struct StrongComponentsTests {
  @Test func `random graphs fall apart as reachability has it`() {
    var random = WashRandom(3)
    for round in 0..<300 {
      let count = Int.random(in: 1...9, using: &random)
      let neighbours = (0..<count).map { _ in
        (0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: 0..<count, using: &random) }
      }
      guard StrongComponents.of(neighbours) == Self.plainComponents(neighbours) else {
        Issue.record("round \(round)")
        return
      }
    }
  }

  @Test func `a chain of a hundred thousand nodes ends no stack`() {
    let count = 100_000
    let chain = (0..<count).map { $0 + 1 < count ? [$0 + 1] : [] }
    #expect(StrongComponents.of(chain).count == count)
    let ring = (0..<count).map { [($0 + 1) % count] }
    #expect(StrongComponents.of(ring).count == 1)
  }

  private static func plainComponents(_ neighbours: [[Int]]) -> [[Int]] {
    let nodes = neighbours.indices
    var reaches = nodes.map { node in nodes.map { node == $0 || neighbours[node].contains($0) } }
    for middle in nodes {
      for from in nodes where reaches[from][middle] {
        for to in nodes where reaches[middle][to] { reaches[from][to] = true }
      }
    }
    return Set(nodes.map { node in nodes.filter { reaches[node][$0] && reaches[$0][node] } }).sorted { $0[0] < $1[0] }
  }
}

@Suite struct PathSearchTests {
  static let limits = PathSearch.Limits(length: 6, milliseconds: Instant.perDay, quantity: 0.01)

  @Test(arguments: [
    (
      "a circle of three", [washFlow("1", "A", "B"), washFlow("2", "B", "C", at: 1), washFlow("3", "C", "A", at: 2)], 1
    ),
    ("one account with itself", [washFlow("1", "A", "A")], 1),
    ("there and back", [washFlow("1", "A", "B"), washFlow("2", "B", "A")], 1),
    (
      "against time", [washFlow("1", "A", "B", at: 2), washFlow("2", "B", "C", at: 1), washFlow("3", "C", "A", at: 3)],
      0
    ),
    ("all at one time", [washFlow("1", "A", "B"), washFlow("3", "B", "C"), washFlow("2", "C", "A")], 1),
    ("within a hundredth", [washFlow("1", "A", "B"), washFlow("2", "B", "A", quantity: 990)], 1),
    ("beyond a hundredth", [washFlow("1", "A", "B"), washFlow("2", "B", "A", quantity: 989)], 0),
    ("within a day", [washFlow("1", "A", "B"), washFlow("2", "B", "A", at: Instant.perDay)], 1),
    ("longer than a day", [washFlow("1", "A", "B"), washFlow("2", "B", "A", at: Instant.perDay + 1)], 0),
    ("nothing sold", [washFlow("1", "A", "B", quantity: 0), washFlow("2", "B", "A", quantity: 0)], 0),
  ])
  func `a cycle comes back in the order of time with about one quantity`(name: String, flows: [TradeFlow], count: Int) {
    #expect(PathSearch.all(flows, .cycles, Self.limits).paths.count == count, "\(name)")
  }

  @Test func `cycles of six trades are found, and of seven are not`() {
    func ring(_ count: Int) -> [TradeFlow] {
      (0..<count).map { washFlow("\($0)", "N\($0)", "N\(($0 + 1) % count)", at: $0) }
    }
    #expect(PathSearch.all(ring(6), .cycles, Self.limits).paths.count == 1)
    #expect(PathSearch.all(ring(7), .cycles, Self.limits).paths.isEmpty)
  }

  @Test(arguments: [PathSearch.Goal.cycles, .chains])
  func `random trades have the paths that the plain search over all orders finds`(goal: PathSearch.Goal) {
    var random = WashRandom(goal == .cycles ? 5 : 6)
    var longest = 0
    for round in 0..<300 {
      let flows = (0..<Int.random(in: 1...6, using: &random)).map { index in
        washFlow(
          "\(index)", "N\(Int.random(in: 0...3, using: &random))", "N\(Int.random(in: 0...3, using: &random))",
          at: Int.random(in: 0...4, using: &random), quantity: 1_000 + 6 * Int.random(in: 0...2, using: &random),
          isFlagged: Int.random(in: 0...2, using: &random) == 0)
      }
      let expected = Self.plainPaths(flows, goal)
      let search = PathSearch.all(flows.shuffled(using: &random), goal, Self.limits)
      let found = search.paths.map { $0.flows.map(\.id).joined() }.sorted()
      longest = max(longest, search.paths.map(\.flows.count).max() ?? 0)
      guard found == expected, search.isComplete else {
        Issue.record(
          "round \(round): \(found.joined(separator: " ")) found, \(expected.joined(separator: " ")) expected")
        return
      }
    }
    #expect(longest >= 3, "The random trades hold nothing worth finding.")
  }

  /// Every order of every choice of trades is looked at.
  private static func plainPaths(_ flows: [TradeFlow], _ goal: PathSearch.Goal) -> [String] {
    var found: [String] = []
    func grow(_ path: [TradeFlow]) {
      if !path.isEmpty, isPath(path, goal) { found.append(path.map(\.id).joined()) }
      guard path.count < 6 else { return }
      for next in flows where !path.contains(where: { $0.id == next.id }) { grow(path + [next]) }
    }
    grow([])
    return found.sorted()
  }

  private static func isPath(_ path: [TradeFlow], _ goal: PathSearch.Goal) -> Bool {
    for (flow, next) in zip(path, path.dropFirst()) where flow.buyer != next.seller || flow.time > next.time {
      return false
    }
    // The first in time, then id, so that each cycle counts once.
    guard path.dropFirst().allSatisfy({ (path[0].time, path[0].id) < ($0.time, $0.id) }) else { return false }
    let quantities = path.map(\.quantity).sorted()
    guard (quantities[quantities.count - 1] - quantities[0]) * 100 <= quantities[quantities.count - 1] else {
      return false
    }
    let sellers = path.map(\.seller)
    guard Set(sellers).count == sellers.count else { return false }
    let last = path[path.count - 1].buyer
    return goal == .cycles
      ? last == sellers[0] : path.count > 1 && !sellers.contains(last) && path.contains(where: \.isFlagged)
  }

  @Test(.timeLimit(.minutes(1))) func `a dense market of 300 accounts ends at the limits, and says so`() {
    var random = WashRandom(9)
    let flows = (0..<30_000).map { index in
      washFlow(
        "\(100_000 + index)", "N\(Int.random(in: 0..<300, using: &random))",
        "N\(Int.random(in: 0..<300, using: &random))",
        at: Int.random(in: 0..<Instant.perHour, using: &random), isFlagged: index % 1_000 == 0)
    }
    let limits = PathSearch.Limits(.standard)
    for goal in [PathSearch.Goal.cycles, .chains] {
      let search = PathSearch.all(flows, goal, limits)
      #expect(!search.isComplete)
      #expect(search.stepsTaken <= limits.steps)
      #expect(search.paths.count <= limits.results)
    }
  }
}

@Suite struct NetZeroGroupsTests {
  @Test func `a circle with split trades nets out`() {
    let flows = [
      washFlow("1", "A", "B"), washFlow("2", "B", "C", at: 1, quantity: 600),
      washFlow("3", "B", "C", at: 2, quantity: 400),
      washFlow("4", "C", "A", at: 3),
    ]
    let groups = NetZeroGroups.find(flows, window: Instant.perHour, netChange: 0.01, retries: 10)
    #expect(groups.map(\.accounts) == [["A", "B", "C"]])
    #expect(groups.first?.flows.count == 4)
    #expect(PathSearch.all(flows, .cycles, PathSearchTests.limits).paths.isEmpty)
  }

  @Test func `the newest trades are left out until the rest nets out, so often as is allowed`() {
    let flows = [
      washFlow("1", "A", "B"), washFlow("2", "B", "A", at: 1), washFlow("3", "A", "B", at: 2),
      washFlow("4", "A", "B", at: 3),
    ]
    let find = { NetZeroGroups.find(flows, window: Instant.perHour, netChange: 0.01, retries: $0) }
    #expect(find(2).first?.flows.map(\.id) == ["1", "2"])
    #expect(find(1).isEmpty)
  }

  @Test(arguments: [(10, true), (11, false)])
  func `a position may change by a hundredth of the mean trade`(rest: Int, isGroup: Bool) {
    // The mean of 1,000 + rest/2 and 1,000 - rest/2 is 1,000.
    let flows = [
      washFlow("1", "A", "B", quantity: 1_000 + rest - rest / 2),
      washFlow("2", "B", "A", at: 1, quantity: 1_000 - rest / 2),
    ]
    #expect(NetZeroGroups.find(flows, window: Instant.perHour, netChange: 0.01, retries: 0).isEmpty != isGroup)
  }

  @Test func `the accounts that go round day by day are counted`() {
    let flows = (0..<3).flatMap { day in
      [
        washFlow("a\(day)", "A", "B", at: day * Instant.perDay),
        washFlow("b\(day)", "B", "A", at: day * Instant.perDay + 5),
      ]
    }
    let groups = NetZeroGroups.find(flows, window: Instant.perDay, netChange: 0.01, retries: 10)
    #expect(groups.map(\.recurrences) == [3, 3, 3])
  }
}
