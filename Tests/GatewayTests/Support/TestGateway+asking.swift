import Gateway
import HTTP
import JSON
import TestSupport
import Testing
import Wire

extension TestGateway {
  /// One request on a connection of its own. What is a stream comes back without a body.
  func ask(
    _ method: String, _ path: String, _ lines: [String] = [], body: String? = nil, door: Door = .people,
    showing credential: TestCredential? = nil, toHead: Bool = false
  ) async throws -> Answer? {
    var lines = lines
    if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
    let host = lines.contains { $0.hasPrefix("Host:") } ? [] : ["Host: localhost:\(port(door))"]
    let request = "\(method) \(path) HTTP/1.1\r\n" + (host + lines).map { $0 + "\r\n" }.joined() + "\r\n" + (body ?? "")
    return try await client(door, showing: credential) { try $0.ask(request, toHead: toHead) }
  }

  func port(_ door: Door) -> Int {
    switch door {
    case .people: addresses.publicAddress.port
    case .agents: addresses.agentAddress?.port ?? 0
    case .admin: addresses.adminAddress?.port ?? 0
    }
  }

  /// The origin of the gateway's own pages.
  var origin: String { "https://localhost:\(port(.people))" }

  /// A browser session of this person, opened with a token.
  func signIn(_ person: TestPeople) async throws -> BrowserSession {
    let answer = try #require(
      try await ask("POST", "/api/session", ["Authorization: Bearer \(try TestTokens.token(for: "\(person)"))"]))
    #expect(answer.status == 200, "\(answer.text)")
    let cookie = try #require(answer.fields["set-cookie"]?.split(separator: ";").first)
    return BrowserSession(
      cookie: "Cookie: \(cookie)", csrf: try #require(try JSONValue(parsing: answer.body)["csrf"]?.string))
  }
}

/// What a browser has after somebody has signed in: the line with its cookie, and what its pages know.
struct BrowserSession: Sendable {
  let cookie: String
  let csrf: String

  var csrfLine: String { "X-Signalbox-CSRF: \(csrf)" }
}
