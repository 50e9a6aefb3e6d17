/// Calls other servers over TLS, and those of this machine without where a URL says so, on one loop. May be used from anywhere.
///
/// A connection serves one call at a time. When an answer has ended as it should, its connection is kept for a while for the
/// next call to the same server.
package actor HTTPClient {
  private nonisolated let loop: Loop
  private var configuration: ClientConfiguration
  private var tls: TLSClientContext
  private var idle: [ClientOrigin: [ClientConnection]] = [:]
  private var connections: [ObjectIdentifier: ClientConnection] = [:]
  private var isClosed = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  package init(loop: Loop, configuration: ClientConfiguration) throws(WireError) {
    self.loop = loop
    self.configuration = configuration
    tls = try TLSClientContext(configuration.tls)
  }

  /// Sends a request; returns when the head of its answer is here.
  ///
  /// Throws `ClientError`; `CancellationError` when the task is cancelled, which closes the connection at once; and what a
  /// streamed body throws.
  package func send(_ request: ClientRequest) async throws -> ClientResponse {
    try Task.checkCancellation()
    let deadlines = request.deadlines ?? configuration.deadlines
    let totalEnd = deadlines.total.map { ContinuousClock.now + $0 }
    let origin = ClientOrigin(request.url)
    if let connection = takeIdle(origin) {
      do {
        return try await call(request, on: connection, deadlines, totalEnd)
      } catch let stale as StaleConnection {
        guard request.isRepeatable || !stale.hasSent else { throw stale.error }
        // It has ended as connections that wait do, without a byte of an answer: once more, on a connection of its own.
      }
    }
    return try await call(request, on: makeConnection(to: origin), deadlines, totalEnd)
  }

  /// New connections show and demand this from now on. Calls under way go on; idle connections are closed, and so are those of these calls
  /// when they are over.
  package func reload(_ tls: ClientTLS) throws(WireError) {
    self.tls = try TLSClientContext(tls)
    configuration.tls = tls
    closeIdle()
  }

  /// Ends every call and every connection, and takes no more.
  package func close() {
    isClosed = true
    for connection in connections.values {
      connection.assumeIsolated { $0.close(ClientError(.closed("the client was closed"), $0.server)) }
    }
  }

  /// Connections that are open or being opened, for metrics.
  package var connectionCount: Int { connections.count }

  // MARK: Connections

  /// A call that keeps its connection to itself, for what comes behind the answer.
  func callOnOwnConnection(_ request: ClientRequest) async throws -> (ClientConnection, ClientResponse) {
    let deadlines = request.deadlines ?? configuration.deadlines
    let connection = try makeConnection(to: ClientOrigin(request.url))
    let totalEnd = deadlines.total.map { ContinuousClock.now + $0 }
    return (connection, try await call(request, on: connection, deadlines, totalEnd))
  }

  private func call(
    _ request: ClientRequest, on connection: ClientConnection, _ deadlines: ClientDeadlines,
    _ totalEnd: ContinuousClock.Instant?
  ) async throws -> ClientResponse {
    let id = take(connection)
    return try await withTaskCancellationHandler {
      try await connection.open(within: deadlines)
      if let beforeSending = request.beforeSending {
        do {
          try await beforeSending()
        } catch {
          await connection.cancel(id)
          throw error
        }
      }
      return try await connection.perform(request, as: id, deadlines: deadlines, totalEnd: totalEnd)
    } onCancel: {
      Task { await connection.cancel(id) }
    }
  }

  /// Before anything else may happen to it.
  private func take(_ connection: ClientConnection) -> ClientExchange.ID {
    connection.assumeIsolated { $0.take() }
  }

  private func takeIdle(_ origin: ClientOrigin) -> ClientConnection? {
    // The one used last is the least likely to have been closed by the server meanwhile.
    while let connection = idle[origin]?.popLast() {
      if idle[origin]?.isEmpty == true { idle[origin] = nil }
      // A new connection would be refused, and so is a new call.
      guard connection.assumeIsolated({ $0.isOfExpiredServer }) else { return connection }
      connection.assumeIsolated { $0.close(ClientError(.closed("the server's certificate has expired"), $0.server)) }
    }
    return nil
  }

  private func makeConnection(to origin: ClientOrigin) throws -> ClientConnection {
    guard !isClosed else { throw ClientError(.closed("the client was closed"), origin.description) }
    let connection = ClientConnection(to: origin, on: loop, tls: tls, configuration: configuration, client: self)
    connections[ObjectIdentifier(connection)] = connection
    return connection
  }

  private func closeIdle() {
    for connection in idle.values.joined() {
      connection.assumeIsolated { $0.close(ClientError(.closed("it is not needed any more"), $0.server)) }
    }
  }

  func connectionIsIdle(_ connection: ClientConnection) {
    let origin = connection.origin
    // It was made with what was shown and demanded before a reload, and the next call is not to profit from that.
    guard connection.tls === tls else {
      return connection.assumeIsolated { $0.close(ClientError(.closed("it was made before the reload"), $0.server)) }
    }
    guard idle[origin, default: []].count < configuration.idleConnections else {
      return connection.assumeIsolated { $0.close(ClientError(.closed("it is not needed"), $0.server)) }
    }
    idle[origin, default: []].append(connection)
  }

  func connectionDidClose(_ connection: ClientConnection) {
    connections[ObjectIdentifier(connection)] = nil
    idle[connection.origin]?.removeAll { $0 === connection }
    if idle[connection.origin]?.isEmpty == true { idle[connection.origin] = nil }
  }
}
