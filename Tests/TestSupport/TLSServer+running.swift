extension TLSServer {
  /// A server of scripts while `body` runs; `WithoutTLS` holds for it.
  package static func run<Value>(
    showing credential: TestCertificates.Server = .local, _ configure: (inout Options) throws -> Void = { _ in },
    scripts: [@Sendable (Connection) throws -> Void], _ body: (TLSServer) async throws -> Value
  ) async throws -> Value {
    var options = Options(credential: try TestCertificates.shared()[server: credential])
    options.isPlain = WithoutTLS.isOn
    try configure(&options)
    let server = try TLSServer(options, scripts: scripts)
    defer { server.stop() }
    return try await body(server)
  }

  /// Shakes hands, reads a head, sends these texts one by one, says goodbye.
  package static func answering(_ texts: String...) -> @Sendable (Connection) throws -> Void {
    { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      for text in texts { try connection.send(text) }
      connection.sendCloseNotify()
    }
  }
}
