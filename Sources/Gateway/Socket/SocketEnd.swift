import HTTP
import JSON
import Wire

/// Why the gateway closes a socket: the last message says the word, the close frame the code.
enum SocketEnd: Sendable, Equatable {
  case expired
  case revoked
  case forbidden
  case flood
  case binary
  case draining

  init(_ end: GrantEnd) {
    self =
      switch end {
      case .expired: .expired
      case .revoked: .revoked
      case .forbidden: .forbidden
      }
  }

  var code: WebSocketCloseCode {
    switch self {
    case .expired, .revoked: .unauthenticated
    case .forbidden: .forbidden
    case .flood: .flood
    case .binary: .unacceptableData
    case .draining: .draining
    }
  }

  var reason: String {
    switch self {
    case .expired: "expired"
    case .revoked: "revoked"
    case .forbidden: "forbidden"
    case .flood: "flood"
    case .binary: "binary"
    case .draining: "draining"
    }
  }

  /// The last message of every close of ours: `bye`, with a word that does not change.
  static func farewell(_ code: WebSocketCloseCode, _ reason: String) -> EncodedMessage? {
    let word: String? =
      switch code {
      // Also from below, where a certificate has come to its end.
      case .unauthenticated: reason
      case .forbidden: "forbidden"
      case .tooSlow: "slow"
      case .draining: "draining"
      case .flood: "flood"
      case .unacceptableData: "binary"
      case .messageTooBig: "too-long"
      case .internalError: "failed"
      default: nil
      }
    return word.map { EncodedMessage(text: ServerMessage.bye($0).bytes) }
  }
}

extension WebSocketCloseCode {
  static let forbidden = WebSocketCloseCode(rawValue: 4003)
  static let draining = WebSocketCloseCode(rawValue: 4009)
  static let flood = WebSocketCloseCode(rawValue: 4029)
}
