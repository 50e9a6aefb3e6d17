/// How a caller may prove who it is.
package enum SecurityScheme: Sendable, Equatable {
  case apiKey(name: String, location: String, description: String? = nil)
  case http(scheme: String, bearerFormat: String? = nil, description: String? = nil)
  case oauth2(OAuthFlow, metadataURL: String? = nil, description: String? = nil)
  case openIDConnect(url: String, description: String? = nil)
  /// A client certificate; which one is said in words alone.
  case mutualTLS(description: String? = nil)
}

/// One of the ways of OAuth 2.
package struct OAuthFlow: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case authorizationCode, clientCredentials, deviceCode, implicit, password
  }

  package var kind: Kind
  package var authorizationURL: String?
  package var tokenURL: String?
  package var deviceAuthorizationURL: String?
  package var refreshURL: String?
  /// Names with what they mean.
  package var scopes: [String: String]
  package var pkceRequired: Bool?

  package init(kind: Kind, scopes: [String: String]) {
    self.kind = kind
    self.scopes = scopes
  }
}

/// Schemes that are all needed, each with its scopes.
package struct SecurityRequirement: Sendable, Equatable {
  package var schemes: [String: [String]]

  package init(schemes: [String: [String]]) {
    self.schemes = schemes
  }
}
