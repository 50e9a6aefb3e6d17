/// What a close frame of the gateway means.
struct ControlClosing: Sendable, Equatable {
  enum Meaning: Sendable, Equatable {
    /// Another try would fare the same.
    case final(String)
    case passing(String)
    /// The place where we were is gone: the next connection begins at how things stand.
    case lostPlace(String)

    var sentence: String {
      switch self {
      case .final(let sentence), .passing(let sentence), .lostPlace(let sentence): sentence
      }
    }
  }

  let code: UInt16?
  /// What it said last, or what stands in the frame.
  let reason: String

  var meaning: Meaning {
    switch code {
    case 4001:
      return .final(
        "The gateway ended the connection: the certificate or token is no longer good\(said). Come with one that is.")
    case 4003:
      return .final("The gateway ended the connection: the policy does not let this principal in any more\(said).")
    case 4008:
      return .passing("The gateway ended the connection, because more waited to be read than may wait.")
    case 4009:
      return .passing("The gateway is going away.")
    case 4010:
      return .lostPlace("The gateway no longer has the place where this stream was.")
    case 4029:
      return .passing("The gateway ended the connection, because too much was asked at once.")
    case 1002, 1003, 1007, 1009:
      return .final("The gateway does not take what was sent\(said): it is too long, or not what it understands.")
    case let code?:
      return .passing("The gateway ended the connection with the code \(code)\(said).")
    case nil:
      return .passing("The gateway ended the connection without a reason.")
    }
  }

  private var said: String {
    reason.isEmpty ? "" : " (\(TerminalText.line(reason, limit: 100)))"
  }
}
