import A2A
import Journal

/// The words of a profile that is made from canonical events. It is told each of them once, in order, and what the reader knows by then.
protocol Vocabulary: Sendable {
  mutating func tell(_ event: CanonicalEvent, _ story: CanonicalStory) -> [ProfileEvent]
  func opening(at time: Int64, _ story: CanonicalStory) -> ProfileEvent?
  func heartbeat(at time: Int64) -> ProfileEvent?
}

extension Vocabulary {
  func opening(at time: Int64, _ story: CanonicalStory) -> ProfileEvent? { nil }
  func heartbeat(at time: Int64) -> ProfileEvent? { nil }
}

struct CanonicalTelling<Words: Vocabulary>: ProfileTelling {
  private var reader: CanonicalReader
  private var words: Words

  init(_ task: ToldTask, _ words: Words) {
    reader = CanonicalReader(task)
    self.words = words
  }

  var isOver: Bool { reader.story.hasEnded }
  var saysItsEnd: Bool { reader.story.isRun }

  mutating func take(_ record: Record) -> [ProfileEvent] { tell(reader.take(record)) }

  mutating func end(as state: TaskState, at time: Int64) -> [ProfileEvent] { tell(reader.end(as: state, at: time)) }

  func opening(at time: Int64) -> ProfileEvent? { words.opening(at: time, reader.story) }
  func heartbeat(at time: Int64) -> ProfileEvent? { words.heartbeat(at: time) }

  private mutating func tell(_ events: [CanonicalEvent]) -> [ProfileEvent] {
    events.flatMap { words.tell($0, reader.story) }
  }
}
