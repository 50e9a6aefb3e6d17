import FoundationEssentials
import Gateway
import HTTP
import TestSupport
import Testing
import Wire

/// Every route of every listener, and what each kind of visitor gets there. A route that is not in here fails the tests: whoever adds
/// one says who may come.
@Suite struct RouteTableTests {
  /// Method, pattern, and a status for each of `AccessColumn`; `-` is a handshake that fails. Behind it, where it is not the pattern,
  /// what is asked for, and with which body. All listeners take certificates here and ask for none, so that each of these gets as far
  /// as the route; that two of them do not let anybody in without one is tested with the listeners.
  private static let table = """
    listener method pattern            | none expired audience viewer analyst owner other tenant operator admin agent revoked
    public GET (pages)                 | 200 200 200 200 200 200 200 200 200 200 200 -
    public GET /healthz                | 200 200 200 200 200 200 200 200 200 200 200 -
    public GET /readyz                 | 200 200 200 200 200 200 200 200 200 200 200 -
    public GET /api/openapi.json       | 200 200 200 200 200 200 200 200 200 200 200 -
    public GET /api/about              | 401 401 401 200 200 200 200 200 200 200 200 -
    public GET /api/operations         | 401 401 401 403 403 403 403 403 200 200 403 -
    public GET /api/operations         | 401 401 401 403 403 403 403 403 400 400 403 - | /api/operations?names=1
    public POST /api/operations:drain  | 401 401 401 403 403 403 403 403 403 400 403 - | /api/operations:drain {"when":"now"}
    public GET /api/session            | 401 401 401 200 200 200 200 200 200 200 200 -
    public POST /api/session           | 400 401 401 200 200 200 200 200 200 200 400 -
    public DELETE /api/session         | 401 401 401 400 400 400 400 400 400 400 400 -
    public POST /api/session/refresh   | 401 401 401 400 400 400 400 400 400 400 400 -
    public GET /api/session/stream     | 401 401 401 200 200 200 200 200 200 200 200 -
    public GET /api/sessions           | 401 401 401 200 200 200 200 200 200 200 200 -
    public DELETE /api/sessions        | 401 401 401 200 200 200 200 200 200 200 200 -
    public DELETE /api/sessions        | 401 401 401 403 403 403 403 403 403 200 403 - | /api/sessions?principal=root
    public DELETE /api/sessions/{id}   | 401 401 401 404 404 404 404 404 404 404 404 -
    public POST /api/grants/{id}       | 401 401 401 404 404 404 404 404 404 404 400 -
    public GET /api/agents             | 401 401 401 200 200 200 200 200 200 200 200 -
    public GET /api/agents/{name}      | 401 401 401 404 404 404 404 404 404 404 404 - | /api/agents/abc
    public GET /api/tasks              | 401 401 401 200 200 200 200 200 200 200 200 -
    public GET /api/tasks/{id}         | 401 401 401 404 404 404 404 404 404 404 404 -
    public GET /api/tasks/{id}/events  | 401 401 401 404 404 404 404 404 404 404 404 -
    public GET /api/questions          | 401 401 401 200 200 200 200 200 200 200 200 -
    public GET /api/tasks/{id}/questions | 401 401 401 404 404 404 404 404 404 404 404 - | /api/tasks/abc/questions
    public GET /api/tasks/{id}/watchers | 401 401 401 404 404 404 404 404 404 404 404 -
    public POST /api/tasks             | 401 401 401 403 404 404 404 404 404 404 404 - | /api/tasks {"agent":"none","text":"Go"}
    public POST /api/tasks/{id}/messages | 401 401 401 404 404 404 404 404 404 404 404 - | /api/tasks/abc/messages {"text":"Go"}
    public POST /api/tasks/{id}:cancel | 401 401 401 403 404 404 404 404 404 404 403 -
    public POST /api/tasks/{id}:pause  | 401 401 401 403 404 404 404 404 404 404 403 -
    public POST /api/tasks/{id}:resume | 401 401 401 403 404 404 404 404 404 404 403 -
    public POST /api/tasks/{id}:review | 401 401 401 403 404 404 404 404 404 404 403 -
    public POST /api/tasks:cancel      | 401 401 401 403 200 200 200 200 200 200 403 - | /api/tasks:cancel {"filter":"all","dryRun":true}
    public POST /api/tasks/{id}/questions/{question}:answer | 401 401 401 403 404 404 404 404 404 404 403 - | /api/tasks/abc/questions/q1:answer {"text":"Yes"}
    public POST /api/tasks/{id}/questions/{question}:claim | 401 401 401 403 404 404 404 404 404 404 403 - | /api/tasks/abc/questions/q1:claim
    public POST /api/tasks/{id}/questions/{question}:release | 401 401 401 403 404 404 404 404 404 404 403 - | /api/tasks/abc/questions/q1:release
    public POST /api/analyze           | 401 401 401 403 404 404 404 404 404 404 404 - | /api/analyze?agent=none {}
    public GET /api/status/{id}        | 401 401 401 404 404 404 404 404 404 404 404 -
    public GET /api/download/{id}/json | 401 401 401 404 404 404 404 404 404 404 404 - | /api/download/abc/json
    public GET /api/download/{id}/html | 401 401 401 404 404 404 404 404 404 404 404 - | /api/download/abc/html
    public GET /api/samples            | 401 401 401 200 200 200 200 200 200 200 200 -
    public GET /api/samples/{name}     | 401 401 401 404 404 404 404 404 404 404 404 - | /api/samples/abc.xml
    public GET /api/session/openid     | 503 503 503 503 503 503 503 503 503 503 503 -
    public GET /api/session/openid/callback | 400 400 400 400 400 400 400 400 400 400 400 -
    public GET /api/session/ways       | 200 200 200 200 200 200 200 200 200 200 200 -
    public GET /api/stream/{task}      | 401 401 401 404 404 404 404 404 404 404 404 - | /api/stream/abc
    public GET /api/stream             | 401 401 401 400 400 400 400 400 400 400 400 -
    public GET /api/stream             | 401 401 401 200 200 200 200 200 200 200 200 - | /api/stream?all
    public POST /chat                  | 401 401 401 403 404 404 404 404 404 404 404 - | /chat {"message":"Hello"}
    public GET /api/workflows/{id}     | 401 401 401 404 404 404 404 404 404 404 404 - | /api/workflows/wf_abc
    public GET /api/workflows/{id}/status | 401 401 401 404 404 404 404 404 404 404 404 - | /api/workflows/wf_abc/status
    public GET /ws                     | 401 401 401 426 426 426 426 426 426 426 426 -
    public GET /.well-known/agent-card.json | 404 401 401 404 404 404 404 404 404 404 404 -
    public GET /.well-known/agent.json | 404 401 401 404 404 404 404 404 404 404 404 -
    public GET /a2a/.well-known/agent-card.json | 404 401 401 404 404 404 404 404 404 404 404 -
    public GET /a2a/.well-known/agent.json | 404 401 401 404 404 404 404 404 404 404 404 -
    public POST /a2a | 401 401 401 200 200 200 200 200 200 200 200 -
    public POST /a2a/ | 401 401 401 200 200 200 200 200 200 200 200 -
    public GET /a2a/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /a2a/nothing
    public POST /a2a/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /a2a/nothing
    public DELETE /a2a/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /a2a/nothing
    public GET /agents/{name}/.well-known/agent-card.json | 404 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/.well-known/agent-card.json
    public GET /agents/{name}/.well-known/agent.json | 404 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/.well-known/agent.json
    public POST /agents/{name} | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody
    public POST /agents/{name}/ | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/
    public GET /agents/{name}/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/tasks
    public POST /agents/{name}/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/tasks
    public DELETE /agents/{name}/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/tasks
    public GET /api/v1/agents | 401 401 401 200 200 200 200 200 200 200 200 -
    public GET /api/v1/agents/{agent} | 401 401 401 404 404 404 404 404 404 404 404 - | /api/v1/agents/none
    public GET /api/v1/agents/{agent}/tasks | 401 401 401 404 404 404 404 404 404 404 404 - | /api/v1/agents/none/tasks
    public POST /api/v1/agents/{agent}/tasks | 401 401 401 403 404 404 404 404 404 404 404 - | /api/v1/agents/none/tasks {"description":"Go"}
    public GET /api/v1/agents/{agent}/tasks/{task} | 401 401 401 404 404 404 404 404 404 404 404 - | /api/v1/agents/none/tasks/abc
    public GET /api/v1/agents/{agent}/tasks/{task}/status | 401 401 401 404 404 404 404 404 404 404 404 - | /api/v1/agents/none/tasks/abc/status
    public GET /api/v1/agents/{agent}/tasks/{task}/response | 401 401 401 404 404 404 404 404 404 404 404 - | /api/v1/agents/none/tasks/abc/response
    public GET /api/v1/agents/{agent}/tasks/{task}/events | 401 401 401 404 404 404 404 404 404 404 404 - | /api/v1/agents/none/tasks/abc/events
    public GET /api/v1/agents/{agent}/tasks/{task}/events/stream | 401 401 401 404 404 404 404 404 404 404 404 - | /api/v1/agents/none/tasks/abc/events/stream
    public POST /api/v1/agents/{agent}/tasks/{task}/execute | 401 401 401 404 404 404 404 404 404 404 404 - | /api/v1/agents/none/tasks/abc/execute {"query":"Go"}
    public POST /api/v1/agents/{agent}/tasks/{task}/pause | 401 401 401 403 404 404 404 404 404 404 403 - | /api/v1/agents/none/tasks/abc/pause
    public POST /api/v1/agents/{agent}/tasks/{task}/resume | 401 401 401 403 404 404 404 404 404 404 403 - | /api/v1/agents/none/tasks/abc/resume
    public DELETE /api/v1/agents/{agent}/tasks/{task} | 401 401 401 403 404 404 404 404 404 404 403 - | /api/v1/agents/none/tasks/abc
    public POST /diagnostics/echo      | 200 200 200 200 200 200 200 200 200 200 200 -
    public GET /diagnostics/ws         | 426 426 426 426 426 426 426 426 426 426 426 -
    agents GET /healthz                | 200 200 200 200 200 200 200 200 200 200 200 -
    agents GET /readyz                 | 200 200 200 200 200 200 200 200 200 200 200 -
    agents POST /ingest/tasks          | 401 401 401 403 201 201 201 201 201 201 201 - | /ingest/tasks {"agent":"import"}
    agents POST /ingest/tasks/{id}/events | 401 401 401 403 404 404 404 404 404 404 404 - | /ingest/tasks/abc/events {}
    agents GET /.well-known/agent-card.json | 404 401 401 404 404 404 404 404 404 404 404 -
    agents GET /.well-known/agent.json | 404 401 401 404 404 404 404 404 404 404 404 -
    agents GET /a2a/.well-known/agent-card.json | 404 401 401 404 404 404 404 404 404 404 404 -
    agents GET /a2a/.well-known/agent.json | 404 401 401 404 404 404 404 404 404 404 404 -
    agents POST /a2a | 401 401 401 200 200 200 200 200 200 200 200 -
    agents POST /a2a/ | 401 401 401 200 200 200 200 200 200 200 200 -
    agents GET /a2a/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /a2a/nothing
    agents POST /a2a/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /a2a/nothing
    agents DELETE /a2a/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /a2a/nothing
    agents GET /agents/{name}/.well-known/agent-card.json | 404 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/.well-known/agent-card.json
    agents GET /agents/{name}/.well-known/agent.json | 404 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/.well-known/agent.json
    agents POST /agents/{name} | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody
    agents POST /agents/{name}/ | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/
    agents GET /agents/{name}/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/tasks
    agents POST /agents/{name}/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/tasks
    agents DELETE /agents/{name}/{path...} | 401 401 401 404 404 404 404 404 404 404 404 - | /agents/nobody/tasks
    admin GET /healthz                 | 200 200 200 200 200 200 200 200 200 200 200 -
    admin GET /readyz                  | 200 200 200 200 200 200 200 200 200 200 200 -
    admin GET /metrics                 | 401 401 401 403 403 403 403 403 403 200 403 -
    admin GET /status                  | 401 401 401 403 403 403 403 403 403 200 403 -
    admin GET /drain                   | 401 401 401 403 403 403 403 403 403 200 403 -
    admin POST /drain                  | 401 401 401 403 403 403 403 403 403 400 403 - | /drain {"when":"now"}
    admin POST /reload                 | 401 401 401 403 403 403 403 403 403 200 403 -
    admin GET /audit                   | 401 401 401 403 403 403 403 403 403 200 403 -
    admin POST /sign-in-links          | 401 401 401 403 403 403 403 403 403 200 403 - | /sign-in-links {"principal":"vera"}
    """

