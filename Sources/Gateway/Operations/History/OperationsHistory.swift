import JSON
import Telemetry

/// The last ten minutes of what is drawn, a number every five seconds. A value: readings come in, with the time at which they were made.
struct OperationsHistory: Sendable {
  /// In milliseconds.
  static let interval: Int64 = 5_000
  static let length = 120

  /// Which interval of the steady clock the last one is of.
  private var last: (slot: Int64, reading: OperationsReading)?
  /// One for each interval, oldest first; what is not known has no value.
  private var slots: [[OperationsSeries: Double]] = []

  var count: Int { slots.count }

  /// One for each interval counts; a second one within it is passed over.
  mutating func add(_ reading: OperationsReading) {
    let slot = reading.steady / Self.interval
    if let last {
      guard slot > last.slot else { return }
      // The machine slept, or had no time: nothing is known of then.
      let missed = min(slot - last.slot - 1, Int64(Self.length))
      slots += Array(repeating: [:], count: Int(missed))
    }
    slots.append(reading.values(since: last?.reading))
    if slots.count > Self.length { slots.removeFirst(slots.count - Self.length) }
    last = (slot, reading)
  }

  /// When the next one is due, in milliseconds from then.
  static func pause(at steady: Int64) -> Int64 { interval - steady % interval }

  /// - Parameter now: the time of day and the steady clock at one moment, in milliseconds.
  func write(now: (time: Int64, steady: Int64), to object: inout JSONWriter) {
    object.member("every", Self.interval / 1000)
    let first = (last?.slot ?? now.steady / Self.interval) - Int64(max(0, slots.count - 1))
    object.member(
      "from", RFC3339.text(millisecondsSince1970: now.time - (now.steady - first * Self.interval)))
    object.object("series") { list in
      for series in OperationsSeries.allCases {
        list.array(series.rawValue) { numbers in
          for slot in slots {
            guard let value = slot[series], value.isFinite else {
              numbers.null()
              continue
            }
            let rounded = (value * 100).rounded() / 100
            // Most are whole.
            if let whole = Int(exactly: rounded) { numbers.number(whole) } else { numbers.number(rounded) }
          }
        }
      }
    }
  }
}
