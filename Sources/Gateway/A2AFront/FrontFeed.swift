import A2A
import A2AWire
import Journal
import Synchronization

/// One reader of a task: its records as A2A events, for as long as the right to see them lasts.
actor FrontFeed {
  private let records: any RecordFeed
  private let grant: StreamGrant
  private let end = Mutex<GrantEnd?>(nil)
  private(set) var telling: TaskTelling
  /// What is to be told, the next one last.
  private var due: [TaskEvent]

  init(_ telling: TaskTelling, of records: any RecordFeed, under grant: StreamGrant) {
    var telling = telling
    due = telling.begin().reversed()
    self.telling = telling
    self.records = records
    self.grant = grant
    // It ends with the grant, which is given back when nobody reads any more.
    Task { [weak self] in
      for await notice in grant.notices {
        if case .ended(let end) = notice { self?.end(end) }
      }
    }
  }

  /// Nil at the end of what is to be told, and once nobody reads on.
  func next() async throws(TaskFeedEnd) -> TaskEvent? {
    while true {
      if let end = end.withLock({ $0 }) { throw .failed(.rightIsOver(end)) }
      if let event = due.popLast() { return event }
      if telling.isOver { return nil }
      guard let page = try await page() else {
        if end.withLock({ $0 }) != nil { continue }
        return nil
      }
      due = page.flatMap { telling.take($0) }.reversed()
    }
  }

  private func page() async throws(TaskFeedEnd) -> [Record]? {
    do throws(JournalError) {
      return try await records.next()
    } catch {
      throw .failed(A2AError(error))
    }
  }

  nonisolated func close() {
    records.close()
    grant.close()
  }

  private nonisolated func end(_ reason: GrantEnd) {
    end.withLock { $0 = reason }
    records.close()
  }
}

extension A2AError {
  /// Tasks go on; whoever listened has to come again with something that is good.
  fileprivate static func rightIsOver(_ end: GrantEnd) -> A2AError {
    let why =
      switch end {
      case .expired: "The credential has expired"
      case .revoked: "The credential is not good any more"
      case .forbidden: "The policy does not let you see this task any more"
      }
    var error = A2AError(.other(end == .forbidden ? 403 : 401), "\(why), so this ends here; the task goes on.")
    error.reason = "RIGHT_\(end.rawValue.uppercased())"
    return error
  }
}
