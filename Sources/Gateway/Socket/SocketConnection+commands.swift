import A2A
import HTTP
import Identity
import Journal
import Telemetry
import Wire

// Commands: each is answered at once, and what comes of it is told when it is known.
extension SocketConnection {
  func run(_ command: SocketCommand) async {
    do {
      // By the policy of this moment, not of the one when the socket was opened.
      guard let asker = grant.asker else { throw Refusal.notAllowed }
      switch command.order {
      case .submit(let submit): try await begin(submit, command.id, by: asker)
      case .cancelRound(let round): try await cancel(round, command.id, by: asker)
      default: try await take(command, by: asker)
      }
    } catch {
      refuse(command.id, error)
    }
    await perform(session.commandAnswered(command))
  }

  private func begin(_ submit: ClientSubmit, _ id: String, by asker: Asker) async throws {
    let task = try await services.runs.submit(try submit.order(trace: origin.request.trace), by: asker)
    answer(.begun(id, task, epoch: services.epoch))
  }

  /// The verdicts of a round are many, and are told where the tasks are watched.
  private func cancel(_ round: ClientRound, _ id: String, by asker: Asker) async throws {
    let done = try await services.control.cancel(
      try round.asked(), why: round.why, id: id, isDryRun: round.isDryRun, by: asker, from: origin.source)
    answer(.ack(id) { CommandReply.write(done, into: &$0) })
  }

  private func take(_ command: SocketCommand, by asker: Asker) async throws {
    guard let act = try RunCommand.Act(command.order) else { return }
    let taken = try await services.control.take(
      RunCommand(id: command.id, by: asker.principal.name, act: act), on: command.lane, by: asker,
      from: origin.source)
    answer(.receipt(taken.receipt))
    guard act.hasVerdict else { return }
    session.verdictIsAwaited()
    start { await $0.awaitVerdict(of: taken, by: asker) }
  }

  private func awaitVerdict(of taken: Control.Taken, by asker: Asker) async {
    defer { session.verdictHasCome() }
    do {
      guard
        let verdict = try await services.control.verdict(of: taken, by: asker, within: nil, on: loop)
      else { return }
      let record = try await services.hub.journal.record(verdict.seq, of: taken.task.id)
      say(
        .verdict(
          verdict, task: taken.task.id, cursor: record.map { Cursor(epoch: services.epoch, offset: $0.offset) }))
    } catch is CancellationError {
    } catch {
      services.log.error(
        "a verdict was not told",
        ["request": .string(origin.request.id), "task": .string(taken.task.id), "error": .string("\(error)")])
    }
  }
}
