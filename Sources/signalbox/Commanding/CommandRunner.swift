import Foundation
import Wire

/// Gives commands to the gateway and waits as long as was asked for.
struct CommandRunner: Sendable {
  let options: CommandOptions

  /// Opens the desk for `body`, with signals and the time that there is.
  static func with<Value>(
    _ gateway: GatewayOptions, patience: Duration?, _ body: (ControlDesk) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    return try await GatewayClient.with(gateway.access()) { client in
      let desk = ControlDesk(client)
      let signals = SignalWatch([SIGINT, SIGTERM]) { [put = desk.put] number in put.yield(.signal(number)) }
      defer { signals.end() }
      let time = patience.map { desk.later(.timeUp, after: $0) }
      defer { time?.cancel() }
      return try await body(desk)
    }
  }

  func run(_ requests: [ControlRequest]) async throws {
    try await Self.with(options.gateway, patience: options.patience) { desk in
      var link = ControlLink(desk)
      var round = CommandRound(waits: options.wait != nil, printsJSON: options.printsJSON)
      link.start()
      for request in requests {
        round.add(request)
        await link.ask(request)
      }
      try await Self.finish(&round, &link)
    }
  }

  /// Until all is known, the time is up, or somebody has had enough.
  static func finish(_ round: inout CommandRound, _ link: inout ControlLink) async throws {
    do {
      try await follow(&round, &link)
      await link.end()
    } catch {
      await link.end()
      throw error
    }
    guard round.code == .ok else { throw CommandFailure(round.code, []) }
  }

  private static func follow(_ round: inout CommandRound, _ link: inout ControlLink) async throws {
    guard !round.isDone else { return }
    for await input in link.desk.inputs {
      switch input {
      case .timeUp:
        show(round.giveUp())
      case .again(let request):
        await link.ask(request)
      case .signal:
        show(round.giveUp())
        throw CommandFailure(.interrupted, [])
      default:
        do {
          for output in try await link.take(input) {
            if case .nack(let request, let refusal) = output, round.waits(for: request), let pause = refusal.pause {
              _ = link.desk.later(.again(request), after: pause)
            } else {
              show(round.take(output))
            }
          }
        } catch let failure as CommandFailure where link.hasConnected {
          // What was sent may have arrived all the same.
          Terminal.complain(failure.messages)
          show(round.giveUp())
        }
      }
      if round.isDone { return }
    }
  }

  static func show(_ lines: [CommandRound.Line]) {
    for line in lines {
      switch line {
      case .output(let text): Terminal.print(text)
      case .error(let text): Terminal.complain([text])
      }
    }
  }
}
