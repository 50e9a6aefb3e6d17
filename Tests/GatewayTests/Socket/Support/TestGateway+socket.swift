import Gateway
import TestSupport
import Wire

extension TestGateway {
  /// Opens `/ws` with a bearer token.
  func socket(
    _ person: TestPeople = .oscar, token: String? = nil, receiveBuffer: Int? = nil,
    checking checker: SocketChecker = SocketChecker()
  ) async throws -> SocketReader {
    let token = try token ?? TestTokens.token(for: "\(person)")
    return try await socket(["Authorization": "Bearer \(token)"], receiveBuffer: receiveBuffer, checking: checker)
  }

  /// Opens it with these fields, and perhaps a certificate.
  func socket(
    _ fields: [String: String], subprotocols: [String] = ["signalbox.v1"], showing credential: TestCredential? = nil,
    receiveBuffer: Int? = nil, checking checker: SocketChecker = SocketChecker()
  ) async throws -> SocketReader {
    let handshake = socketHandshake(fields, subprotocols)
    let port = port(.people)
    let authority = try CertificateFiles.certificates().serverAuthority.certificatePEM
    return try await onThread {
      var options = TLSClient.Options()
      options.authority = authority
      options.receiveBuffer = receiveBuffer
      options.deadline = .seconds(120)
      options.credential = credential.map { ($0.certificatePEM, $0.keyPEM) }
      return SocketReader(try WebSocketPeer(port: port, handshake, options), checking: checker)
    }
  }

  /// The head of the answer to a handshake, and its body where it is a refusal.
  func upgrade(
    _ fields: [String: String], subprotocols: [String] = ["signalbox.v1"], origin: String? = nil,
    showing credential: TestCredential? = nil
  ) async throws -> TestSupport.Answer? {
    var handshake = socketHandshake(fields, subprotocols)
    handshake.origin = origin
    let text = handshake.text
    return try await client(.people, showing: credential) { client in
      try client.send(text)
      return client.anyAnswer(toHead: false)
    }
  }

  private func socketHandshake(_ fields: [String: String], _ subprotocols: [String]) -> WebSocketHandshake {
    var handshake = WebSocketHandshake(
      "/ws", subprotocols: subprotocols, fields: fields.map { (name: $0.key, value: $0.value) })
    handshake.host = "localhost:\(port(.people))"
    return handshake
  }
}
