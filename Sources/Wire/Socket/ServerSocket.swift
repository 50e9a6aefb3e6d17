/// Who is told about a socket. All three are called on the loop's thread, with the actor entered.
protocol SocketOwner: Actor {
  /// Bytes have come; the socket's `withReceived` has them until this returns.
  func socketDidReceive()
  func socketIsWritable()
  /// The last call. The socket is gone.
  func socketDidClose()
}

/// An accepted connection's socket as the connection sees it: with TLS (`TLSSocket`) or without (`PlainSocket`). On the loop's
/// thread only.
protocol ServerSocket: AnyObject, Sendable {
  /// The bytes that `socketDidReceive` is about.
  func withReceived(_ body: (Span<UInt8>) -> Void)

  /// Writes up to one record. After `.full` the next write must begin with the same bytes.
  func write(_ bytes: [UInt8], from offset: Int, count: Int) -> SocketChannel.WriteOutcome

  /// What the peer has taken so far. What is in our kernel's hands it has not. (A full socket is called writable again only when
  /// a third of it is free: counting what is written would take a slow reader for one that has stopped.)
  var deliveredBytes: Int { get }

  /// While something that was sent is not acknowledged: how long the peer has acknowledged nothing.
  var unheard: Duration? { get }

  /// Asks for one `socketIsWritable`.
  func notifyWhenWritable()

  var isReading: Bool { get }
  /// Back-pressure: while off, nothing is read, and what the peer sends fills its own buffers.
  func setReading(_ on: Bool)

  /// Says goodbye, in TLS if there is any, and ends our half of the connection; the peer may still be sending.
  func shutdownSending()

  /// Closes without goodbye: what is still unsent is thrown away and the peer sees a reset.
  func reset()

  /// Closes before the loop sleeps. The owner is told by `socketDidClose`.
  func kill()

  /// What protects the connection, or nil while the handshake is under way.
  var security: SocketSecurity? { get }

  /// What is wrong with the peer's certificate by these rules, though it was good by those of the handshake.
  func certificateFault(under clients: ClientCertificates) -> CertificateFault?

  /// Known once the socket is gone: whether the handshake had come to its end.
  var hasShakenHands: Bool { get }
}
