import A2A
import JSON
import Journal

// As it is kept, and as it is told.
extension TaskOutline {
  /// `{"message":…?,"facts":{…}?,"calls":[…]?,"place":…?,"paused":true?,"cost":…?,"budgetRemaining":…?}`
  var memo: Memo {
    var writer = JSONWriter()
    writer.object { object in
      write(into: &object)
      writeCalls(into: &object)
      object.member("place", ifPresent: place)
      if isPaused { object.member("paused", true) }
      costs.write(into: &object)
    }
    return Memo(Memo.outline, writer.bytes)
  }

  /// What was kept of the task; nothing where that is nothing that can be read.
  init(_ kept: [UInt8]?) {
    guard let kept, let value = try? JSONValue(parsing: kept) else { return }
    message = value["message"]?.string ?? ""
    if let told = value["facts"] {
      facts = told.members.compactMap { name, value in value.string.map { Fact(name: name, value: $0) } }
    }
    calls = value["calls"]?.elements.compactMap(Call.init(kept:)) ?? []
    place = value["place"]?.int
    isPaused = value["paused"]?.bool ?? false
    costs = TaskCosts(kept: value)
  }

  /// `message`, `facts`, `calls`, `place` and `paused` of a task's document; what there is nothing of is left out.
  func write(of task: StoredTask, into object: inout JSONWriter) {
    write(into: &object)
    guard !task.isFinal else { return }
    if isPaused { object.member("paused", true) }
    writeCalls(into: &object)
    if task.state == TaskState.submitted.word { object.member("place", ifPresent: place) }
  }

  private func writeCalls(into object: inout JSONWriter) {
    guard !calls.isEmpty else { return }
    object.array("calls") { list in for call in calls { list.object { call.write(into: &$0) } } }
  }

  private func write(into object: inout JSONWriter) {
    if !message.isEmpty { object.member("message", message) }
    if !facts.isEmpty {
      object.object("facts") { list in for fact in facts { list.member(fact.name, fact.value) } }
    }
  }
}

extension TaskOutline.Call {
  fileprivate init?(kept value: JSONValue) {
    guard let tool = value["tool"]?.string else { return nil }
    self.init(
      tool: tool, id: value["callId"]?.string, agent: value["agent"]?.string, agentTask: value["agentTask"]?.string,
      message: value["message"]?.string ?? "", step: value["step"]?.int, total: value["total"]?.int)
  }

  /// In the words of the reports.
  fileprivate func write(into object: inout JSONWriter) {
    object.member("tool", tool)
    object.member("callId", ifPresent: id)
    object.member("agent", ifPresent: agent)
    object.member("agentTask", ifPresent: agentTask)
    if !message.isEmpty { object.member("message", message) }
    object.member("step", ifPresent: step)
    object.member("total", ifPresent: total)
  }
}
