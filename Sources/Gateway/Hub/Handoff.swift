/// How one stream comes from history to what happens now, without a hole and without a repetition. A value that is told what arrives
/// and what was read, in the order in which its loop sees it.
///
/// It rests on three things: whoever is told of a commit can read it; commits are told in order; a page that is complete ends with a
/// whole commit. Before the first page begins, the stream is registered, so that whatever a page has not seen will arrive.
struct Handoff {
  /// Bytes of what arrives during a page that are kept for after it. With more, the next page reads them.
  static let keepsBytes = 64 << 10

  private enum Phase {
    /// History is read. What arrives is kept, as long as it has all of it.
    case replaying(kept: [LiveRun], bytes: Int)
    /// History is read, and what has arrived since was not kept: it takes another page.
    case behind
    case live
    case over
  }

  /// What is sent, or about to be, ends here.
  private(set) var position: Int64
  private var phase = Phase.behind

  init(after position: Int64) {
    self.position = position
  }

  var isLive: Bool { if case .live = phase { true } else { false } }
  var isOver: Bool { if case .over = phase { true } else { false } }

  /// The stream goes on somewhere else, in history again.
  mutating func move(to position: Int64) {
    self.position = position
    fallBehind()
  }

  /// Something has arrived, and was not kept.
  mutating func fallBehind() {
    if case .over = phase { return }
    phase = .behind
  }

  /// A page is about to be read behind the position. It will have everything that has arrived so far.
  mutating func beginPage() {
    if case .over = phase { return }
    phase = .replaying(kept: [], bytes: 0)
  }

  /// Something was committed. Gives what of it is to be sent now.
  mutating func arrive(_ run: LiveRun) -> LiveRun? {
    switch phase {
    case .over, .behind:
      return nil
    case .live:
      guard let new = run.behind(position) else { return nil }
      position = new.last
      return new
    case .replaying(var kept, let bytes):
      phase = .behind
      // History is in the journal: what happens meanwhile is kept only as far as that costs little.
      guard bytes + run.size <= Self.keepsBytes else { return nil }
      kept.append(run)
      phase = .replaying(kept: kept, bytes: bytes + run.size)
      return nil
    }
  }

  /// The page was sent. Gives what is to be sent now, with which the stream is live; nil when another page has to be read.
  mutating func endPage(through offset: Int64, isComplete: Bool) -> [LiveRun]? {
    position = max(position, offset)
    switch phase {
    case .live, .over: return []
    case .behind: return nil
    case .replaying(let kept, _):
      guard isComplete else { return nil }
      phase = .live
      return kept.compactMap { arrive($0) }
    }
  }

  mutating func end() {
    phase = .over
  }
}
