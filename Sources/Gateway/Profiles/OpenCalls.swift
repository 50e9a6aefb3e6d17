/// Calls of tools that have begun and not ended. Tools run at the same time, so what an agent says of one goes to the call that it names;
/// where it names none, to the oldest of that tool.
struct OpenCalls: Sendable {
  private struct Call: Sendable {
    let id: String
    let tool: String
    let since: Int64
  }

  private var open: [Call] = []
  private var begun = 0

  mutating func match(_ event: inout CanonicalEvent) {
    switch event.type {
    case .toolStarted:
      begun += 1
      let id = event.callID ?? "call-\(begun)"
      event.callID = id
      open.removeAll { $0.id == id }
      open.append(Call(id: id, tool: event.tool ?? "", since: event.time))
    case .toolProgress, .toolCompleted, .toolFailed:
      guard let index = index(of: event) else { return }
      let call = open[index]
      event.callID = call.id
      if event.tool == nil, !call.tool.isEmpty { event.tool = call.tool }
      guard event.type != .toolProgress else { return }
      event.durationMilliseconds = event.durationMilliseconds ?? Int(max(0, event.time - call.since))
      open.remove(at: index)
    default: break
    }
  }

  private func index(of event: CanonicalEvent) -> Int? {
    if let id = event.callID { return open.firstIndex { $0.id == id } }
    if let tool = event.tool { return open.firstIndex { $0.tool == tool } }
    // Without either, it is clear only where one tool is at work.
    return open.count == 1 ? 0 : nil
  }
}
