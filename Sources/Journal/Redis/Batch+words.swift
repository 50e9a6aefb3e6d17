extension Batch {
  /// What the script that appends is given, behind the epoch and the mark of a repetition.
  func words(named name: String, at time: Int64) -> RedisArguments {
    var words = RedisArguments(task)
    words.append(time)
    words.append(name)
    words.append(optional: key)
    words.append(optional: fence?.lease)
    words.append(opening: opening)
    words.append(opening: expected)
    words.append(stamp != nil)
    if let stamp {
      let through = stamp.seq + Int64(entries.count) - 1
      words.append(stamp.producer)
      for number in [stamp.epoch, stamp.seq, through, through + 1] { words.append(number) }
    }
    words.append(entries.allSatisfy(\.kind.mayFollowTheEnd))
    words.append(entries.count)
    for entry in entries {
      words.append(entry.kind.rawValue)
      words.append(entry.origin)
      words.append(entry.payload)
    }
    words.append(change != nil)
    if let change {
      words.append(change.state)
      words.append(change.isFinal)
      words.append(optional: change.snapshot)
      words.append(optional: change.title)
    }
    words.append(memos)
    return words
  }

  /// What it is once it is stored.
  func records(last: Int64, seq: Int64, time: Int64) -> [Record] {
    let count = Int64(entries.count)
    return entries.enumerated().map { index, entry in
      let behind = count - 1 - Int64(index)
      return Record(
        offset: last - behind, task: task, seq: seq - behind, time: time, kind: entry.kind, origin: entry.origin,
        payload: entry.payload)
    }
  }
}

extension RedisArguments {
  fileprivate mutating func append(opening: TaskOpening?) {
    append(opening != nil)
    guard let opening else { return }
    append(opening.owner)
    append(optional: opening.tenant)
    append(opening.agent)
    append(opening.title)
    append(optional: opening.key)
    append(optional: opening.context)
  }

  mutating func append(_ memos: [Memo]) {
    append(memos.count)
    for memo in memos {
      append(memo.name)
      append(optional: memo.body)
    }
  }
}

extension Appended {
  /// What the script says has become of a batch.
  init(_ reply: [RedisReply], of batch: Batch, at server: RedisServer) throws(JournalError) {
    func number(_ index: Int) throws(JournalError) -> Int64 {
      guard index < reply.count, let number = reply[index].number else {
        throw JournalError(.corrupt, "\(server) does not say what became of a batch.")
      }
      return number
    }
    switch reply.first?.string {
    case "stored":
      self = .stored(batch.records(last: try number(1), seq: try number(2), time: try number(3)))
    case "key": self = .duplicate(.key(seq: try number(1)))
    case "stamp": self = .duplicate(.stamp(through: try number(1)))
    case "opened": self = .duplicate(.opening(task: reply.count > 1 ? reply[1].string ?? "" : ""))
    case "exists": self = .refused(.taskExists)
    case "none": self = .refused(.noSuchTask)
    case "ended": self = .refused(.taskEnded)
    case "foreign": self = .refused(.fenced)
    case "gap": self = .refused(.producerGap(expected: try number(1)))
    case "fenced": self = .refused(.producerFenced(epoch: try number(1)))
    default: throw JournalError(.corrupt, "\(server) does not say what became of a batch.")
    }
  }
}
