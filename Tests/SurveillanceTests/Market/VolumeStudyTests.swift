import Surveillance
import Testing

@Suite struct VolumeStudyTests {
  private func score(_ volumes: [Int]) -> Double? {
    let close = Price(tenThousandths: 10_000)
    let prices = volumes.enumerated().map {
      PriceRow(symbol: "ACME", day: Day(number: $0), open: close, high: close, low: close, close: close, volume: $1)
    }
    return VolumeStudy.score(Day(number: volumes.count - 1), prices)
  }

  private let turns = (0..<20).map { $0 % 2 == 0 ? 100 : 10_000 }

  @Test func `a day is compared with twenty days that end ten before it`() throws {
    // The benchmark's logarithms lie ln 10 around ln 1,000, so that their deviation is ln 10·√(20/19). A million is 3·ln 10 above.
    let score = try #require(self.score(turns + Array(repeating: 1_000_000_000, count: 10) + [1_000_000]))
    #expect(abs(score - 2.924_038) < 1e-6)
  }

  @Test func `older days and the ten before do not matter`() {
    let plain = score(turns + Array(repeating: 1_000, count: 10) + [77_777])
    #expect(plain == score([1, 99_999_999] + turns + Array(repeating: 5, count: 10) + [77_777]))
    #expect(plain != score(turns.dropLast() + [101] + Array(repeating: 1_000, count: 10) + [77_777]))
  }

  @Test func `too few days give no score`() {
    #expect(score(Array(turns.prefix(9)) + Array(repeating: 1_000, count: 10) + [5]) == nil)
    #expect(score(Array(turns.prefix(10)) + Array(repeating: 1_000, count: 10) + [5]) != nil)
    #expect(VolumeStudy.score(Day(number: 0), []) == nil)
  }

  @Test func `a day without trades, and one with all the shares there could be, have scores`() throws {
    let rest = turns + Array(repeating: 1_000, count: 10)
    #expect(try #require(score(rest + [0])) < -2.9)
    #expect(try #require(score(rest + [.max])) > 10)
  }

  @Test func `volumes may be counted in any unit`() throws {
    var random = InsiderRandom(seed: 3)
    for _ in 0..<50 {
      let volumes = (0..<31).map { _ in Int.random(in: 1_000...900_000, using: &random) }
      let one = try #require(score(volumes))
      let hundred = try #require(score(volumes.map { $0 * 100 }))
      #expect(abs(one - hundred) < 1e-9)
      #expect(try #require(score(volumes.dropLast() + [volumes[30] + 1_000])) > one)
    }
  }

  @Test(arguments: [
    (4_999, "low"), (5_000, "normal"), (15_000, "normal"), (15_001, "high"),
  ])
  func `liquidity is the day's volume beside the average`(volume: Int, expected: String) {
    #expect(VolumeStudy.liquidity(volume, average: 10_000) == expected)
  }

  @Test func `liquidity that is not known has no word`() {
    #expect(VolumeStudy.liquidity(nil, average: 5) == "")
    #expect(VolumeStudy.liquidity(5, average: nil) == "")
    #expect(VolumeStudy.liquidity(5, average: 0) == "")
  }
}
