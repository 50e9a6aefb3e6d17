/// What a frame carries (RFC 6455 section 5.2): four bits, of which some values are reserved.
package struct WebSocketOpcode: RawRepresentable, Hashable, Sendable {
  package static let continuation = WebSocketOpcode(rawValue: 0x0)
  package static let text = WebSocketOpcode(rawValue: 0x1)
  package static let binary = WebSocketOpcode(rawValue: 0x2)
  package static let close = WebSocketOpcode(rawValue: 0x8)
  package static let ping = WebSocketOpcode(rawValue: 0x9)
  package static let pong = WebSocketOpcode(rawValue: 0xa)

  package let rawValue: UInt8

  /// Only the four lower bits count, so that the first byte of a frame can be given as it is.
  package init(rawValue: UInt8) { self.rawValue = rawValue & 0x0f }

  /// A frame about the connection, which may stand between the frames of a message. Reserved values are told apart, too.
  package var isControl: Bool { rawValue & 0x08 != 0 }
}
