import HTTP
import Wire

/// What an attempt's answer means for its event.
enum PushVerdict: Sendable, Equatable {
  case delivered
  /// Another attempt may end better.
  case again(String)
  /// No attempt will.
  case never(String)

  init(_ status: HTTPStatus) {
    switch status.code {
    case 200..<300:
      self = .delivered
    case 300..<400:
      // Following would take the credentials, and this process, to where nobody has sent them.
      self = .never("it answered \(status), and redirections are not followed")
    case 408, 425, 429, 500..<600:
      self = .again("it answered \(status)")
    default:
      self = .never("it answered \(status)")
    }
  }

  init(_ error: any Error) {
    if let error = error as? ClientError, case .forbidden = error.reason {
      self = .never("\(error)")
    } else {
      self = .again("\(error)")
    }
  }
}
