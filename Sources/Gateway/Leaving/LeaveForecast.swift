import JSON

/// What a drain would be like, or is, as `GET /drain` tells it.
struct LeaveForecast {
  /// Points of the curve at most: it is for a table, and for a line on a page.
  private static let points = 60

  let plan: LeavePlan
  let phase: GatewayStatus.Phase
  let drainSeconds: Int
  let graceSeconds: Int

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("phase", phase.rawValue)
      object.member("streams", plan.streams)
      object.member("perSecond", plan.perSecond)
      object.member("drainSeconds", drainSeconds)
      object.member("leaveWithinSeconds", plan.windowSeconds)
      object.member("shutdownGraceSeconds", graceSeconds)
      object.member("toldAfterMilliseconds", plan.toldAfter)
      object.member("backAfterMilliseconds", plan.backAfter)
      object.array("curve") { list in
        for time in times {
          list.object { point in
            point.member("milliseconds", time)
            point.member("told", plan.told(after: time))
            point.member("back", plan.back(after: time))
          }
        }
      }
    }
  }

  /// Whole seconds, or multiples of them, up to the last one back.
  private var times: [Int] {
    let seconds = (plan.backAfter + 999) / 1000
    let step = max(1, (seconds + Self.points - 1) / Self.points)
    return stride(from: 0, through: seconds + step - 1, by: step).map { $0 * 1000 }
  }
}
