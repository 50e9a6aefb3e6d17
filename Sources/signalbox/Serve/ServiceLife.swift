import Foundation
import Telemetry

/// The life of a service that runs in this process: SIGHUP reloads it, a first signal or the end of standard input lets it finish,
/// a second signal does not.
struct ServiceLife {
  enum Ending {
    case graceful
    case cutOff
  }

  let events: ProcessEvents
  let log: Log
  let reload: @Sendable () async throws -> Void
  let stop: @Sendable () async -> Void

  /// Until somebody asks for the end, and then until it is reached.
  func untilEnd() async -> Ending {
    var isStopping = false
    for await event in events.stream {
      switch event {
      case .signal(SIGHUP):
        if !isStopping { await reloadOrComplain() }
      case .signal where isStopping:
        log.warning("stopped at once", ["reason": .string(event.description)])
        return .cutOff
      case .signal, .inputEnded:
        if isStopping { break }
        isStopping = true
        log.info("stopping", ["reason": .string(event.description)])
        // Not awaited here, because the next event may be the one that asks for more haste.
        Task { [events, stop] in
          await stop()
          events.report(.ended)
        }
      case .ended:
        return .graceful
      }
    }
    return .graceful
  }

  private func reloadOrComplain() async {
    do {
      try await reload()
    } catch {
      log.error("certificates not reloaded, the old ones stay", ["reason": .string("\(error)")])
    }
  }

  /// Without the libraries' own tidying up, which does not expect loops that still run.
  /// - Parameter rest: what is cut off: "tasks under way".
  static func leaveAtOnce(cuttingOff rest: String) -> Never {
    Terminal.complain(["Stopped at once, as asked a second time; \(rest) were cut off."])
    _exit(ExitCode.failure.rawValue)
  }
}
