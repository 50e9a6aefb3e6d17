import JSON
import Wire

/// Everything that can happen to a command that talks with a gateway and a person, in the order in which it happens.
enum DeskInput: Sendable {
  case opened(WebSocket)
  case message(String)
  case lost(ControlLoss)
  /// The pause before the next try is over.
  case retry
  /// What was refused for the moment is asked once more.
  case again(ControlRequest)
  case signal(Int32)
  /// Bytes of the keyboard, when the terminal is raw.
  case keys([UInt8])
  /// A line that somebody has typed; nil: there will be no more.
  case line(String?)
  case tick
  /// What was asked for has not come in time.
  case timeUp
  case fetched(Fetched, JSONValue)
  case unfetched(Fetched, String)

  /// What was asked for over HTTP.
  enum Fetched: Sendable, Equatable {
    case task(String)
    case events(task: String)
    case questions
  }
}