  struct Row {
    let listener: String
    let method: String
    let pattern: String
    let expected: [AccessColumn: String]
    let path: String
    let body: String?

    init(_ line: Substring) {
      let parts = line.split(separator: "|")
      let route = parts[0].split(separator: " ").map(String.init)
      (listener, method, pattern) = (route[0], route[1], route[2])
      expected = AccessColumn.cells(parts[1])
      let asked = parts.count > 2 ? parts[2].split(separator: " ", maxSplits: 1).map(String.init) : []
      path = asked.first ?? pattern.replacing("{id}", with: "abc")
      body = asked.count > 1 ? asked[1] : nil
    }

    var door: TestGateway.Door {
      switch listener {
      case "public": .people
      case "agents": .agents
      default: .admin
      }
    }
  }

  static let rows = table.split(separator: "\n").dropFirst().map(Row.init)

  /// A page's address with something in place of what its pattern leaves open.
  private static func filled(_ pattern: String) -> String {
    pattern.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("{") ? "abc" : String($0) }.joined(separator: "/")
  }

  func run(_ body: (TestGateway) async throws -> Void) async throws {
    let files = try CertificateFiles.certificates()
    try await TestGateway.run {
      $0.diagnostics = true
      $0.identity.rates.requestsPerAddress = 0
      $0.identity.rates.requestsPerPrincipal = 0
      $0.identity.rates.signInsPerAddress = 0
      if case .optional(let trust) = $0.publicListener.clients {
        $0.agentListener?.clients = .optional(trust)
        $0.adminListener?.clients = .optional(trust)
      }
      // Nobody listens there.
      let authority = $0.identity.stateFolder + ".authority"
      try Data(files.serverAuthority.certificatePEM.utf8).write(to: URL(filePath: authority))
      $0.identity.openID = IdentityConfiguration.OpenIDProvider(
        issuer: "https://localhost:1", authorityFile: authority, clientID: "box")
      // With two issuers, the policy says whose people it means.
      let policy = TestPeople.policy.replacing(
        #""token": {"#, with: #""token": {"issuer": "\#(TestTokens.issuer)", "#)
      try policy.write(toFile: $0.identity.policyFile ?? "", atomically: true, encoding: .utf8)
    } _: {
      try await body($0)
    }
  }

  /// Of the dashboard, which its index page serves.
  private static let addresses = [
    "/new", "/tasks/{id}", "/tasks/{id}/events/{seq}", "/agents", "/agents/{name}", "/ops", "/help",
  ]

  /// The routes of the dashboard's files, which the folder says.
  func pages() throws -> Set<String> {
    let names = try FileManager.default.subpathsOfDirectory(atPath: TestGateway.webFolder)
    let files = names.filter { name in
      var isFolder = false
      return FileManager.default.fileExists(atPath: "\(TestGateway.webFolder)/\(name)", isDirectory: &isFolder)
        && !isFolder
    }
    return Set(files.map { "/\($0)" } + ["/", "/sign-in"] + Self.addresses)
  }

  @Test func `every route has its row, and no row is without a route`() async throws {
    try await run { gateway in
      let pages = try pages()
      var routes: Set<String> = []
      for (listener, rows) in await gateway.gateway.routeTable {
        for row in rows where !(listener == "public" && row.method == .get && pages.contains(row.pattern)) {
          routes.insert("\(listener) \(row.method) \(row.pattern)")
        }
        if listener == "public" {
          // Pages are the one row that stands for many.
          let open = rows.filter { $0.method == .get && pages.contains($0.pattern) }
          #expect(Set(open.map(\.pattern)) == pages)
          #expect(open.allSatisfy { $0.access == .open })
        }
      }
      let tabled = Set(
        Self.rows.map { "\($0.listener) \($0.method) \($0.pattern)" }.filter { !$0.hasSuffix("(pages)") })
      #expect(routes.subtracting(tabled) == [], "These routes have no row.")
      #expect(tabled.subtracting(routes) == [], "These rows have no route.")
    }
  }

  @Test func `everybody gets what the table says`() async throws {
    try await run { gateway async throws in
      for row in Self.rows {
        for path in row.pattern == "(pages)" ? try pages().sorted().map(Self.filled) : [row.path] {
          for column in AccessColumn.allCases {
            let answer = try? await gateway.ask(
              row.method, path, try column.lines(), body: row.body, door: row.door, showing: try column.certificate(),
              toHead: true)
            let status = answer.map { "\($0.status)" } ?? "-"
            #expect(status == row.expected[column], "\(row.listener) \(row.method) \(path) as \(column)")
          }
        }
      }
    }
  }
}
