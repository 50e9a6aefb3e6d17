/// How unusual a day's volume was: the score of its logarithm against the 20 trading days that end ten trading days before it, since
/// whoever knows something early trades in those ten as well.
package enum VolumeStudy {
  package static let runUpDays = 10
  package static let benchmarkDays = 20
  /// With fewer days on file there is no score.
  package static let fewestDays = 10
  package static let smallestDeviation = 0.01

  /// - Parameter prices: by day.
  package static func score(_ day: Day, _ prices: [PriceRow]) -> Double? {
    guard let place = prices.firstIndex(where: { $0.day == day }) else { return nil }
    let benchmark = prices[..<place].dropLast(runUpDays).suffix(benchmarkDays).map { logarithm($0.volume) }
    guard benchmark.count >= fewestDays, let mean = Statistics.mean(benchmark),
      let deviation = Statistics.standardDeviation(benchmark)
    else { return nil }
    return (logarithm(prices[place].volume) - mean) / max(smallestDeviation, deviation)
  }

  /// A day without trades counts as one share: nothing has no logarithm.
  private static func logarithm(_ volume: Int) -> Double { Statistics.ln(Double(max(1, volume))) }

  /// `low` below half of the average volume, `high` above one and a half of it; empty where either is not known.
  package static func liquidity(_ volume: Int?, average: Int?) -> String {
    guard let volume, let average, average > 0 else { return "" }
    let share = Double(volume) / Double(average)
    return share < 0.5 ? "low" : share > 1.5 ? "high" : "normal"
  }
}
