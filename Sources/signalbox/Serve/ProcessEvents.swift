import Foundation

/// Something that happened to this process.
enum ProcessEvent: Sendable, Equatable, CustomStringConvertible {
  case signal(Int32)
  case inputEnded
  /// Somebody has asked for the end over the admin listener.
  case drainRequested
  /// What was to be stopped has stopped.
  case ended

  var description: String {
    switch self {
    case .signal(SIGHUP): "SIGHUP"
    case .signal(SIGINT): "SIGINT"
    case .signal(SIGTERM): "SIGTERM"
    case .signal(let number): "signal \(number)"
    case .inputEnded: "standard input ended"
    case .drainRequested: "POST /drain"
    case .ended: "ended"
    }
  }
}

/// What happens to this process as one stream, in its order, each kept until it is asked for. One reader only.
struct ProcessEvents: Sendable {
  let stream: AsyncStream<ProcessEvent>
  private let continuation: AsyncStream<ProcessEvent>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  func report(_ event: ProcessEvent) {
    continuation.yield(event)
  }

  /// Reads standard input, throws away what comes, and reports its end.
  func watchInputEnd() {
    StreamWatch.follow(.standardInput) { [continuation] event in
      if event == .ended { continuation.yield(.inputEnded) }
    }
  }
}
