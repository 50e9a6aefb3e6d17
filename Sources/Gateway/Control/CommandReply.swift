import HTTP
import JSON
import Journal

/// What is answered to commands: the same members on every way.
enum CommandReply {
  /// The members of a receipt, with what came of the command where that is known.
  static func write(_ receipt: CommandReceipt, verdict: Verdict? = nil, into object: inout JSONWriter) {
    object.member("id", receipt.id)
    object.member("task", receipt.task)
    object.member("command", receipt.command)
    object.member("seq", receipt.seq)
    object.member("repeated", receipt.isRepeated)
    guard let verdict = verdict ?? receipt.verdict else { return }
    object.object("verdict") { write(verdict, into: &$0) }
  }

  /// The members of a verdict, of which the receipt beside it says what it is about.
  static func write(_ verdict: Verdict, into object: inout JSONWriter) {
    object.member("verdict", verdict.word.rawValue)
    object.member("why", ifPresent: verdict.why)
    object.member("afterMilliseconds", verdict.after)
    object.member("seq", verdict.seq)
  }

  /// The members of a round.
  static func write(_ round: CancelRound, into object: inout JSONWriter) {
    object.member("dryRun", round.isDryRun)
    object.member("count", round.tasks.count)
    write(round.tasks, as: "tasks", into: &object) { task, object in
      object.member("id", task.id)
      object.member("title", task.title)
      object.member("agent", task.opening.agent)
      object.member("owner", task.opening.owner)
      object.member("state", task.state)
    }
    if round.hasMore { object.member("more", true) }
    guard !round.isDryRun else { return }
    write(round.receipts, as: "receipts", into: &object) { write($0, into: &$1) }
    guard !round.refused.isEmpty else { return }
    write(round.refused, as: "refused", into: &object) { no, object in
      object.member("task", no.task)
      object.member("code", no.refusal.word)
      object.member("message", no.refusal.detail)
    }
  }

  /// A list with an object for each.
  private static func write<Item>(
    _ items: [Item], as name: String, into object: inout JSONWriter, _ write: (Item, inout JSONWriter) -> Void
  ) {
    object.array(name) { list in
      for item in items { list.object { write(item, &$0) } }
    }
  }
}
