import JSON

/// What the gateway says of its end before it comes.
struct DrainForecast: Sendable {
  private struct Point {
    let milliseconds: Int
    let told: Int
    let back: Int
    let admitted: Int
  }

  /// Lines of the curve at most.
  private static let lines = 12
  private static let barWidth = 40

  private let streams: Int
  private let perSecond: Int
  private let drainSeconds: Int
  private let windowSeconds: Int
  private let graceSeconds: Int
  private let toldAfter: Int
  private let backAfter: Int
  /// 0: as many as come.
  private let admitPerSecond: Int
  private let admittedAfter: Int
  private let curve: [Point]

  /// Nil for what is no such answer.
  init?(answer: [UInt8]) {
    guard let value = try? JSONValue(parsing: answer) else { return nil }
    func number(_ name: String) -> Int? { value[name]?.int.map { Int($0) } }
    guard let streams = number("streams"), let perSecond = number("perSecond"), let drain = number("drainSeconds"),
      let window = number("leaveWithinSeconds"), let grace = number("shutdownGraceSeconds"),
      let told = number("toldAfterMilliseconds"), let back = number("backAfterMilliseconds"), let curve = value["curve"]
    else { return nil }
    // A gateway of an earlier version does not know of it.
    (admitPerSecond, admittedAfter) = (number("admitPerSecond") ?? 0, number("admittedAfterMilliseconds") ?? back)
    (self.streams, self.perSecond, drainSeconds, windowSeconds) = (streams, perSecond, drain, window)
    (graceSeconds, toldAfter, backAfter) = (grace, told, back)
    self.curve = curve.elements.compactMap { point in
      guard let time = point["milliseconds"]?.int, let told = point["told"]?.int, let back = point["back"]?.int else {
        return nil
      }
      let admitted = point["admitted"]?.int ?? back
      return Point(milliseconds: Int(time), told: Int(told), back: Int(back), admitted: Int(admitted))
    }
  }

  var text: [String] {
    var lines = [
      "\(streams == 1 ? "1 stream is" : "\(streams) streams are") open.",
      "  \(seconds(drainSeconds * 1000)) not ready, and everything is taken still",
    ]
    guard streams > 0 else {
      return lines + ["  \(seconds(graceSeconds * 1000)) at most for answers under way"]
    }
    if perSecond == 0 {
      lines.append("  \(seconds(0)) all streams are sent away at once")
    } else {
      lines.append("  \(seconds(toldAfter)) streams are sent away, \(perSecond) in a second")
      if backAfter > toldAfter {
        lines.append(
          "  \(seconds(backAfter)) until the last one is back, because not all have their turn in \(windowSeconds) s")
      }
    }
    if admitPerSecond > 0 {
      lines.append("  \(seconds(admittedAfter)) until the last one has a stream again, \(admitPerSecond) in a second")
    }
    lines.append("  \(seconds(graceSeconds * 1000)) at most for answers under way")
    guard perSecond > 0 || admitPerSecond > 0, curve.count > 2 else { return lines }
    return lines + ["", "  after     sent away        back\(admitPerSecond > 0 ? "      opened" : "")"]
      + shown.map(line)
  }

  private var shown: [Point] {
    let step = max(1, (curve.count + Self.lines - 1) / Self.lines)
    var points = curve.enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element)
    if let last = curve.last, points.last?.milliseconds != last.milliseconds { points.append(last) }
    return points
  }

  private func line(_ point: Point) -> String {
    let bar = String(repeating: "#", count: point.admitted * Self.barWidth / max(1, streams))
    let admitted = admitPerSecond > 0 ? " \(padded(point.admitted, 11))" : ""
    return "\(seconds(point.milliseconds)) \(padded(point.told, 13)) \(padded(point.back, 11))\(admitted)  \(bar)"
  }

  private func seconds(_ milliseconds: Int) -> String {
    let tenths = (milliseconds + 50) / 100
    let text = tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return String(repeating: " ", count: max(0, 5 - text.count)) + text + " s"
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
