import HTTP
import Identity
import Wire

/// How a command reaches a gateway as somebody: where it is, what it shows us, and what we show it.
struct GatewayAccess: Sendable, Equatable {
  enum Credential: Sendable, Equatable {
    case certificate(file: String, key: String)
    /// A file with a bearer token. Read anew for each call, so that a newer one may be put in its place meanwhile.
    case token(file: String)
  }

  let url: String
  /// The authority of the gateway's certificate.
  let authority: String
  let credential: Credential

  func baseURL() throws(CommandFailure) -> ServiceURL {
    do throws(ServiceURLError) {
      return try ServiceURL(parsing: url)
    } catch {
      throw .failure("The address of the gateway cannot be used. \(error.description)")
    }
  }

  func tls() throws(CommandFailure) -> ClientTLS {
    do throws(WireError) {
      let trust = try ServerTrust.load(authorityFile: authority)
      guard case .certificate(let file, let key) = credential else { return ClientTLS(trust: trust) }
      return ClientTLS(trust: trust, identity: try TLSIdentity.load(chainFile: file, keyFile: key))
    } catch {
      throw .failure(error.message)
    }
  }

  /// What goes into each request; never printed.
  func authorization() throws(CommandFailure) -> HTTPFields {
    guard case .token(let file) = credential else { return HTTPFields() }
    let bytes = try LocalFile.read(file)
    let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20]
    let token = bytes.drop(while: blanks.contains).reversed().drop(while: blanks.contains).reversed()
    guard !token.isEmpty, token.count <= UnverifiedToken.lengthLimit,
      token.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw .failure("\(file) holds no bearer token. Put one token into it, on a line of its own.") }
    return HTTPFields([("authorization", "Bearer \(String(decoding: token, as: UTF8.self))")])
  }
}
