import A2A
import HTTP
import Journal

/// Some entries of the stream, in its order, and how they are brought into the journal so that each is there once, and those of a task in
/// their order, whoever dies meanwhile. A value.
///
/// Why that is so rests on four things:
///
/// 1. **One gateway at a time is given entries.** Whoever asks for some shows its lease in the same script that gives them. A new holder is
///    given everything first, in order, that others were given and have not settled, and only then what is new.
/// 2. **An entry is settled only after the journal has answered for it**, in a script that looks at the lease again.
/// 3. **Storing again changes nothing**: an event has its producer's count, a task its id as the key of its opening. So a holder that has
///    lost its lease and does not know it yet can only store what the new one stores as well, at the same place or not at all: all that
///    stands before it in the stream is stored, and what is behind the count's end is refused.
/// 4. **A producer's later epoch is stored only when all before it is settled.** Otherwise an entry of the earlier epoch that comes again
///    would be refused as fenced, though it was stored.
struct StreamPage: Sendable {
  /// One is begun when the one before is settled.
  let segments: [Segment]

  struct Segment: Sendable {
    /// Of one task each, so that they may be done at once; the steps of a task follow each other.
    var chains: [[Step]] = []
  }

  /// What is stored in one piece, as far as it can be.
  struct Step: Sendable {
    let task: String
    /// The task is opened before.
    let opening: NewTask?
    /// One behind the other in their producer's count. Empty where a task is opened and nothing else.
    var events: [(id: String, event: StreamEntry.Event)]
    /// The entry that opens a task, or is no good.
    let id: String
    /// Why it is no good. In its place in the task stands that something is missing, so that what comes after it has its place.
    let fault: (refusal: Refusal, stamp: ProducerStamp?)?

    /// Its entries.
    var ids: [String] { events.isEmpty ? [id] : events.map(\.id) }

    fileprivate static let eventLimit = 100
    fileprivate static let byteLimit = 1 << 20
  }

  init(_ entries: [StreamEntry]) {
    var segments: [Segment] = []
    var current = Builder()
    for entry in entries {
      if let place = entry.place, current.beginsEpoch(place) {
        segments.append(current.segment)
        current = Builder()
      }
      current.add(entry)
    }
    segments.append(current.segment)
    self.segments = segments.filter { !$0.chains.isEmpty }
  }

  private struct Builder {
    private(set) var segment = Segment()
    private var chains: [String: Int] = [:]
    private var epochs: [String: Int64] = [:]

    /// Whether another epoch of that producer is in this segment.
    func beginsEpoch(_ place: Place) -> Bool {
      guard let known = epochs[Self.key(place)] else { return false }
      return known != place.stamp.epoch
    }

    typealias Place = StreamEntry.Place

    private static func key(_ place: Place) -> String { "\(place.task) \(place.stamp.producer)" }

    mutating func add(_ entry: StreamEntry) {
      if let place = entry.place { epochs[Self.key(place)] = place.stamp.epoch }
      switch entry.content {
      case .bad(let refusal, let place):
        put(
          Step(
            task: place?.task ?? "", opening: nil, events: [], id: entry.id, fault: (refusal, place?.stamp)))
      case .good(let ask):
        let events = ask.event.map { [(entry.id, $0)] } ?? []
        put(Step(task: ask.task, opening: ask.opening, events: events, id: entry.id, fault: nil))
      }
    }

    private mutating func put(_ step: Step) {
      guard let index = chains[step.task] else {
        chains[step.task] = segment.chains.count
        segment.chains.append([step])
        return
      }
      let last = segment.chains[index].count - 1
      if segment.chains[index][last].takes(step) {
        segment.chains[index][last].events += step.events
      } else {
        segment.chains[index].append(step)
      }
    }
  }
}

extension StreamPage.Step {
  /// Whether both can be stored as one.
  fileprivate func takes(_ next: Self) -> Bool {
    guard let last = events.last?.event, let event = next.events.first?.event, next.opening == nil, fault == nil,
      next.fault == nil, last.state?.isTerminal != true, events.count < Self.eventLimit
    else { return false }
    let bytes = events.reduce(event.payload.count) { $0 + $1.event.payload.count }
    return event.stamp.producer == last.stamp.producer && event.stamp.epoch == last.stamp.epoch
      && event.stamp.seq == last.stamp.seq + 1 && bytes <= Self.byteLimit
  }
}
