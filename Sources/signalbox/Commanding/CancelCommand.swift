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
      var link = ControlLink(desk)
      link.start()
      do {
        try await cancel(filter, agent, &link)
        await link.end()
      } catch {
        await link.end()
        throw error
      }
    }
  }

  private func cancel(
    _ filter: CancelOptions.TaskFilter, _ agent: String?, _ link: inout ControlLink
  ) async throws {
    func request(isRehearsal: Bool) -> ControlRequest {
      // What is only looked at has a name of its own: the other one is for what is done once.
      ControlRequest(
        id: isRehearsal ? CommandID.make() : options.common.id ?? CommandID.make(),
        act: .cancelMany(filter, agent: agent, why: options.why, isRehearsal: isRehearsal))
    }
    if options.isRehearsal || !options.isSure {
      let found = try await ask(request(isRehearsal: true), &link)
      show(found)
      if options.isRehearsal || found.tasks.isEmpty { return }
      guard try await isMeant(found, &link) else { throw CommandFailure(.failure, ["Nothing was cancelled."]) }
    }
    let done = try await ask(request(isRehearsal: false), &link)
    show(done: done)
    if options.common.wait != nil { try await awaitVerdicts(done, &link) }
    if done.hasRefusals { throw CommandFailure(.notTaken, []) }
  }

  /// One round of the gateway's.
  private func ask(_ request: ControlRequest, _ link: inout ControlLink) async throws -> CancelRound {
    let desk = link.desk
    let end = ContinuousClock.now + CommandOptions.answerWait
    let time = desk.later(.timeUp, after: CommandOptions.answerWait)
    defer { time.cancel() }
    await link.ask(request)
    for await input in desk.inputs {
      switch input {
      case .signal: throw CommandFailure(.interrupted, request.isRepeatable ? ["Nothing was cancelled."] : [])
      case .again(let request): await link.ask(request)
      case .timeUp where .now >= end:
        let reason = "The gateway has not answered in \(Seconds.text(CommandOptions.answerWait)) s."
        throw request.isRepeatable ? .failure(reason) : ControlSession.unknown(request, because: reason)
      default:
        for output in try await link.take(input) {
          switch output {
          case .ack(request, let json): return CancelRound(json)
          case .nack(request, let refusal):
            guard let pause = refusal.pause else { throw CommandFailure(.notTaken, [refusal.sentence]) }
            _ = desk.later(.again(request), after: pause)
          case .notice(let sentence): Terminal.complain([sentence])
          default: continue
          }
        }
      }
    }
    throw CommandFailure(.interrupted, [])
  }

  private func show(_ found: CancelRound) {
    if options.common.printsJSON {
      if options.isRehearsal { Terminal.print(found.line) }
      return
    }
    guard !found.tasks.isEmpty else { return Terminal.complain(["No running task fits; nothing is to be cancelled."]) }
    let text = TaskTable.text(found.tasks)
    if options.isRehearsal { Terminal.print(text) } else { Terminal.draw(text + "\n") }
    if found.hasMore { Terminal.complain(["There are more; one round takes these \(found.tasks.count)."]) }
  }

  private func isMeant(_ found: CancelRound, _ link: inout ControlLink) async throws -> Bool {
    Terminal.draw("Cancel \(found.tasks.count == 1 ? "this task" : "these \(found.tasks.count) tasks")? [y/N] ")
    TypedLines.read(one: true, into: link.desk.put)
    for await input in link.desk.inputs {
      switch input {
      case .line(let text): return ["y", "yes"].contains(text?.lowercased().filter { !$0.isWhitespace } ?? "")
      case .signal: throw CommandFailure(.interrupted, ["Nothing was cancelled."])
      default:
        // Somebody may think for long; the connection is kept meanwhile.
        for case .notice(let sentence) in try await link.take(input) { Terminal.complain([sentence]) }
      }
    }
    return false
  }

  private func show(done: CancelRound) {
    if options.common.printsJSON { return Terminal.print(done.line) }
    if done.receipts.isEmpty && !done.hasRefusals {
      Terminal.complain(["No running task fits; nothing was cancelled."])
    }
    for refusal in done.refusals { Terminal.complain([refusal]) }
    if done.hasMore { Terminal.complain(["There are more that fit: give the command once more."]) }
    guard options.common.wait == nil else { return }
    for receipt in done.receipts { Terminal.print("\(TerminalText.escaped(receipt.task))  cancel requested") }
  }

  /// Each of them is a command of its own: given again under its id, it is done once, and its verdict comes here.
  private func awaitVerdicts(_ done: CancelRound, _ link: inout ControlLink) async throws {
    guard !done.receipts.isEmpty else { return }
    var round = CommandRound(waits: true, printsJSON: options.common.printsJSON)
    for receipt in done.receipts {
      let request = ControlRequest(id: receipt.id, act: .cancel(task: receipt.task, why: options.why))
      round.add(request)
      await link.ask(request)
    }
    let time = link.desk.later(.timeUp, after: options.common.patience)
    defer { time.cancel() }
    do {
      try await CommandRunner.finish(&round, &link)
    } catch let failure as CommandFailure where done.hasRefusals && failure.code != .interrupted {
      throw CommandFailure(.notTaken, failure.messages)
    }
  }
}
