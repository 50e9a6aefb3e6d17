import HTTP
import Identity
import JSON
import Synchronization
import TestSupport
import Testing

/// Somebody at a gateway, with what a browser would keep of it.
final class Visitor: Sendable {
  private struct Kept {
    var cookie: String?
    var csrf: String?
    var id: String?
  }

  private let gateway: TestGateway
  private let kept = Mutex(Kept())

  init(_ gateway: TestGateway) {
    self.gateway = gateway
  }

  var cookie: String? {
    get { kept.withLock { $0.cookie } }
    set { kept.withLock { $0.cookie = newValue } }
  }
  /// As the last answer had it.
  var csrf: String { kept.withLock { $0.csrf ?? "" } }
  var id: String { kept.withLock { $0.id ?? "" } }

  /// Asks with the cookie and the page's token, and keeps what the answer sets.
  @discardableResult
  func ask(_ line: String, body: String? = nil, _ fields: String...) async throws -> Answer {
    var lines = fields
    if let cookie { lines.append("Cookie: __Host-signalbox=\(cookie)") }
    if !csrf.isEmpty { lines.append("X-Signalbox-CSRF: \(csrf)") }
    let answer = try await gateway.ask(.people, line, fields: lines, body: body)
    if let set = answer.fields["set-cookie"] {
      cookie = set.wholeMatch(of: /__Host-signalbox=([^;]*);.*/).map { String($0.1) }
    }
    if let said = try? JSONValue(parsing: answer.body) {
      kept.withLock { kept in
        kept.csrf = said["csrf"]?.string ?? kept.csrf
        kept.id = said["session"]?.string ?? kept.id
      }
    }
    return answer
  }

  @discardableResult
  func signIn(_ link: String) async throws -> Answer {
    try await ask("POST /api/session", body: #"{"link": "\#(link)"}"#)
  }

  /// Whether the cookie opens anything.
  func isSignedIn() async throws -> Bool {
    try await ask("GET /api/session").status == 200
  }
}

extension TestGateway {
  /// A request of one connection. A body is called JSON unless a field says otherwise.
  func ask(
    _ door: Door, _ line: String, as certificate: TestCredential? = nil, fields: [String] = [], body: String? = nil
  ) async throws -> Answer {
    var lines = ["\(line) HTTP/1.1", "Host: localhost"] + fields
    if let body {
      if !fields.contains(where: { $0.lowercased().hasPrefix("content-type:") }) {
        lines.append("Content-Type: application/json")
      }
      lines.append("Content-Length: \(body.utf8.count)")
    }
    let request = lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    return try #require(try await client(door, showing: certificate) { try $0.ask(request) })
  }

  /// The token of a new sign-in link.
  func link(for person: TestPeople) async throws -> String {
    let answer = try await ask(
      .admin, "POST /sign-in-links", as: try TestPeople.ada.certificate(), body: #"{"principal": "\#(person)"}"#)
    let url = try #require(try JSONValue(parsing: answer.body)["url"]?.string)
    return String(try #require(url.split(separator: "#").last))
  }

  /// Somebody who has just signed in.
  func visitor(_ person: TestPeople) async throws -> Visitor {
    let visitor = Visitor(self)
    #expect(try await visitor.signIn(try await link(for: person)).status == 200)
    return visitor
  }

  /// What the audit trail has, the oldest first.
  func records() async throws -> [JSONValue] {
    let answer = try await ask(.admin, "GET /audit?limit=1000", as: try TestPeople.ada.certificate())
    return Array(try #require(try JSONValue(parsing: answer.body)["records"]).elements)
  }
}

extension Answer {
  /// All that a client sees but what differs with each request.
  var comparable: [String] {
    ["\(status)", text]
      + fields.filter { !["date", "x-request-id"].contains($0.name) }.map { "\($0.name): \($0.value)" }
  }

  func json() throws -> JSONValue { try JSONValue(parsing: body) }
}
