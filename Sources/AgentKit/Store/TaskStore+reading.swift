package import A2A
package import A2AWire

extension TaskStore {
  package func task(_ request: GetTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try check(historyLength: request.historyLength)
    return try find(request.id, call).record.snapshot(historyLength: request.historyLength)
  }

  package func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    let entry = try find(request.id, call)
    guard !entry.record.isEnded else {
      throw A2AError(
        .unsupportedOperation,
        "The task \(entry.record.id) has ended (\(entry.record.status.state)): there is nothing more to come. Get it.")
    }
    entry.streams.removeAll { !$0.isOpen }
    guard entry.streams.count < limits.streamsPerTask else {
      throw .full("The task \(entry.record.id) has \(limits.streamsPerTask) streams, which is all it may have.")
    }
    let stream = try openStream(endsWhenInterrupted: false)
    // Nothing can happen in between: what comes next is put into this stream, too.
    stream.put(.task(entry.record.snapshot()), byteCount: 0)
    entry.streams.append(stream)
    return stream.feed
  }

  package func tasks(_ request: ListTasksRequest, _ call: CallContext) async throws(A2AError) -> TaskPage {
    try check(historyLength: request.historyLength)
    let size = request.pageSize ?? 50
    guard (1...100).contains(size) else { throw A2AError(.invalidParams, "pageSize is 1 to 100, not \(size).") }
    let start = try request.pageToken.flatMap { $0.isEmpty ? nil : $0 }.map { token throws(A2AError) in
      guard let place = TaskPlace(token: token) else {
        throw A2AError(.invalidParams, "The pageToken is none that this agent gave.")
      }
      return place
    }
    let found = tasks.values.filter { entry in
      let record = entry.record
      return entry.isVisible && record.owner == call.caller
        && (request.contextID == nil || request.contextID == record.contextID)
        && (request.state == nil || request.state == record.status.state)
        && request.statusTimestampAfter.map { after in record.status.timestamp.map { $0 >= after } ?? false } ?? true
    }.map { (place: TaskPlace($0.record), record: $0.record) }.sorted { $0.place < $1.place }
    let rest = start.map { start in found.filter { start < $0.place } } ?? found
    let page = rest.prefix(size)
    return TaskPage(
      tasks: page.map {
        $0.record.snapshot(historyLength: request.historyLength, withArtifacts: request.includeArtifacts)
      }, nextPageToken: rest.count > size ? page.last?.place.token : nil, pageSize: size, totalSize: found.count)
  }

  private func check(historyLength: Int?) throws(A2AError) {
    if let historyLength, historyLength < 0 {
      throw A2AError(.invalidParams, "historyLength is 0 or more, not \(historyLength).")
    }
  }
}

/// Where a task stands in a list: the newest status first, and of two at the same time the newer task.
struct TaskPlace: Comparable {
  let time: Int64
  let number: Int

  init(_ record: TaskRecord) {
    time = record.status.timestamp?.millisecondsSince1970 ?? 0
    number = record.number
  }

  init?(token: String) {
    let parts = token.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let time = Int64(parts[0], radix: 36), let number = Int(parts[1], radix: 36) else {
      return nil
    }
    self.time = time
    self.number = number
  }

  /// What the page ended with. A task whose status changes in between moves to the front, and is not lost behind it.
  var token: String { "\(String(time, radix: 36))-\(String(number, radix: 36))" }

  static func < (left: TaskPlace, right: TaskPlace) -> Bool {
    (left.time, left.number) > (right.time, right.number)
  }
}
