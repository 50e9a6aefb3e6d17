/// How replies become records and tasks.
enum RedisRecord {
  /// The offset in the id of a stream's entry: `<offset>-0`.
  static func offset(_ id: RedisReply) -> Int64? {
    guard case .bytes(let bytes) = id, let dash = bytes.firstIndex(of: UInt8(ascii: "-")) else { return nil }
    return Int64(ascii: bytes[..<dash])
  }

  /// An entry of a task's stream, with its fields in the order in which they are written.
  static func record(_ entry: RedisReply, of task: String) throws(JournalError) -> Record {
    let parts = entry.elements
    let fields = parts.count == 2 ? parts[1].elements : []
    guard fields.count >= 10, let offset = offset(parts[0]), let seq = fields[1].number, let time = fields[3].number,
      let kind = fields[5].number.flatMap({ RecordKind(rawValue: $0) }), let origin = fields[7].string,
      let payload = fields[9].content
    else { throw JournalError(.corrupt, "The journal holds a record of task \(task) that cannot be read.") }
    return Record(
      offset: offset, task: task, seq: seq, time: time, kind: kind, origin: origin, payload: payload)
  }

  /// Six fields as a script has found them. What may be missing has "=" before it when it is there.
  static func opening(_ fields: ArraySlice<RedisReply>) -> TaskOpening? {
    guard fields.count >= 6 else { return nil }
    let start = fields.startIndex
    guard let owner = fields[start].string, let agent = fields[start + 2].string, let title = fields[start + 3].string
    else { return nil }
    return TaskOpening(
      owner: owner, tenant: optional(fields[start + 1]), agent: agent, title: title, key: optional(fields[start + 4]),
      context: optional(fields[start + 5]))
  }

  private static func optional(_ reply: RedisReply) -> String? {
    guard let text = reply.string, !text.isEmpty else { return nil }
    return String(text.dropFirst())
  }

  /// A task as `row` of the scripts gives it.
  static func task(_ reply: RedisReply) throws(JournalError) -> StoredTask {
    let fields = reply.elements
    guard fields.count == 18, let opening = opening(fields[0..<6]), let state = fields[7].string,
      let opened = fields[9].number, let updated = fields[10].number, let first = fields[11].number,
      let last = fields[12].number, let seq = fields[13].number, let id = fields[17].string
    else { throw JournalError(.corrupt, "The journal holds a task that cannot be read.") }
    return StoredTask(
      id: id, opening: opening, state: state, isFinal: fields[8].string == "1", opened: opened, updated: updated,
      firstOffset: first, lastOffset: last, lastSeq: seq, snapshot: fields[14].content, title: optional(fields[6]),
      outline: fields[16].content, lease: fields[15].string.map { Fence(lease: $0) })
  }

  static func tasks(_ replies: some Sequence<RedisReply>) throws(JournalError) -> [StoredTask] {
    var tasks: [StoredTask] = []
    for reply in replies { tasks.append(try task(reply)) }
    return tasks
  }
}
