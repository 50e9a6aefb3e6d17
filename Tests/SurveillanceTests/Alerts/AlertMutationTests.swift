import Testing

@testable import Surveillance

/// Whatever is in a file, it ends as alerts or as an error with its place, and never otherwise.
@Suite struct AlertMutationTests {
  private enum Outcome { case alerts, error }

  /// Also checks what holds for both.
  private func outcome(_ bytes: [UInt8], _ comment: @autoclosure () -> String) -> Outcome {
    do throws(AlertError) {
      let alerts = try AlertParser.parse(bytes)
      let areGood = !alerts.isEmpty && alerts.allSatisfy(Self.isGood)
      if !areGood { Issue.record("\(comment()): \(alerts)") }
      return .alerts
    } catch {
      let lines = bytes.reduce(1) { $0 + ($1 == 0x0A || $1 == 0x0D ? 1 : 0) }
      let isGood =
        (1...lines).contains(error.line) && (1...(bytes.count + 1)).contains(error.column)
        && error.description.hasPrefix("Failed to parse alert XML: line ") && error.description.utf8.count < 500
      if !isGood { Issue.record("\(comment()): \(error)") }
      return .error
    }
  }

  private static func isGood(_ alert: Alert) -> Bool {
    let comparison = AlertCheck.findings(alert, ReferenceData(ReferenceTables()))
    return !alert.id.isEmpty && alert.unusable.count <= AlertBuilder.mostTold + 2
      && (alert.trades.isEmpty == alert.unusable.contains("The alert has no trade that can be used."))
      && alert.trades.allSatisfy { $0.quantity > 0 && $0.price.tenThousandths > 0 && !$0.symbol.isEmpty }
      && alert.trades.allSatisfy { Money(quantity: $0.quantity, price: $0.price).minor <= 100_000_000_000_000 }
      && comparison.gaps.count >= alert.unusable.count
  }

  @Test func `a file that was cut off anywhere is an error`() {
    for sample in AlertSamples.all {
      let bytes = Array(sample.utf8)
      for count in 0..<bytes.count where outcome(Array(bytes[..<count]), "cut at \(count)") != .error {
        Issue.record("What was cut off at \(count) was read.")
        return
      }
      #expect(outcome(bytes, "whole") == .alerts)
    }
  }

  @Test(arguments: [0x5B_2026, 0x5B_2027, 0x5B_2028, 0x5B_2029] as [UInt64])
  func `25,000 damaged files of each seed end as alerts or as errors`(seed: UInt64) {
    var random = Damages(seed: seed)
    let samples = [AlertSamples.flat, AlertSamples.group, AlertSamples.small].map { Array($0.utf8) }
    var counts: [Outcome: Int] = [:]
    for round in 0..<25_000 {
      // The small one is the most of them: more of it is hit.
      var bytes = samples[round % 20 == 0 ? round / 20 % 2 : 2]
      for _ in 0...(round % 4 / 2) { Self.damage(&bytes, &random) }
      counts[outcome(bytes, "seed \(seed), round \(round)"), default: 0] += 1
    }
    // Were all of them errors, or none, the damage would be no test.
    #expect((counts[.alerts] ?? 0) > 2_500)
    #expect((counts[.error] ?? 0) > 2_500)
  }

  private static let pieces: [[UInt8]] = [
    "<", ">", "&", "&amp;", "&#x41;", "&#0;", "&x;", "]]>", "<![CDATA[", "<!--", "-->", "<?x?>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a>", "\"", "'", "=", "/", "</", "/>", "\u{0}", "\r", "\n", "\u{FEFF}", "é", "99999999999999999999", "-",
    ",", ".",
    "%", "$", "0", "2026-02-30", "9999-12-31", "T25:00", "<Trade>", "</Trade>", "<Order><Price>1", "<Alert>",
    "</Alert>", " a='b'",
    "xmlns:a='b'", ":",
  ].map { Array($0.utf8) }

  private static func damage(_ bytes: inout [UInt8], _ random: inout Damages) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
    case 2: bytes.remove(at: place)
    case 3: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
    case 4, 5, 6:
      // A digit for a digit leaves most files in order.
      let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
      if let digit = digits.randomElement(using: &random) {
        bytes[digit] = UInt8.random(in: 0x2C...0x39, using: &random)
      }
    case 7: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
    default:
      let end = min(bytes.count, place + Int.random(in: 1...60, using: &random))
      bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
    }
  }
}

/// SplitMix64: the same seed, the same damage.
private struct Damages: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
