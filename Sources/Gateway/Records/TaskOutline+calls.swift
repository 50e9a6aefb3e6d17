import A2A
import JSON

// Which tools run: begun, told of, ended.
extension TaskOutline {
  mutating func takeCall(_ report: JSONValue, _ type: String) {
    guard let new = Call(report) else { return }
    let known = calls.lastIndex { $0.isSame(as: new) }
    switch type {
    case ProgressReport.Kind.toolCompleted.name:
      if let known { calls.remove(at: known) }
    case ProgressReport.Kind.toolFailed.name:
      // One that is tried again goes on.
      let payload = report["payload"]
      let isOver = payload?["retryInMs"] == nil || payload?["denied"]?.bool == true
      if let known, isOver { calls.remove(at: known) }
    case ProgressReport.Kind.toolStarted.name where new.id == nil || known == nil:
      begin(new)
    case ProgressReport.Kind.toolStarted.name:
      // Another attempt, of which nothing is known yet.
      if let known { calls[known] = new }
    default:
      if let known { calls[known].take(report) } else { begin(new) }
    }
  }

  private mutating func begin(_ call: Call) {
    if calls.count == Self.callLimit { calls.removeFirst() }
    calls.append(call)
  }
}

extension TaskOutline.Call {
  /// Nil for a report that names neither tool nor call.
  init?(_ report: JSONValue) {
    func name(_ key: String) -> String? {
      let line = report[key]?.string.map { OneLine.first(of: $0, limit: TaskOutline.nameLimit) }
      return line?.isEmpty == false ? line : nil
    }
    let id = name("callId")
    guard let tool = name("tool") ?? id else { return nil }
    self.init(tool: tool, id: id, agent: name("agent"), agentTask: name("agentTask"))
    take(report)
  }

  mutating func take(_ report: JSONValue) {
    let begins = report["type"]?.equalsString(ProgressReport.Kind.toolStarted.name) == true
    if !begins, let words = report["message"]?.string {
      let line = OneLine.first(of: words, limit: TaskOutline.valueLimit)
      if !line.isEmpty { message = line }
    }
    step = report["step"]?.int ?? step
    total = report["total"]?.int ?? total
  }

  /// Agents below may use the same ids.
  func isSame(as other: Self) -> Bool {
    guard (agentTask ?? agent) == (other.agentTask ?? other.agent), id == other.id else { return false }
    return id != nil || tool == other.tool
  }
}
