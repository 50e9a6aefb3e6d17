import Identity
import TestSupport

/// The people of the tests, as their policy has them. Each has a certificate `spiffe://signalbox.local/operator/NAME` and the subject NAME
/// of tokens, and may be given a sign-in link.
enum TestPeople: String, CaseIterable, Sendable {
  case vera, anna, oscar, otto, tina, olaf, ada

  var role: Role {
    switch self {
    case .vera: .viewer
    // Oscar is the owner of what is asked for, Otto another one, and Tina one of another tenant.
    case .anna, .oscar, .otto, .tina: .analyst
    case .olaf: .operator
    case .ada: .admin
    }
  }

  var tenant: String { self == .tina ? "globex" : "acme" }

  var uri: String { "spiffe://signalbox.local/operator/\(rawValue)" }

  func certificate() throws -> TestCredential {
    try CertificateFiles.certificates().client(commonName: rawValue, uris: [uri], dnsNames: [])
  }

  /// The operator of the fixed certificates is an admin here, its agent is one that may begin tasks and see its own.
  static var policy: String {
    let people = allCases.map { person in
      #"""
      {"name": "\#(person)", "tenant": "\#(person.tenant)", "roles": ["\#(person.role)"], "link": true,
       "certificate": {"uri": "\#(person.uri)"}, "token": {"subject": "\#(person)"}}
      """#
    }
    let certificates = [
      #"{"name": "root", "roles": ["admin"], "certificate": {"uri": "spiffe://signalbox.local/operator/good"}}"#,
      #"""
      {"name": "good-agent", "certificate": {"uri": "spiffe://signalbox.local/agent/good"},
       "grants": [{"actions": ["watch", "submit"], "tasks": "own"}]}
      """#,
    ]
    return #"{"principals": [\#((people + certificates).joined(separator: ",\n"))]}"#
  }
}
