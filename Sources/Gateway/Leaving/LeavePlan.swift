/// How those who hold open streams are sent away before the gateway ends: so many in each second that whoever takes them in has time for
/// their handshakes. A value.
///
/// Each hears `bye` when its turn has come, and comes back at once, elsewhere. For turns behind the window there is no time: these hear it
/// at the window's end, all together, with the moment at which each is to come (`retry:`). So nobody comes faster than planned.
struct LeavePlan: Sendable, Equatable {
  let streams: Int
  /// 0: all at once.
  let perSecond: Int
  let windowSeconds: Int

  /// Milliseconds from the beginning to the turn of the stream with this index.
  private func turn(of index: Int) -> Int { perSecond > 0 ? index * 1000 / perSecond : 0 }

  private var window: Int { windowSeconds * 1000 }

  /// How many have heard it by then.
  func told(after milliseconds: Int) -> Int {
    guard perSecond > 0, milliseconds < window else { return streams }
    // The first turn is at the very beginning.
    return min(streams, (milliseconds * perSecond) / 1000 + 1)
  }

  /// How many come back by then, if they do as they are told.
  func back(after milliseconds: Int) -> Int {
    guard perSecond > 0 else { return streams }
    return min(streams, (milliseconds * perSecond) / 1000 + 1)
  }

  /// Milliseconds that it is to wait which hears `bye` before its turn; nil for those who may come at once.
  func wait(of index: Int) -> Int? {
    let late = turn(of: index) - window
    return perSecond > 0 && late >= 0 ? max(1, late) : nil
  }

  /// Milliseconds until all have heard it.
  var toldAfter: Int { min(window, turn(of: max(0, streams - 1))) }

  /// Milliseconds until the last one is to come back.
  var backAfter: Int { turn(of: max(0, streams - 1)) }

  // MARK: Where those who take them in have a budget of their own (`streams.admitPerSecond`), which is that of a second at the beginning

  /// How many have a stream again by then.
  func admitted(after milliseconds: Int, at perSecond: Int) -> Int {
    let back = back(after: milliseconds)
    return perSecond > 0 ? min(back, perSecond + milliseconds * perSecond / 1000) : back
  }

  /// Milliseconds until the last one has a stream again.
  func admittedAfter(at perSecond: Int) -> Int {
    guard perSecond > 0, streams > perSecond else { return backAfter }
    return max(backAfter, ((streams - perSecond) * 1000 + perSecond - 1) / perSecond)
  }
}
