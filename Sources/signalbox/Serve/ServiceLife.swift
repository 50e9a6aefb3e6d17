import Foundation
import Telemetry

/// The life of a service that runs in this process: SIGHUP reloads it; a first signal, the end of standard input or an operator's request
/// lets it finish; a second signal does not.
struct ServiceLife {
  enum Ending {
    case graceful
    case cutOff
  }

  /// How much time there is for the end.
  enum Manner: Sendable, Equatable {
    /// Whoever sends work here is to notice first that it should not.
    case drainFirst
    /// Somebody waits for it: a person at a terminal, or nobody is left who could.
    case atOnce
  }

  let events: ProcessEvents
  let log: Log
  let reload: @Sendable () async throws -> Void
  let stop: @Sendable (Manner) async -> Void

  /// Until somebody asks for the end, and then until it is reached.
  func untilEnd() async -> Ending {
    var isStopping = false
    var wasSignalled = false
    for await event in events.stream {
      switch event {
      case .signal(SIGHUP):
        if !isStopping { await reloadOrComplain() }
      case .signal where wasSignalled:
        log.warning("stopped at once", ["reason": .string(event.description)])
        return .cutOff
      case .signal:
        // Whoever has drained the service and then ends it means the same end: that is no second signal.
        wasSignalled = true
        begin(event, isFirst: !isStopping)
        isStopping = true
      case .inputEnded, .drainRequested:
        if !isStopping { begin(event, isFirst: true) }
        isStopping = true
      case .ended:
        return .graceful
      }
    }
    return .graceful
  }

  /// Not awaited, because the next event may be the one that asks for more haste.
  private func begin(_ event: ProcessEvent, isFirst: Bool) {
    if isFirst { log.info("stopping", ["reason": .string(event.description)]) }
    let manner: Manner = event == .signal(SIGTERM) || event == .drainRequested ? .drainFirst : .atOnce
    Task { [events, stop] in
      await stop(manner)
      events.report(.ended)
    }
  }

  private func reloadOrComplain() async {
    do {
      try await reload()
    } catch {
      log.error("not reloaded, everything stays as it was", ["reason": .string("\(error)")])
    }
  }

  /// Without the libraries' own tidying up, which does not expect loops that still run.
  /// - Parameter rest: what is cut off: "tasks under way".
  static func leaveAtOnce(cuttingOff rest: String) -> Never {
    Terminal.complain(["Stopped at once, as asked a second time; \(rest) were cut off."])
    _exit(ExitCode.failure.rawValue)
  }
}
