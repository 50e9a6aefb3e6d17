/// Why a WebSocket is closed (RFC 6455 section 7.4, and IANA's registry for 1012 to 1014).
package struct WebSocketCloseCode: RawRepresentable, Hashable, Sendable {
  package static let normal = WebSocketCloseCode(rawValue: 1000)
  package static let goingAway = WebSocketCloseCode(rawValue: 1001)
  package static let protocolError = WebSocketCloseCode(rawValue: 1002)
  package static let unacceptableData = WebSocketCloseCode(rawValue: 1003)
  package static let notUTF8 = WebSocketCloseCode(rawValue: 1007)
  package static let policyViolation = WebSocketCloseCode(rawValue: 1008)
  package static let messageTooBig = WebSocketCloseCode(rawValue: 1009)
  package static let extensionMissing = WebSocketCloseCode(rawValue: 1010)
  package static let internalError = WebSocketCloseCode(rawValue: 1011)
  package static let serviceRestart = WebSocketCloseCode(rawValue: 1012)
  package static let tryAgainLater = WebSocketCloseCode(rawValue: 1013)

  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The codes that an application gives a meaning of its own.
  package var isPrivate: Bool { 4000...4999 ~= rawValue }

  /// Whether the code may stand in a close frame: those that are defined and not set aside for what programs tell
  /// themselves (1005, 1006, 1015), and all for libraries and applications.
  package var isSendable: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}
