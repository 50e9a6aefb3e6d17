package import HTTP

/// An answer: its head is here, its body comes.
package struct ClientResponse: Sendable {
  package let status: HTTPStatus
  package let fields: HTTPFields
  /// What TLS agreed on, with the server's certificate. Nil where there is no TLS, on this machine.
  package let session: TLSSession?
  /// The address that was reached.
  package let address: SocketAddress
  package let body: ClientResponseBody

  /// The media type without its parameters, in lower case; empty when there is none.
  package var mediaType: String {
    let text = fields["content-type"]?.prefix { $0 != ";" } ?? ""
    return text.filter { $0 != " " && $0 != "\t" }.lowercased()
  }
}

/// The body of an answer, to be read once, by one task. Letting go of it before its end closes the connection.
package final class ClientResponseBody: Sendable {
  private let connection: ClientConnection
  private let exchange: ClientExchange.ID

  init(connection: ClientConnection, exchange: ClientExchange.ID) {
    self.connection = connection
    self.exchange = exchange
  }

  /// The next piece, or nil at the proper end. The server is slowed down to the pace of these calls.
  ///
  /// Throws `ClientError` when the body is cut off in any way, and `CancellationError` when the task is cancelled, which closes
  /// the connection.
  package func next() async throws -> [UInt8]? {
    try await withTaskCancellationHandler {
      try await connection.nextPiece(of: exchange)
    } onCancel: { [connection, exchange] in
      Task { await connection.cancel(exchange) }
    }
  }

  /// Everything that is still to come. Throws, and closes the connection, when that is more than `limit` bytes.
  package func collect(limit: Int) async throws -> [UInt8] {
    var whole: [UInt8] = []
    while let piece = try await next() {
      guard piece.count <= limit - whole.count else {
        let error = ClientError(.bodyTooLarge(limit: limit), connection.server)
        await connection.giveUp(exchange, because: error)
        throw error
      }
      whole += piece
    }
    return whole
  }

  /// Nobody will read on: closes the connection, unless all of the answer is here. From whichever task; one that waits in `next` is
  /// told.
  package func close(because reason: ClientError.Reason = .closed("its answer was closed before the end")) async {
    await giveUp(because: ClientError(reason, connection.server))
  }

  /// Nobody will read on.
  func giveUp(because error: ClientError) async {
    await connection.giveUp(exchange, because: error)
  }

  var server: String { connection.server }

  deinit {
    let (connection, exchange) = (connection, exchange)
    Task { await connection.abandon(exchange) }
  }
}
