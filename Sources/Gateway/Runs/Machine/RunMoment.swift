/// A time on two clocks: the one that people read, and the one that nobody sets, for deadlines.
struct RunMoment: Sendable, Equatable {
  /// Milliseconds since 1970.
  var wall: Int64
  /// Milliseconds.
  var steady: Int64
}

extension Duration {
  var inMilliseconds: Int64 {
    let parts = components
    return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
  }
}
