import JSON
import Journal

/// What is remembered of a command for as long as its task is kept: so that it is known when it comes again, and so that it goes on after
/// a restart.
struct CommandMemory: Sendable, Equatable {
  let key: RunCommand.Key
  let command: String
  let fingerprint: String
  /// The number of its record.
  let seq: Int64
  /// Milliseconds since 1970 when it came.
  let since: Int64
  /// It has left for the agent, or may have.
  var isDelivered = false
  var verdict: Verdict?

  /// All commands of a task.
  static let family = "command/"

  static func name(of key: RunCommand.Key) -> String { "\(family)\(key.by.utf8.count)/\(key.by)/\(key.id)" }

  /// The answer when it comes again; nil for another command of the same name.
  func receipt(for command: RunCommand, of task: String) -> CommandReceipt? {
    guard command.fingerprint == fingerprint else { return nil }
    return CommandReceipt(
      id: key.id, task: task, command: self.command, seq: seq, isRepeated: true, verdict: verdict)
  }

  /// Nothing more will come of it. Who claims a question has that at once, and a review is kept and told to nobody.
  var isSettled: Bool { verdict != nil || command == "claim" || command == "release" || command == TaskReviews.command }

  var memo: Memo {
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", key.id)
      object.member("by", key.by)
      object.member("command", command)
      object.member("fingerprint", fingerprint)
      object.member("seq", seq)
      object.member("since", since)
      if isDelivered { object.member("delivered", true) }
      if let verdict {
        object.object("verdict") { verdict.write(into: &$0) }
        object.member("verdictSeq", verdict.seq)
      }
    }
    return Memo(Self.name(of: key), writer.bytes)
  }

  /// Nil for what this does not write.
  init?(_ memo: Memo) {
    guard let body = memo.body, let value = try? JSONValue(parsing: body), let id = value["id"]?.string,
      let by = value["by"]?.string, let command = value["command"]?.string,
      let fingerprint = value["fingerprint"]?.string, let seq = value["seq"]?.int
    else { return nil }
    self.init(
      key: RunCommand.Key(by: by, id: id), command: command, fingerprint: fingerprint, seq: seq,
      since: value["since"]?.int ?? 0)
    isDelivered = value["delivered"]?.bool ?? false
    verdict = value["verdict"].flatMap { Verdict(reading: $0, seq: value["verdictSeq"]?.int ?? 0) }
  }

  init(key: RunCommand.Key, command: String, fingerprint: String, seq: Int64, since: Int64) {
    self.key = key
    self.command = command
    self.fingerprint = fingerprint
    self.seq = seq
    self.since = since
  }
}
