import HTTP
import Identity
import Wire

// From what is shown to who it is.
extension AccessGate {
  /// Every credential that is shown must be good and somebody's, and all of them the same person's. Nothing that is shown is ever
  /// passed over in favour of another.
  func asker(of request: Request) async throws(Denial) -> Asker? {
    let now = identities.clock.now()
    var credentials: [Asker.Credential] = []
    var session: FoundSession?
    let shown: ShownCredentials
    do throws(Refusal) {
      shown = try ShownCredentials(request.head.fields)
      if let peer = request.peer.session?.peer { credentials.append(.certificate(try Self.claims(of: peer, now: now))) }
      if let token = shown.token { credentials.append(.token(try await claims(of: token, now: now))) }
      if let cookie = shown.cookie {
        let found = try await openSession(of: cookie, now: now, request)
        credentials.append(.session(found.session))
        session = found
      }
    } catch {
      throw Denial(error)
    }
    // One policy for all of them: it may be changed while this runs.
    let policy = identities.policy
    var askers: [Asker] = []
    for credential in credentials { askers.append(try Self.asker(credential, policy)) }
    guard let asker = askers.first else { return nil }
    guard askers.allSatisfy({ $0.principal.isSame(as: asker.principal) }) else {
      throw Denial(.twoPrincipals, asker: asker)
    }
    // Browsers send cookies and certificates by themselves, whichever page asks; a token only a program sends.
    if let session, shown.token == nil { try Self.checkCSRF(request.head, session, asker) }
    guard session?.needsRotation == true else { return asker }
    return Asker(principal: asker.principal, credential: asker.credential, dueCookie: shown.cookie)
  }

  /// Who is meant by a token that comes after the request.
  func asker(token: String) async throws(Denial) -> Asker {
    let claims: TokenClaims
    do throws(Refusal) {
      claims = try await self.claims(of: token, now: identities.clock.now())
    } catch {
      throw Denial(error)
    }
    return try Self.asker(.token(claims), identities.policy)
  }

  private static func asker(_ credential: Asker.Credential, _ policy: Policy) throws(Denial) -> Asker {
    switch policy.identify(credential.claims) {
    case .known(let principal): return Asker(principal: principal, credential: credential)
    case .refused(let reason): throw Denial(.nobodyHere, reason: reason)
    }
  }

  /// The handshake has verified the certificate; the connection may be older than its end.
  private static func claims(of peer: PeerIdentity, now: UnixTime) throws(Refusal) -> CertificateClaims {
    guard !peer.hasMalformedName, (peer.notBefore..<peer.notAfter).contains(now.seconds) else { throw .badCertificate }
    return CertificateClaims(
      uris: peer.uris, dnsNames: peer.dnsNames, fingerprint: peer.fingerprint, serial: peer.serial,
      expires: UnixTime(seconds: peer.notAfter))
  }

  private func claims(of token: String, now: UnixTime) async throws(Refusal) -> TokenClaims {
    guard let keys = identities.keys else { throw .badToken("Bearer tokens are not taken here. Sign in another way.") }
    do throws(TokenFault) {
      return try await keys.verify(token, now: now).claims
    } catch {
      throw error == .keysUnavailable ? .keysUnavailable : .badToken("\(error)")
    }
  }

  private func openSession(
    of cookie: String, now: UnixTime, _ request: Request
  ) async throws(Refusal) -> FoundSession {
    switch try await identities.sessions.find(cookie: cookie, now: now) {
    case .found(let session): return session
    case .unknown: break
    case .stolen(let session): end(stolen: session, request)
    }
    throw .badCookie
  }

  private static func checkCSRF(_ head: RequestHead, _ session: FoundSession, _ asker: Asker) throws(Denial) {
    var tokens = head.fields.values(of: ShownCredentials.csrfField)
    var refusal = Refusal.missingCSRF
    if case .webSocket(_, let protocols) = head.upgrade {
      // A page cannot set a field for a WebSocket; what it can choose are the subprotocols that it offers.
      tokens += protocols.filter { $0.hasPrefix(ShownCredentials.csrfProtocol) }
        .map { String($0.dropFirst(ShownCredentials.csrfProtocol.count)) }
      refusal = .missingCSRFProtocol
    } else if CrossSiteRules.isSafe(head.method) {
      return
    }
    guard tokens.count == 1, session.accepts(csrf: tokens[0]) else { throw Denial(refusal, asker: asker) }
  }
}

extension Asker.Credential {
  /// What the policy is asked about.
  var claims: CredentialClaims {
    switch self {
    case .certificate(let claims): .certificate(claims)
    case .token(let claims): .token(claims)
    case .session(let session): session.claims
    case .configured(let name): .link(name: name)
    }
  }
}
