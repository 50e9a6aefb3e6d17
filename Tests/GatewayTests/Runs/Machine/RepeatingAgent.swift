import A2A
import JSON
import TestSupport

@testable import Gateway

/// An agent that tells a task by dice, and to whoever comes back what may not have been heard, as examples/signalbox-agent does.
struct RepeatingAgent {
  /// Everything that it will have said, in order.
  let events: [TaskEvent.StatusUpdate]
  /// So many it takes for heard.
  private(set) var taken = 0
  /// So many of these may not have been.
  private var doubt = 0

  init(_ count: Int, _ random: inout SeededRandom) {
    var events: [TaskEvent.StatusUpdate] = []
    var question: TaskStatus?
    for number in 1...count {
      switch Int.random(in: 0..<10, using: &random) {
      case 0 where question == nil:
        let asked = Self.status(.inputRequired, number, "q-\(number)", nil)
        question = asked
        events.append(.init(taskID: "a1", contextID: "inner", status: asked))
      case 1: question = nil
      default: break
      }
      let report = Self.report(number)
      // There are agents that call everything they say the same.
      let id = Int.random(in: 0..<4, using: &random) == 0 ? "same" : "said-\(number)"
      // Amid a question the task stands as it does, and the report is beside it.
      let status = question ?? Self.status(.working, number, id, report)
      events.append(.init(taskID: "a1", contextID: "inner", status: status, metadata: report))
    }
    self.events = events
  }

  private static func status(_ state: TaskState, _ number: Int, _ id: String, _ report: JSONValue?) -> TaskStatus {
    var message = Message(id: id, role: .agent, text: "Step", contextID: "inner", taskID: "a1")
    message.metadata = report
    return TaskStatus(
      state, message: message, timestamp: Timestamp(millisecondsSince1970: 1_772_357_410_000 + Int64(number)))
  }

  private static func report(_ number: Int) -> JSONValue {
    var report = ProgressReport(.progress)
    report.step = number
    return report.metadata()
  }

  /// The numbers of the reports in an event, as pages read them: beside the words, or in them.
  static func step(_ event: TaskEvent) -> Int? {
    guard case .status(let update) = event else { return nil }
    return ProgressReport(metadata: update.metadata ?? update.status.message?.metadata)?.step
  }

  // MARK: Lines

  /// What a subscription brings, up to so many events behind what was taken.
  mutating func line(_ count: Int) -> [TaskEvent] {
    let shown = taken > 0 ? events[taken - 1].status : TaskStatus(.working)
    var said: [TaskEvent] = [.task(AgentTask(id: "a1", contextID: "inner", status: shown))]
    for index in max(0, taken - doubt)..<taken {
      // The snapshot has it.
      if index == taken - 1, events[index].status.message?.metadata != nil { continue }
      if let again = repeated(events[index]) { said.append(.status(again)) }
    }
    let end = min(taken + count, events.count)
    said += events[taken..<end].map { .status($0) }
    taken = end
    doubt = 0
    return said
  }

  private func repeated(_ event: TaskEvent.StatusUpdate) -> TaskEvent.StatusUpdate? {
    guard let report = event.metadata?[ProgressReport.extensionURI] else { return nil }
    var again = event
    let shown = events[taken - 1].status
    if shown.state.isInterrupted { again.status = shown }
    var writer = JSONWriter()
    writer.object { object in
      object.object(ProgressReport.extensionURI) { object in
        object.member("repeated", true)
        object.member("repeats", event.status.message?.id ?? "")
        // In another order, as the maps of some libraries have it.
        for (key, value) in report.members.reversed() { object.member(key, value) }
      }
    }
    again.metadata = try? JSONValue(parsing: writer.bytes)
    return again
  }

  /// The line breaks: the last may have been heard and not be taken for that, and some that are may not have been.
  mutating func breaks(unheard: Int, untaken: Int, _ random: inout SeededRandom) {
    taken -= min(taken, untaken)
    doubt = min(taken, unheard + Int.random(in: 1...4, using: &random))
  }
}
