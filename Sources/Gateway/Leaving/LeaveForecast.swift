import JSON

/// What a drain would be like, or is, as `GET /drain` tells it.
struct LeaveForecast {
  /// Points of the curve at most: it is for a table, and for a line on a page.
  private static let points = 60

  /// Nil stands for what there is.
  struct Asked: Sendable {
    /// Streams a second that are sent away.
    var rate: Int?
    var streams: Int?
    /// Streams a second that those who take them in open, all together; nil or 0: as many as come.
    var admit: Int?
  }

  let plan: LeavePlan
  let admit: Int
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
      object.member("admitPerSecond", admit)
      object.member("admittedAfterMilliseconds", plan.admittedAfter(at: admit))
      object.array("curve") { list in
        for time in times {
          list.object { point in
            point.member("milliseconds", time)
            point.member("told", plan.told(after: time))
            point.member("back", plan.back(after: time))
            point.member("admitted", plan.admitted(after: time, at: admit))
          }
        }
      }
    }
  }

  /// Whole seconds, or multiples of them, up to the last one who is in.
  private var times: [Int] {
    let seconds = (plan.admittedAfter(at: admit) + 999) / 1000
    let step = max(1, (seconds + Self.points - 1) / Self.points)
    return stride(from: 0, through: seconds + step - 1, by: step).map { $0 * 1000 }
  }
}
