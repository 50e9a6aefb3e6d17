/// How long a body is, and how that is known.
package enum BodyFraming: Sendable, Equatable {
  case none
  case length(Int)
  case chunked

  /// There is nothing to read: no body, or one of no bytes.
  package var isEmpty: Bool { self == .none || self == .length(0) }
}

/// A change of protocol that the client asks for and that is fit to be granted.
package enum Upgrade: Sendable, Equatable {
  /// - Parameters:
  ///   - key: `Sec-WebSocket-Key`, which is the base64 of 16 bytes.
  ///   - protocols: the subprotocols offered, best first; no name twice.
  case webSocket(key: String, protocols: [String])
}

/// A request without its body, with everything checked that can be checked without knowing the routes.
package struct RequestHead: Sendable, Equatable {
  package let method: HTTPMethod
  package let target: RequestTarget
  package let version: HTTPVersion
  package let fields: HTTPFields
  /// `host` or `host:port` as it was sent, from the target if it is absolute, else from Host. Empty only on HTTP/1.0.
  package let authority: String
  package let framing: BodyFraming
  /// The client waits for `100 Continue` before it sends the body.
  package let expectsContinue: Bool
  /// The client is ready to send another request on this connection.
  package let keepAlive: Bool
  /// Nil also where the client asks for a protocol nobody here speaks: HTTP lets a server ignore that.
  package let upgrade: Upgrade?

  /// A head made by the program, for tests of what comes behind the reader.
  package init(
    method: HTTPMethod = .get, target: RequestTarget, version: HTTPVersion = .http11, fields: HTTPFields = HTTPFields(),
    authority: String = "localhost", framing: BodyFraming = .none, expectsContinue: Bool = false,
    keepAlive: Bool = true, upgrade: Upgrade? = nil
  ) {
    self.method = method
    self.target = target
    self.version = version
    self.fields = fields
    self.authority = authority
    self.framing = framing
    self.expectsContinue = expectsContinue
    self.keepAlive = keepAlive
    self.upgrade = upgrade
  }

  /// Checks the fields of a request against its line.
  init(line: RequestLine, fields: HTTPFields, limits: RequestLimits) throws(Refusal) {
    let known = KnownFields(fields)
    authority = try HeadRules.authority(known, line)
    do throws(MessageFault) {
      framing = try FramingRules.framing(of: .request, known, line.version, maxBody: limits.maxBody)
    } catch {
      throw Refusal(error)
    }
    expectsContinue = try HeadRules.expectsContinue(known, line.version) && !framing.isEmpty
    keepAlive = HeadRules.keepAlive(known, line.version)
    upgrade = try WebSocketUpgrade.request(known, line, framing: framing, fields: fields)
    method = line.method
    target = line.target
    version = line.version
    self.fields = fields
  }
}
