package import HTTP

/// The fields that tell a browser how little our pages may do.
package enum SecurityFields {
  /// Nothing from elsewhere, nothing inline, no string made into markup.
  static let contentSecurityPolicy = [
    "default-src 'none'", "script-src 'self'", "worker-src 'self'", "style-src 'self'", "font-src 'self'",
    "img-src 'self' data:", "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    "require-trusted-types-for 'script'", "trusted-types signalbox",
  ].joined(separator: "; ")

  /// For every answer of a listener that people's browsers reach.
  /// - Parameter strictTransportSeconds: how long a browser keeps to https for this host; 0 sends no such field.
  package static func forBrowsers(strictTransportSeconds: Int) -> HTTPFields {
    var fields = forServices(strictTransportSeconds: strictTransportSeconds)
    fields["content-security-policy"] = contentSecurityPolicy
    fields["referrer-policy"] = "no-referrer"
    fields["cross-origin-opener-policy"] = "same-origin"
    fields["cross-origin-resource-policy"] = "same-origin"
    return fields
  }

  /// For listeners that only programs reach.
  package static func forServices(strictTransportSeconds: Int) -> HTTPFields {
    var fields = HTTPFields([("x-content-type-options", "nosniff")])
    if strictTransportSeconds > 0 { fields["strict-transport-security"] = "max-age=\(strictTransportSeconds)" }
    return fields
  }
}
