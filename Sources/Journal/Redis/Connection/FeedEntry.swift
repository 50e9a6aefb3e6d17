/// What the feed says of a batch: where it is, whose it is, and what it is called.
struct FeedEntry: Sendable {
  let last: Int64
  let task: String
  let count: Int64
  /// The number of its last record.
  let seq: Int64
  let time: Int64
  let isFinal: Bool
  /// The first offset of the task: with its id, it tells a task from another of the same name.
  let first: Int64
  let batch: String

  /// - Parameter reply: an entry of the stream, with its fields in the order in which they are written.
  init?(_ reply: RedisReply) {
    let parts = reply.elements
    guard parts.count == 2, let last = RedisRecord.offset(parts[0]) else { return nil }
    let fields = parts[1].elements
    guard fields.count >= 14, let task = fields[1].string, let count = fields[3].number, let seq = fields[5].number,
      let time = fields[7].number, let isFinal = fields[9].number, let first = fields[11].number,
      let batch = fields[13].string
    else { return nil }
    self.last = last
    self.task = task
    self.count = count
    self.seq = seq
    self.time = time
    self.isFinal = isFinal == 1
    self.first = first
    self.batch = batch
  }
}
