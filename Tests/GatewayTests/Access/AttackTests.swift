import Gateway
import HTTP
import JSON
import TestSupport
import Testing

/// What somebody would try who wants in without being known, over real sockets.
@Suite struct AttackTests {
  // MARK: Pages of other sites

  @Test func `a page of another site opens no WebSocket, with whatever the browser sends by itself`() async throws {
    try await TestGateway.run {
      $0.diagnostics = true
    } _: { gateway async throws in
      let cookie = try await gateway.signIn(.ada).cookie.dropFirst("Cookie: ".count)
      let certificate = try TestPeople.ada.certificate()
      func status(_ origin: String?, _ fields: [(name: String, value: String)] = []) async throws -> Int? {
        var handshake = WebSocketHandshake("/diagnostics/ws", origin: origin, fields: fields)
        handshake.host = "localhost:\(gateway.port(.people))"
        handshake.fields.append(("Cookie", String(cookie)))
        let text = handshake.text
        return try await gateway.client(.people, showing: certificate) { client in
          try client.send(text)
          return client.anyAnswer(toHead: true)?.status
        }
      }
      #expect(try await status(gateway.origin) == 101)
      #expect(try await status(nil) == 101)
      for origin in [
        "https://evil.example", "null", "https://localhost", "http://localhost:\(gateway.port(.people))",
        "\(gateway.origin).evil.example", "https://evil.example?\(gateway.origin)", "\(gateway.origin)@evil.example",
      ] {
        #expect(try await status(origin) == 403, "\(origin)")
      }
      #expect(try await status(nil, [("Sec-Fetch-Site", "cross-site")]) == 403)
      #expect(try await status(gateway.origin, [("Origin", "https://evil.example")]) == 403)
    }
  }

  @Test func `a page of another site changes nothing, on any listener`() async throws {
    try await TestGateway.run { gateway async throws in
      let evil = "Origin: https://evil.example"
      let ada = try TestPeople.ada.certificate()
      let body = #"{"principal": "anna"}"#
      #expect(
        try await gateway.ask("POST", "/sign-in-links", [evil], body: body, door: .admin, showing: ada)?.status == 403)
      #expect(
        try await gateway.ask(
          "POST", "/sign-in-links", ["Sec-Fetch-Site: cross-site"], body: body, door: .admin, showing: ada)?.status
          == 403)
      #expect(try await gateway.ask("POST", "/sign-in-links", body: body, door: .admin, showing: ada)?.status == 200)
      // Signing somebody in as somebody else is an attack, too.
      let link = try JSONValue(
        parsing: try #require(
          try await gateway.ask("POST", "/sign-in-links", body: body, door: .admin, showing: ada)
        ).body)
      let token = try #require(link["url"]?.string?.split(separator: "#").last)
      let signIn = #"{"link": "\#(token)"}"#
      #expect(try await gateway.ask("POST", "/api/session", [evil], body: signIn)?.status == 403)
      #expect(try await gateway.ask("POST", "/api/session", ["Origin: \(gateway.origin)"], body: signIn)?.status == 200)
    }
  }

  @Test func `a page of another site is refused before anything is said of the visitor`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.anna)
      let lines = [
        [], [session.cookie, session.csrfLine], ["Authorization: Bearer x"], ["Cookie: __Host-signalbox=x"],
      ]
      var bodies: Set<[UInt8]> = []
      for lines in lines {
        let answer = try await gateway.ask("DELETE", "/api/session", lines + ["Origin: https://evil.example"])
        #expect(answer?.status == 403)
        bodies.insert(answer?.body ?? [])
      }
      #expect(bodies.count == 1)
      #expect(try await gateway.ask("GET", "/api/session", [session.cookie])?.status == 200)
    }
  }

  // MARK: Names in other fields

  @Test func `a name in a field of a proxy is nobody's`() async throws {
    let smuggled = [
      "X-Forwarded-User: ada", "X-Remote-User: ada", "Remote-User: ada", "X-Auth-Request-User: ada",
      "X-Client-Cert: \(TestPeople.ada.uri)", "X-SSL-Client-Verify: SUCCESS", "X-SSL-Client-S-DN: CN=ada",
      "X-Forwarded-Client-Cert: URI=\(TestPeople.ada.uri)", "Forwarded: for=127.0.0.1;by=ada",
      "X-Signalbox-Principal: ada",
      "X-Signalbox-Role: admin", "X-Signalbox-User: ada", "X-ARR-ClientCert: ada", "Client-Cert: :YWRh:",
      "X-Real-IP: 127.0.0.1", "X-Forwarded-For: 127.0.0.1", "Proxy-Authorization: Bearer x", "X-Api-Key: ada",
    ]
    try await TestGateway.run { gateway async throws in
      let plain = try await gateway.ask("GET", "/api/about")
      let all = try await gateway.ask("GET", "/api/about", smuggled)
      #expect(all?.status == 401)
      #expect(all?.body == plain?.body)
      let vera = "Authorization: Bearer \(try TestTokens.token(for: "vera"))"
      let who = try await gateway.ask("GET", "/api/session", [vera] + smuggled)
      #expect(try JSONValue(parsing: who?.body ?? [])["principal"]?.string == "vera")
      #expect(try JSONValue(parsing: who?.body ?? [])["roles"]?.elements.map { $0.string } == ["viewer"])
    }
  }

  @Test(arguments: ["?access_token=", "?token=", "?authorization=Bearer%20"])
  func `a token in the query is none`(query: String) async throws {
    try await TestGateway.run { gateway async throws in
      let path = "/api/about" + query + (try TestTokens.token(for: "ada"))
      #expect(try await gateway.ask("GET", path)?.status == 401)
    }
  }

  @Test func `an Authorization of a hundred kilobytes costs a line`() async throws {
    try await TestGateway.run { gateway async throws in
      let answer = try? await gateway.client(.people) { client in
        // The server may hang up before all of it is there.
        try? client.send("GET /api/about HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ")
        try? client.send([UInt8](repeating: 0x41, count: 100_000))
        try? client.send("\r\n\r\n")
        return client.answer()
      }
      #expect(answer?.status == 431)
      #expect(try await gateway.get("/healthz")?.status == 200)
    }
  }

  // MARK: Bytes

  @Test func `what is refused quotes no credential, and neither does the log`() async throws {
    try await TestGateway.run { gateway async throws in
      let secret = "c0ffee" + String(repeating: "x", count: 58)
      let cookie = try await gateway.ask("GET", "/api/about", ["Cookie: __Host-signalbox=\(secret)"])
      let token = try await gateway.ask("GET", "/api/about", ["Authorization: Bearer \(secret)"])
      let csrf = try await gateway.signIn(.anna)
      let wrong = try await gateway.ask("DELETE", "/api/session", [csrf.cookie, "X-Signalbox-CSRF: \(secret)"])
      for answer in [cookie, token, wrong] {
        #expect(answer?.text.contains("c0ffee") == false)
        #expect(answer?.fields.contains { $0.value.contains("c0ffee") } == false)
      }
      let audit = try await gateway.ask("GET", "/audit", door: .admin, showing: TestPeople.ada.certificate())
      #expect(audit?.text.contains("refusal") == true)
      #expect(audit?.text.contains("c0ffee") == false)
      #expect(!gateway.log.all.contains { $0.contains("c0ffee") || $0.contains(csrf.csrf) })
    }
  }
}
