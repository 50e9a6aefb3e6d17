import A2A
import Journal

/// A task as one profile tells it, worked out from its records as they come. A value without a clock and without chance: the same records
/// give the same events, however they are cut into pages, so whoever goes on in the middle takes the records before it in silence.
protocol ProfileTelling: Sendable {
  /// There is nothing more to tell.
  var isOver: Bool { get }
  /// Whether records of a run say how the task ends. A producer may end a task without a word.
  var saysItsEnd: Bool { get }

  /// - Parameter record: the next one of the task, which begins with its first.
  mutating func take(_ record: Record) -> [ProfileEvent]

  /// What a stream says first that begins here, if the profile has a word for that. It moves nobody's cursor.
  /// - Parameter time: milliseconds since 1970.
  func opening(at time: Int64) -> ProfileEvent?

  /// A sign of life, if the profile has a word for it. It is never journaled, and moves nobody's cursor.
  func heartbeat(at time: Int64) -> ProfileEvent?

  /// The end of a task whose records do not tell it.
  mutating func end(as state: TaskState, at time: Int64) -> [ProfileEvent]
}

extension ProfileTelling {
  func opening(at time: Int64) -> ProfileEvent? { nil }
  func heartbeat(at time: Int64) -> ProfileEvent? { nil }
}
