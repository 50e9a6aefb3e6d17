import A2A
import HTTP
import Wire

/// Where notifications of one configuration go, checked.
struct PushTarget: Sendable {
  let url: ServiceURL
  /// With what the receiver recognizes us by.
  let fields: HTTPFields

  /// - Parameter allowsPrivateAddresses: also this machine, and that without TLS, too.
  init(_ config: PushConfig, allowsPrivateAddresses: Bool) throws(A2AError) {
    do throws(ServiceURLError) {
      url = try ServiceURL(parsing: config.url, allowingPlainOnLoopback: allowsPrivateAddresses)
    } catch {
      throw Self.invalid("url", error.description)
    }
    guard url.scheme == .https || url.scheme == .http else {
      throw Self.invalid("url", "Notifications are POSTed; write a URL that begins with https://.")
    }
    // What a name leads to is looked at each time it is called; this is for what can be told at once.
    if !allowsPrivateAddresses, let objection = AddressRule.publicOnly.objection(toHost: url.host) {
      throw Self.invalid("url", "\(url.authority) may not be called: \(objection). Give a public address.")
    }
    var fields = HTTPFields()
    if let authentication = config.authentication {
      guard FieldText.isToken(authentication.scheme) else {
        throw Self.invalid("authentication.scheme", "The scheme is no name of RFC 9110, such as Bearer.")
      }
      let value = authentication.credentials.map { "\(authentication.scheme) \($0)" } ?? authentication.scheme
      try Self.set("authorization", value, from: "authentication.credentials", in: &fields)
    }
    if let token = config.token {
      try Self.set("x-a2a-notification-token", token, from: "token", in: &fields)
    }
    self.fields = fields
  }

  /// The value is a secret, so an error says nothing of it.
  private static func set(
    _ name: String, _ value: String, from member: String, in fields: inout HTTPFields
  ) throws(A2AError) {
    do throws(IllegalFieldValue) {
      try fields.set(name, checking: value)
    } catch {
      throw invalid(member, "No HTTP field can carry it; leave out line ends and other control characters.")
    }
  }

  static func invalid(_ field: String, _ description: String) -> A2AError {
    var error = A2AError(.invalidParams, "The push notification configuration cannot be used. \(description)")
    error.violations = [A2AError.FieldViolation(field: field, description: description)]
    return error
  }
}
