import Foundation
import HTTP
import JSON
import Wire

/// `signalbox tail`: follows tasks to their end, over as many connections as it takes.
struct TailCommand: Sendable {
  let options: TailOptions
  let environment: [String: String]

  func run() async throws {
    ProcessSetup.prepare()
    let following = Task { try await follow() }
    let signals = SignalWatch([SIGINT, SIGTERM]) { _ in following.cancel() }
    defer { signals.end() }
    do {
      try await following.value
    } catch is TailScreen.Closed {
      // As with head: whoever reads has had enough, and knows it.
      throw CommandFailure(.failure, [])
    }
  }

  private func follow() async throws {
    var view = TailView(options, drawsBar: TailScreen.isTerminal(environment))
    var session = TailSession(options.target, after: options.after, patience: options.patience)
    defer { view.screen.finish() }
    do {
      try await GatewayClient.with(options.gateway.access()) { client in
        try await follow(client, &session, &view)
        view.screen.finish()
        if case .tasks(let tasks) = options.target { try await judge(tasks, client) }
      }
    } catch  where Task.isCancelled {
      view.screen.finish()
      throw CommandFailure(.interrupted, [session.goingOn])
    }
  }

  /// Until all has been shown.
  private func follow(
    _ client: GatewayClient, _ session: inout TailSession, _ view: inout TailView
  ) async throws {
    var random = SystemRandomNumberGenerator()
    while true {
      let loss = try await connect(client, &session, &view)
      switch session.lose(loss, at: .now, using: &random) {
      case .finished:
        return
      case .failed(let failure):
        throw failure
      case .connect(let wait, let notice):
        view.screen.note(notice)
        try await Task.sleep(for: wait)
      }
    }
  }

  /// One connection from its beginning to its end.
  private func connect(
    _ client: GatewayClient, _ session: inout TailSession, _ view: inout TailView
  ) async throws -> StreamLoss {
    do {
      switch try await client.stream(options.target.path(after: session.cursor)) {
      case .finished:
        return .finished
      case .events(let events):
        while let event = try await events.next() {
          if let milliseconds = events.retryMilliseconds { session.pause.base = .milliseconds(milliseconds) }
          for output in try session.receive(event, at: .now) { try view.show(output) }
        }
        return .ended
      }
    } catch let error as ClientError {
      return StreamLoss(error)
    } catch let refusal as GatewayRefusal {
      return .refused(refusal)
    }
  }

  /// How a task has ended is asked for: what publishes it need not have said so in an event.
  private func judge(_ tasks: [String], _ client: GatewayClient) async throws {
    var summaries: [TaskSummary] = []
    for task in tasks {
      do {
        let json = try await client.get("/api/tasks/\(PercentEncoding.encode(task))")
        guard let summary = TaskSummary(json) else {
          throw CommandFailure.failure(
            "What the gateway answered is no task; this program and that gateway do not match.")
        }
        summaries.append(summary)
        if options.printing == .task { try await printTask(summary, client) }
      } catch let refusal as GatewayRefusal {
        throw CommandFailure.failure("All was shown, but how the tasks ended cannot be told. \(refusal.sentence)")
      }
    }
    if let failure = TailEnding.failure(summaries) { throw failure }
  }

  /// As A2A has it, because that has its artifacts.
  private func printTask(_ summary: TaskSummary, _ client: GatewayClient) async throws {
    let agent = PercentEncoding.encode(summary.agent)
    let task = try await client.get(
      "/agents/\(agent)/tasks/\(PercentEncoding.encode(summary.id))?historyLength=0", fields: [("a2a-version", "1.0")])
    Terminal.print(String(decoding: task.bytes, as: UTF8.self))
  }
}
