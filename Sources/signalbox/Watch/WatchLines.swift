import Foundation
import HTTP
import JSON

/// `watch` where there is no terminal: what happens, line by line.
struct WatchLines {
  let options: WatchOptions

  func run(_ desk: ControlDesk, _ link: inout ControlLink) async throws {
    var screen = TailScreen(drawsBar: false)
    var lines = RecordLines(showsTask: true)
    var choice = WatchBoard.Choice(agent: options.agent)
    var whose: [String: TaskSummary] = [:]
    link.start()
    await link.ask(ControlRequest(id: CommandID.make(), act: .subscribe(after: "latest")))
    do {
      for await input in desk.inputs {
        if case .signal = input { throw CommandFailure(.interrupted, []) }
        for output in try await link.take(input) {
          switch output {
          case .welcome(let welcome):
            if options.onlyMine { choice.owner = welcome.principal }
          case .notice(let sentence): screen.note(sentence)
          case .nack(let request, let refusal) where request.isStanding:
            throw CommandFailure(.notTaken, [refusal.sentence])
          case .standing(let tasks):
            for task in tasks { whose[task.id] = task }
            let shown = tasks.filter { !$0.isFinal && Self.fits($0, choice) }
            if !options.printsJSON, !shown.isEmpty { try screen.print(shown.map(lines.line)) }
          case .record(let record):
            guard try await fits(record, choice, &whose, desk.client) else { continue }
            if options.printsJSON {
              try screen.print(record.line)
            } else {
              try screen.print(lines.lines(record, RecordText(record)))
            }
          default: continue
          }
        }
      }
    } catch is TailScreen.Closed {
      // As with head: whoever reads has had enough, and knows it.
      throw CommandFailure(.failure, [])
    }
  }

  private static func fits(_ task: TaskSummary, _ choice: WatchBoard.Choice) -> Bool {
    (choice.agent == nil || choice.agent == task.agent) && (choice.owner == nil || choice.owner == task.owner)
  }

  /// Whose it is stands in no record, so it is asked for, once for each task.
  private func fits(
    _ record: StreamRecord, _ choice: WatchBoard.Choice, _ whose: inout [String: TaskSummary], _ client: GatewayClient
  ) async throws -> Bool {
    if choice.agent == nil, choice.owner == nil { return true }
    if let known = whose[record.task] { return Self.fits(known, choice) }
    do {
      let json = try await client.get("/api/tasks/\(PercentEncoding.encode(record.task))")
      guard let summary = TaskSummary(json) else { return false }
      whose[record.task] = summary
      return Self.fits(summary, choice)
    } catch is GatewayRefusal {
      // It is gone, or no longer ours to see.
      return false
    }
  }
}
