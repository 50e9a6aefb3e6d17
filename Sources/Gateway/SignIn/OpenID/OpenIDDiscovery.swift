import HTTP
import JSON

/// What an issuer says of itself (OpenID Connect Discovery 1.0): as much of it as a sign-in needs.
struct OpenIDDiscovery: Sendable, Equatable {
  let authorization: ServiceURL
  let token: ServiceURL
  let keys: ServiceURL
  /// It says who it is whenever it sends a browser back (RFC 9207); then a browser that comes without is not from there.
  let namesItself: Bool

  /// The longest document that is read. Large ones have some ten thousand bytes.
  static let lengthLimit = 256 << 10

  /// Where an issuer's document is. Throws a sentence about the setting.
  static func location(of issuer: String) throws(OpenIDSettingsError) -> ServiceURL {
    let url: ServiceURL
    do throws(ServiceURLError) {
      url = try ServiceURL(parsing: issuer)
    } catch {
      throw OpenIDSettingsError("The issuer \(Excerpt.quoting(issuer.utf8)) cannot be used. \(error.description)")
    }
    guard url.scheme == .https, url.query == nil else {
      throw OpenIDSettingsError(
        "The issuer \(Excerpt.quoting(issuer.utf8)) cannot be used. Write its https URL, without a query.")
    }
    // Section 4.1: a slash at the end of the issuer does not count.
    let path = url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path
    do throws(ServiceURLError) {
      return try url.resolving(path + "/.well-known/openid-configuration")
    } catch {
      throw OpenIDSettingsError("The issuer \(Excerpt.quoting(issuer.utf8)) cannot be used. \(error.description)")
    }
  }

  /// - Parameter issuer: as it is configured. The document must name exactly that one (section 4.3), or one issuer could speak for
  ///   another.
  init(parsing bytes: [UInt8], issuer: String) throws(OpenIDFault) {
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONValue(parsing: bytes, limits: JSONLimits(maxBytes: Self.lengthLimit, maxDepth: 16))
    } catch {
      throw .issuer("The issuer's discovery document is not JSON. \(error.description)")
    }
    guard let named = document["issuer"], named.equalsString(issuer) else {
      let other = document["issuer"]?.string.map { "is of \(Excerpt.quoting($0.utf8))" } ?? "does not say whose it is"
      throw .issuer(
        "The discovery document \(other); openId.issuer is \(Excerpt.quoting(issuer.utf8)). They must be equal, byte for byte."
      )
    }
    authorization = try Self.endpoint("authorization_endpoint", in: document)
    token = try Self.endpoint("token_endpoint", in: document)
    keys = try Self.endpoint("jwks_uri", in: document)
    namesItself = document["authorization_response_iss_parameter_supported"]?.bool ?? false
    // An issuer need not say so; one that says otherwise would take a stolen code (RFC 9700 section 2.1.1).
    if let methods = document["code_challenge_methods_supported"],
      !methods.elements.contains(where: { $0.equalsString("S256") })
    {
      throw .issuer("The issuer's code_challenge_methods_supported has no S256, without which codes are not safe.")
    }
  }

  private static func endpoint(_ name: String, in document: JSONValue) throws(OpenIDFault) -> ServiceURL {
    guard let text = document[name]?.string else {
      throw .issuer("The issuer's discovery document has no \(name).")
    }
    let url: ServiceURL
    do throws(ServiceURLError) {
      url = try ServiceURL(parsing: text)
    } catch {
      throw .issuer("The issuer's \(name) cannot be used. \(error.description)")
    }
    guard url.scheme == .https else { throw .issuer("The issuer's \(name) is no https URL.") }
    return url
  }
}

/// What is wrong with the settings of OpenID Connect, in a sentence that says what to do.
struct OpenIDSettingsError: Error, Sendable, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
