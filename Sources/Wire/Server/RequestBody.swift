import HTTP

/// A request's body: read piece by piece with back-pressure, or collected. The route's limit holds either way.
package struct RequestBody: Sendable {
  enum Source: Sendable {
    case bytes([UInt8])
    case connection(Connection, Exchange.ID)
  }

  private let source: Source

  init(source: Source) {
    self.source = source
  }

  /// A body that is already here.
  package init(_ bytes: [UInt8] = []) {
    source = .bytes(bytes)
  }

  /// Passes on each piece as it comes; the peer is slowed down to the pace of `body`.
  /// Throws a `Refusal` when the body breaks the rules or the limit, `WireError` when the peer has gone.
  package func forEachPiece(_ body: (borrowing [UInt8]) async throws -> Void) async throws {
    switch source {
    case .bytes(let bytes):
      if !bytes.isEmpty { try await body(bytes) }
    case .connection(let connection, let exchange):
      while let piece = try await connection.nextPiece(of: exchange) { try await body(piece) }
    }
  }

  /// The whole body. Throws as `forEachPiece` does.
  package func collect() async throws -> [UInt8] {
    var whole: [UInt8] = []
    try await forEachPiece { whole += $0 }
    return whole
  }
}
