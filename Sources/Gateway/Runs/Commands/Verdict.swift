import JSON
import Journal

/// What came of a command.
struct Verdict: Sendable, Equatable {
  enum Word: String, Sendable, Equatable, CaseIterable {
    /// The task has ended as canceled.
    case stopped
    /// The agent said no.
    case refused
    /// The agent kept on; the gateway has ended the task.
    case ignored
    /// The task had ended by itself before.
    case tooLate = "too-late"
    /// The agent does not have it, or nobody knows whether it has.
    case undelivered
    /// The agent has what was said.
    case taken
    case paused
    case resumed
  }

  let word: Word
  /// `cancel`, `send`, …
  let command: String
  /// Of the command.
  let id: String
  let by: String
  /// A sentence.
  var why: String?
  /// Milliseconds since the command came.
  let after: Int64
  /// The number of its record.
  var seq: Int64 = 0
}

extension Verdict {
  /// As it is journaled: `{"verdict":…,"command":…,"id":…,"by":…,"why":…?,"afterMilliseconds":…}`.
  func write(into object: inout JSONWriter) {
    object.member("verdict", word.rawValue)
    object.member("command", command)
    object.member("id", id)
    object.member("by", by)
    object.member("why", ifPresent: why)
    object.member("afterMilliseconds", after)
  }

  /// Nil for what this does not write.
  init?(reading value: JSONValue, seq: Int64) {
    guard let word = value["verdict"]?.string.flatMap(Word.init), let command = value["command"]?.string,
      let id = value["id"]?.string, let by = value["by"]?.string
    else { return nil }
    self.init(
      word: word, command: command, id: id, by: by, why: value["why"]?.string,
      after: value["afterMilliseconds"]?.int ?? 0, seq: seq)
  }
}

extension Verdict {
  /// Nil for what is no verdict.
  init?(_ record: Record) {
    guard record.kind == .verdict, let value = try? JSONValue(parsing: record.payload) else { return nil }
    self.init(reading: value, seq: record.seq)
  }

  /// Of the command.
  var key: RunCommand.Key { RunCommand.Key(by: by, id: id) }
}
