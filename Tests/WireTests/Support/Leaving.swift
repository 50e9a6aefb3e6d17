import TestSupport

/// The ways in which a client ends its side.
enum Leaving: CaseIterable {
  /// A FIN, without a word of TLS. The client still reads.
  case fin
  /// TLS's goodbye, then a FIN. The client still reads.
  case goodbye
  /// `close`: a FIN, or a reset where something is unread.
  case close
  case reset

  var keepsReading: Bool { self == .fin || self == .goodbye }

  func leave(_ client: TLSClient) {
    switch self {
    case .fin: client.finishSending()
    case .goodbye:
      client.sendCloseNotify()
      client.finishSending()
    case .close: client.disconnect()
    case .reset: client.resetConnection()
    }
  }

  func leave(_ client: TCPClient) {
    switch self {
    case .fin, .goodbye: client.finishSending()
    case .close: client.disconnect()
    case .reset: client.resetConnection()
    }
  }
}
