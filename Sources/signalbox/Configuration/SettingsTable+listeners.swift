import HTTP
import Wire

extension SettingsTable {
  static func listener(_ role: ListenerRole) -> [Setting] {
    place(role) + clients(role) + limits(role) + deadlines(role)
  }

  private static func place(_ role: ListenerRole) -> [Setting] {
    let enabled = Setting(
      role.key("enabled"), .boolean, .boolean(true), "Opens this listener. The public one is always open.")
    return (role == .public ? [] : [enabled]) + [
      Setting(
        role.key("address"), .address, .text("127.0.0.1"), flag: "\(role.rawValue)-address",
        "The address to listen on; nothing else is listened on."),
      Setting(
        role.key("port"), .integer(0...65_535), .integer(role.defaultPort), flag: "\(role.rawValue)-port",
        "The port; 0 takes a free one."),
      Setting(
        role.key("certificate"), .path, .text("certs/dev/server.pem"),
        "The server certificate, PEM, with the certificates between it and the authority behind it."),
      Setting(role.key("key"), .path, .text("certs/dev/server.key"), "The private key of the certificate, PEM."),
    ]
  }

  private static func clients(_ role: ListenerRole) -> [Setting] {
    let policies = role == .public ? ["none", "optional", "required"] : ["required"]
    return [
      Setting(
        role.key("clientCertificates"), .choice(policies), .text(policies[0]),
        "Whether clients show a certificate: none, optional or required; on agents and admin always required."),
      Setting(
        role.key("clientAuthority"), .path, .text("certs/dev/client-ca.pem"),
        "The authorities that may vouch for clients, PEM. Not read when clientCertificates is none."),
      Setting(
        role.key("revocationList"), .optionalPath, .text("certs/dev/client-ca.crl"),
        "Their revocation lists, PEM; null for none. Once clientAuthority is set, the default is null."),
      Setting(
        role.key("clientNames.uriPrefixes"), .uriPrefixes, .list(role.defaultPrefixes),
        "A client is let in when a SAN URI of its certificate begins with one of these and goes on."),
      Setting(
        role.key("clientNames.dnsNames"), .dnsNames, .list([]),
        "A client is let in, too, when a SAN DNS name of its certificate is one of these."),
      Setting(
        role.key("strictTransportSeconds"), .integer(0...63_072_000), .integer(31_536_000),
        "How long browsers keep to https for this host (Strict-Transport-Security); 0 does not send it."),
    ]
  }

  private static func limits(_ role: ListenerRole) -> [Setting] {
    let connections = ConnectionLimits()
    let request = RequestLimits()
    func limit(_ name: String, _ range: ClosedRange<Int>, _ value: Int, _ help: String) -> Setting {
      Setting(role.key("limits.\(name)"), .integer(range), .integer(value), help)
    }
    return [
      limit("connections", 1...1_000_000, connections.total, "Connections in all; one more is reset."),
      limit(
        "connectionsPerAddress", 1...1_000_000, connections.perAddress,
        "Connections from one address; one more is reset."),
      limit("requestLineBytes", 64...65_536, request.maxRequestLine, "Bytes of a request line; above it, 414."),
      limit("fieldLineBytes", 64...65_536, request.maxFieldLine, "Bytes of one header line; above it, 431."),
      limit("fieldSectionBytes", 256...1_048_576, request.maxFieldSection, "Bytes of all header lines; above it, 431."),
      limit("fieldCount", 8...1000, request.maxFieldCount, "Number of header lines; above it, 431."),
      limit(
        "bodyBytes", 0...1_073_741_824, request.maxBody,
        "Bytes of a body, whatever its route allows; above it, 413."),
    ]
  }

  private static func deadlines(_ role: ListenerRole) -> [Setting] {
    let defaults = Deadlines()
    func deadline(_ name: String, _ value: Duration, _ help: String) -> Setting {
      Setting(
        role.key("deadlines.\(name)Seconds"), .integer(1...86_400), .integer(Int(value.components.seconds)), help)
    }
    return [
      deadline(
        "handshake", defaults.handshake, "From the connection to the first byte of a request, with TLS between."),
      deadline("head", defaults.head, "For the head of a request."),
      deadline("body", defaults.body, "For a whole body."),
      deadline("answer", defaults.answer, "For a whole answer that does not stream."),
      deadline("idle", defaults.idle, "Between two requests on a connection."),
      deadline("linger", defaults.linger, "From the server's goodbye to the client's."),
      Setting(
        role.key("deadlines.minimumBytesPerSecond"), .integer(1...1_073_741_824),
        .integer(defaults.minimumRate.bytesPerSecond),
        "The slowest pace at which a body may come and an answer be taken."),
    ]
  }
}
