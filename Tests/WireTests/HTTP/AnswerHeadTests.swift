import HTTP
import TestSupport
import Testing
import Wire

/// What every answer carries, and the answers that are all head.
@Suite struct AnswerHeadTests {
  @Test func `every answer has a date and a name`() async throws {
    try await TestServer.run { server in
      let answers = try await server.client { client in
        try ["/", "/nothing", "/numbers/2"].compactMap { try client.get($0) }
      }
      #expect(answers.count == 3)
      for answer in answers {
        let date = try #require(answer.fields["date"])
        let seconds = try #require(HTTPDate.parse(date))
        #expect(abs(seconds - UnixClock.now()) <= 5)
        #expect(answer.fields["x-content-type-options"] == "nosniff")
      }
      let names = Set(answers.compactMap { $0.fields["x-request-id"] })
      #expect(names.count == 3)
      #expect(names.allSatisfy { $0.count >= 16 })
    }
  }

  @Test func `a router's own fields are on every answer, and its preflight fields on those to OPTIONS`() async throws {
    var router = Router.standard
    router.answerFields = { HTTPFields([("vary", "x-asked"), ("x-path", $0.target.path)]) }
    router.preflight = { head, methods in
      HTTPFields([("x-may", "\(methods.map(\.rawValue).joined(separator: " ")) \(head.fields["origin"] ?? "")")])
    }
    try await TestServer.run(router: router) { server in
      let answers = try await server.client { client in
        [
          try client.get("/"), try client.get("/nothing"), try client.get("/numbers/2"),
          try client.ask("PUT / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
          try client.ask("OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: o\r\n\r\n"),
          try client.ask("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n"),
        ].compactMap { $0 }
      }
      #expect(answers.map(\.status) == [200, 404, 200, 405, 204, 413])
      #expect(answers.map { $0.fields["x-path"] } == ["/", "/nothing", "/numbers/2", "/", "/", "/echo"])
      #expect(answers.allSatisfy { $0.fields.values(of: "vary").contains("x-asked") })
      #expect(answers.map { $0.fields["x-may"] } == [nil, nil, nil, nil, "GET HEAD OPTIONS o", nil])
      // What is no request is answered to nobody in particular.
      let none = try await server.client { try $0.ask("nonsense\r\n\r\n") }
      #expect(none?.fields["x-path"] == nil)
    }
  }

  @Test func `HEAD gets the head of GET and no body`() async throws {
    try await TestServer.run { server in
      let (head, chunked, next) = try await server.client { client in
        let head = try client.ask("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n", toHead: true)
        let chunked = try client.ask("HEAD /numbers/5 HTTP/1.1\r\nHost: localhost\r\n\r\n", toHead: true)
        return (head, chunked, try client.get("/"))
      }
      #expect(head?.status == 200)
      #expect(head?.fields["content-length"] == "6")
      #expect(head?.fields["content-type"] == "text/plain; charset=utf-8")
      #expect(chunked?.fields["transfer-encoding"] == "chunked")
      // Had there been a body, this answer would not be readable.
      #expect(next?.text == "hello\n")
    }
  }

  @Test func `HEAD to what is not there has no body either`() async throws {
    try await TestServer.run { server in
      let (head, next) = try await server.client { client in
        (try client.ask("HEAD /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", toHead: true), try client.get("/"))
      }
      #expect(head?.status == 404)
      #expect(next?.text == "hello\n")
    }
  }

  @Test func `OPTIONS tells what a path takes`() async throws {
    try await TestServer.run { server in
      let (echo, all, none) = try await server.client { client in
        (
          try client.ask("OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\n\r\n"),
          try client.ask("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"),
          try client.ask("OPTIONS /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
        )
      }
      #expect(echo?.status == 204)
      #expect(echo?.fields["allow"] == "OPTIONS, POST")
      #expect(echo?.fields["content-length"] == nil)
      #expect(all?.status == 204)
      #expect(none?.status == 404)
    }
  }

  @Test func `another method is refused with the ones there are`() async throws {
    try await TestServer.run { server in
      let answer = try await server.client { try $0.ask("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n") }
      #expect(answer?.status == 405)
      #expect(answer?.fields["allow"] == "GET, HEAD, OPTIONS")
      #expect(answer?.fields["content-type"] == "application/problem+json")
    }
  }

  @Test func `a handler's field beats the listener's`() async throws {
    var router = Router()
    router.on(.get, "/") { _ in Response(fields: HTTPFields([("referrer-policy", "same-origin"), ("x-own", "1")])) }
    try await TestServer.run(router: router) { server in
      let fields = try await server.client { try $0.get("/") }?.fields
      #expect(fields?.values(of: "referrer-policy") == ["same-origin"])
      #expect(fields?["x-own"] == "1")
      #expect(fields?["x-content-type-options"] == "nosniff")
    }
  }

  @Test(arguments: [204, 304]) func `a status without a body has none`(code: Int) async throws {
    var router = Router()
    router.on(.get, "/bytes") { _ in Response(HTTPStatus(code: code), body: .bytes([1, 2, 3])) }
    router.on(.get, "/stream") { _ in
      Response(HTTPStatus(code: code), body: .stream { try await $0.write([1, 2, 3]) })
    }
    try await TestServer.run(router: router) { server in
      let answers = try await server.client { client in
        try ["/bytes", "/stream", "/bytes"].map { try client.get($0) }
      }
      #expect(answers.map { $0?.status } == [code, code, code])
      #expect(answers.allSatisfy { $0?.fields["content-length"] == nil && $0?.fields["transfer-encoding"] == nil })
    }
  }
}
