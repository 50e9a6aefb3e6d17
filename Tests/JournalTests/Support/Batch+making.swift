import Journal

extension Batch {
  /// Begins a task with one event.
  static func opening(
    _ task: String, owner: String = "alex", tenant: String? = nil, agent: String = "agent", title: String = "",
    key: String? = nil, context: String? = nil
  ) -> Batch {
    Batch(
      task: task, entries: [Entry("opened")],
      opening: TaskOpening(owner: owner, tenant: tenant, agent: agent, title: title, key: key, context: context),
      change: TaskChange(state: "submitted"))
  }

  func remembering(_ memos: Memo...) -> Batch {
    var batch = self
    batch.memos = memos
    return batch
  }

  static func events(_ task: String, _ texts: [String]) -> Batch {
    Batch(task: task, entries: texts.map { Entry($0) })
  }

  static func end(_ task: String) -> Batch {
    Batch(task: task, entries: [Entry("end")], change: TaskChange(state: "completed", isFinal: true))
  }
}

extension Entry {
  init(_ text: String, kind: RecordKind = .event) {
    self.init(kind, origin: "test", payload: Array(text.utf8))
  }
}

extension Record {
  var text: String { String(decoding: payload, as: UTF8.self) }
}

extension Appended {
  var records: [Record] {
    if case .stored(let records) = self { records } else { [] }
  }
}

extension Journal {
  @discardableResult
  func store(_ batch: Batch) async throws -> [Record] {
    let outcome = try await append(batch)
    guard case .stored(let records) = outcome else { throw NotStored(outcome: outcome) }
    return records
  }

  func all(of task: String, after offset: Int64 = 0) async throws -> [Record] {
    try await records(.tasks([task]), after: offset, limit: ReadLimit(records: .max)).records
  }
}

extension Memo {
  init(_ name: String, text: String) {
    self.init(name, Array(text.utf8))
  }
}

struct NotStored: Error {
  let outcome: Appended
}
