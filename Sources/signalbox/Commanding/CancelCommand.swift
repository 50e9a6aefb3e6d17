import Foundation
import JSON
import Wire

/// `signalbox cancel`: asks agents to stop, and says what came of it.
struct CancelCommand: Sendable {
  let options: CancelOptions

  func run() async throws {
    switch options.target {
    case .tasks(let tasks):
      let requests = tasks.map { task in
        ControlRequest(id: options.common.id ?? CommandID.make(), act: .cancel(task: task, why: options.why))
      }
      try await CommandRunner(options: options.common).run(requests)
    case .many(let filter, let agent):
      guard options.isRehearsal || options.isSure || isatty(FileHandle.standardInput.fileDescriptor) == 1 else {
        throw CommandFailure(
          .usage, ["Nobody is there to be asked whether all of these are meant. Give --yes, or --dry-run to see them."])
      }
      try await cancel(filter, agent)
    }
  }

  // MARK: Many at once

  private func cancel(_ filter: CancelOptions.TaskFilter, _ agent: String?) async throws {
    try await CommandRunner.with(options.common.gateway, patience: nil) { desk in
      if options.isRehearsal || !options.isSure {
        let found = try await ask(filter, agent, isRehearsal: true, desk.client)
        show(found)
        if options.isRehearsal || found.tasks.isEmpty { return }
        guard try await isMeant(found, desk) else { throw CommandFailure(.failure, ["Nothing was cancelled."]) }
      }
      let done = try await ask(filter, agent, isRehearsal: false, desk.client)
      show(done: done)
      if options.common.wait != nil { try await awaitVerdicts(done, desk) }
      if done.hasRefusals { throw CommandFailure(.notTaken, []) }
    }
  }

  /// One round of the gateway's.
  private func ask(
    _ filter: CancelOptions.TaskFilter, _ agent: String?, isRehearsal: Bool, _ client: GatewayClient
  ) async throws -> CancelRound {
    let id = options.common.id ?? CommandID.make()
    var writer = JSONWriter()
    writer.object { object in
      object.member("filter", filter.rawValue)
      object.member("agent", ifPresent: agent)
      object.member("why", ifPresent: options.why)
      if isRehearsal { object.member("dryRun", true) } else { object.member("id", id) }
    }
    do {
      return CancelRound(try await client.post("/api/tasks:cancel", writer.bytes))
    } catch let refusal as GatewayRefusal {
      throw CommandFailure(.notTaken, [refusal.sentence])
    } catch let error as ClientError {
      guard !isRehearsal, !SubmitCommand.isUnsent(error.reason) else {
        throw CommandFailure.failure("\(error)\(GatewayClient.advice(error.reason))")
      }
      throw CommandFailure(
        .unknownOutcome,
        [
          "\(error) Nobody knows what was cancelled; give it again with --id \(Shell.quoted(id)), and each task is asked once."
        ])
    }
  }

  private func show(_ found: CancelRound) {
    if options.common.printsJSON {
      if options.isRehearsal { Terminal.print(JSONLine.text(found.json)) }
      return
    }
    guard !found.tasks.isEmpty else { return Terminal.complain(["No running task fits; nothing is to be cancelled."]) }
    let text = TaskTable.text(found.tasks)
    if options.isRehearsal { Terminal.print(text) } else { Terminal.draw(text + "\n") }
    if found.hasMore { Terminal.complain(["There are more; one round takes these \(found.tasks.count)."]) }
  }

  private func isMeant(_ found: CancelRound, _ desk: ControlDesk) async throws -> Bool {
    Terminal.draw("Cancel \(found.tasks.count == 1 ? "this task" : "these \(found.tasks.count) tasks")? [y/N] ")
    TypedLines.read(one: true, into: desk.put)
    for await input in desk.inputs {
      switch input {
      case .line(let text): return ["y", "yes"].contains(text?.lowercased().filter { !$0.isWhitespace } ?? "")
      case .signal: throw CommandFailure(.interrupted, ["Nothing was cancelled."])
      default: continue
      }
    }
    return false
  }

  private func show(done: CancelRound) {
    if options.common.printsJSON { return Terminal.print(JSONLine.text(done.json)) }
    if done.receipts.isEmpty && !done.hasRefusals {
      Terminal.complain(["No running task fits; nothing was cancelled."])
    }
    for refusal in done.refusals { Terminal.complain([refusal]) }
    if done.hasMore { Terminal.complain(["There are more that fit: give the command once more."]) }
    guard options.common.wait == nil else { return }
    for receipt in done.receipts { Terminal.print("\(TerminalText.escaped(receipt.task))  cancel requested") }
  }

  /// Each of them is a command of its own: given again over the WebSocket under its id, it is done once, and its verdict comes there.
  private func awaitVerdicts(_ done: CancelRound, _ desk: ControlDesk) async throws {
    guard !done.receipts.isEmpty else { return }
    var link = ControlLink(desk)
    var round = CommandRound(waits: true, printsJSON: options.common.printsJSON)
    link.start()
    for receipt in done.receipts {
      let request = ControlRequest(id: receipt.id, act: .cancel(task: receipt.task, why: options.why))
      round.add(request)
      await link.ask(request)
    }
    let time = desk.later(.timeUp, after: options.common.patience)
    defer { time.cancel() }
    do {
      try await CommandRunner.finish(&round, &link)
    } catch let failure as CommandFailure where done.hasRefusals && failure.code != .interrupted {
      throw CommandFailure(.notTaken, failure.messages)
    }
  }
}
