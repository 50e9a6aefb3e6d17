/// Lists, pages and memos: what is asked in pieces, so that no single one keeps the server, which does one thing at a time, for long.
struct RedisReads: Sendable {
  /// Of one call of a script.
  private static let recordsAtOnce = 1000
  private static let tasksAtOnce = 2000
  /// Offsets that one page goes through, so that whoever may see little does not keep others waiting.
  private static let window: Int64 = 20_000

  let client: RedisClient

  // MARK: Pages

  /// What a page has so far, and what may still go in.
  private struct Filling {
    var records: [Record] = []
    var bytes = 0
    let limit: ReadLimit

    func words(after offset: Int64) -> RedisArguments {
      var words = RedisArguments()
      words.append(offset)
      words.append(min(RedisReads.recordsAtOnce, max(0, limit.records - records.count)))
      words.append(max(0, limit.bytes - bytes))
      words.append(!records.isEmpty)
      return words
    }

    mutating func add(_ record: Record) {
      bytes += record.payload.count
      records.append(record)
    }

    /// The call has given as much as one may; whether the page is full is another question.
    func mayGoOn(after given: Int) -> Bool {
      given >= RedisReads.recordsAtOnce && records.count < limit.records && bytes < limit.bytes
    }
  }

  func page(of ids: [String], after offset: Int64, limit: ReadLimit) async throws(JournalError) -> Page {
    let ids = Array(Set(ids))
    var filling = Filling(limit: limit)
    var place = offset
    while true {
      var words = filling.words(after: place)
      words.append(ids.count)
      for id in ids { words.append(id) }
      let reply = try await client.ask(.script(.pageOfTasks, words)).elements
      guard reply.count >= 2, let tail = reply[0].number else { throw Self.unreadable }
      var given = 0
      for index in stride(from: 2, to: reply.count - 1, by: 2) {
        guard let lane = reply[index].number, ids.indices.contains(Int(lane)) else { throw Self.unreadable }
        filling.add(try RedisRecord.record(reply[index + 1], of: ids[Int(lane)]))
        given += 1
      }
      if reply[1].string == "1" {
        return Page(records: filling.records, through: max(offset, tail), isComplete: true)
      }
      place = filling.records.last?.offset ?? place
      guard filling.mayGoOn(after: given) else {
        return Page(records: filling.records, through: place, isComplete: false)
      }
    }
  }

  func page(
    visible: [TaskQuery.Visibility], after offset: Int64, limit: ReadLimit
  ) async throws(JournalError) -> Page {
    var filling = Filling(limit: limit)
    var place = offset
    while true {
      var words = filling.words(after: place)
      words.append(Self.window)
      words.append(visible)
      let reply = try await client.ask(.script(.pageOfAll, words)).elements
      guard reply.count >= 2, let through = reply[0].number else { throw Self.unreadable }
      var given = 0
      for index in stride(from: 2, to: reply.count - 1, by: 2) {
        guard let task = reply[index].string else { throw Self.unreadable }
        filling.add(try RedisRecord.record(reply[index + 1], of: task))
        given += 1
      }
      if reply[1].string == "all" {
        return Page(records: filling.records, through: max(offset, through), isComplete: true)
      }
      place = max(place, through)
      let isFull = reply[1].string == "full" && !filling.mayGoOn(after: given)
      if isFull || place - offset >= Self.window {
        return Page(records: filling.records, through: place, isComplete: false)
      }
    }
  }

  private static var unreadable: JournalError { JournalError(.corrupt, "The journal gave a page that cannot be read.") }

  // MARK: Tasks

  func tasks(_ query: TaskQuery) async throws(JournalError) -> [StoredTask] {
    var found: [StoredTask] = []
    var before = query.before.map { String($0) } ?? ""
    repeat {
      var words = RedisArguments()
      words.append(query)
      words.append(before)
      words.append(query.limit - found.count)
      words.append(!query.withSnapshots)
      words.append(Self.tasksAtOnce)
      let reply = try await client.ask(.script(.list, words)).elements
      found += try RedisRecord.tasks(reply.dropFirst())
      before = reply.first?.string ?? ""
    } while !before.isEmpty && found.count < query.limit
    return found
  }

  func count(_ query: TaskQuery) async throws(JournalError) -> Int {
    var count = 0
    var before = ""
    repeat {
      var words = RedisArguments()
      words.append(query)
      words.append(before)
      words.append(Self.tasksAtOnce)
      let reply = try await client.ask(.script(.count, words)).elements
      guard reply.count == 2, let some = reply[1].number else { throw Self.unreadable }
      count += Int(some)
      before = reply[0].string ?? ""
    } while !before.isEmpty
    return count
  }

  func standing(_ selection: Selection, limit: Int) async throws(JournalError) -> Standing {
    var words = RedisArguments()
    switch selection {
    case .tasks(let ids):
      words.append("tasks")
      words.append(ids.count)
      for id in ids { words.append(id) }
    case .visible(let alternatives):
      words.append("visible")
      words.append(alternatives)
      words.append(limit)
    }
    let reply = try await client.ask(.script(.standing, words)).elements
    guard let offset = reply.first?.number else { throw Self.unreadable }
    var tasks = try RedisRecord.tasks(reply.dropFirst())
    if case .visible = selection { tasks.sort { $0.firstOffset > $1.firstOffset } }
    return Standing(tasks: tasks, offset: offset)
  }

  // MARK: Memos

  func memos(of task: String, under prefix: String) async throws(JournalError) -> [Memo] {
    let reply = try await client.ask(.script(.memosOfTask, RedisArguments(task, prefix))).elements
    var memos: [Memo] = []
    for index in stride(from: 0, to: reply.count - 1, by: 2) {
      memos.append(Memo(reply[index].string ?? "", reply[index + 1].content))
    }
    return memos.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  func memos(under prefix: String, ofRunning: Bool) async throws(JournalError) -> [TaskMemo] {
    var found: [TaskMemo] = []
    var place = ""
    repeat {
      var words = RedisArguments(ofRunning ? "running" : "all", prefix, place)
      words.append(500)
      let reply = try await client.ask(.script(.memosOfAll, words)).elements
      place = reply.first?.string ?? ""
      var ofTask: [Memo] = []
      for index in stride(from: 1, to: reply.count - 2, by: 3) {
        let task = reply[index].string ?? ""
        ofTask.append(Memo(reply[index + 1].string ?? "", reply[index + 2].content))
        guard index + 3 >= reply.count || reply[index + 3].string != task else { continue }
        ofTask.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        found += ofTask.map { TaskMemo(task: task, memo: $0) }
        ofTask = []
      }
    } while !place.isEmpty
    return found
  }
}

extension RedisArguments {
  mutating func append(_ visible: [TaskQuery.Visibility]) {
    append(visible.count)
    for one in visible {
      append(optional: one.owner)
      append(optional: one.tenant)
      append(one.agents)
    }
  }

  private mutating func append(_ names: Set<String>?) {
    append(names?.count ?? -1)
    for name in names ?? [] { append(name) }
  }

  mutating func append(_ query: TaskQuery) {
    append(query.visible)
    append(query.states)
    append(query.isFinal.map { $0 ? "1" : "0" } ?? "")
    append(optional: query.agent)
    append(optional: query.owner)
    append(optional: query.context)
    append(query.updatedSince.map { String($0) } ?? "")
    append(query.order == .opening ? "opening" : "update")
    append(query.text ?? "")
  }
}
