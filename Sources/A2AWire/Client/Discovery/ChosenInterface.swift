package import A2A
package import HTTP

/// Where and how an agent is spoken to.
package struct ChosenInterface: Sendable, Equatable {
  package let url: ServiceURL
  package let dialect: Dialect
  /// Goes into every request.
  package let tenant: String?

  /// Where a call goes.
  func url(for call: ClientCall) throws(ServiceURLError) -> ServiceURL {
    if call.path.isEmpty { return url }
    return try url.resolving((url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path) + call.path)
  }
}
