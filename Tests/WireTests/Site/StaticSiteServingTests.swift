import FoundationEssentials
import HTTP
import TestSupport
import Testing
import Wire

/// A folder of pages over a real server, with a secret beside it that no path may reach.
@Suite struct StaticSiteServingTests {
  private let outer: TemporaryFolder
  private let router: Router

  init() throws {
    outer = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: outer.path("web/js"), withIntermediateDirectories: true)
    try outer.write("secret", to: "secret.txt")
    try outer.write("<!doctype html><title>Page</title>", to: "web/index.html")
    try outer.write(String(repeating: "const green = true;\n", count: 50), to: "web/js/app.js")
    try outer.write("hidden", to: "web/.hidden")
    try outer.write("second page", to: "web/second.html")
    try outer.write("umlaut", to: "web/ä b.txt")
    var router = Router()
    try StaticSite.load(outer.path("web")).install(pages: ["/", "/tasks/{id}"], into: &router)
    self.router = router
  }

  @Test func `files and pages are served`() async throws {
    try await TestServer.run(router: router) { server in
      let texts = try await server.client { client in
        try ["/", "/index.html", "/tasks/7", "/%C3%A4%20b.txt"].map { try client.get($0)?.text }
      }
      let page = "<!doctype html><title>Page</title>"
      #expect(texts == [page, page, page, "umlaut"])
    }
  }

  @Test func `a page is there under its name without the ending, too; the first page is not`() async throws {
    try await TestServer.run(router: router) { server in
      let answers = try await server.client { client in
        try ["/second", "/second.html", "/index", "/js/app"].map { try client.get($0) }
      }
      #expect(answers.map { $0?.status } == [200, 200, 404, 404])
      #expect(answers.prefix(2).allSatisfy { $0?.text == "second page" })
      #expect(answers[0]?.fields["content-type"] == answers[1]?.fields["content-type"])
    }
  }

  @Test func `a browser gets the compressed form and then a 304`() async throws {
    try await TestServer.run(router: router) { server in
      let (first, second) = try await server.client { client in
        let first = try client.get("/js/app.js", "Accept-Encoding: gzip, deflate, br")
        let tag = first?.fields["etag"] ?? ""
        return (first, try client.get("/js/app.js", "Accept-Encoding: gzip", "If-None-Match: \(tag)"))
      }
      #expect(first?.fields["content-encoding"] == "gzip")
      #expect(first?.body.count ?? 0 < 1000)
      #expect(second?.status == 304)
      #expect(second?.fields["content-length"] == nil)
      #expect(second?.fields["etag"] == first?.fields["etag"])
    }
  }

  @Test(arguments: [
    "/../secret.txt", "/js/../../secret.txt", "/%2e%2e/secret.txt", "/%2E%2E%2Fsecret.txt", "/..%2fsecret.txt",
    "/js/%2e%2e/%2e%2e/secret.txt", "/..%5csecret.txt", "/%252e%252e/secret.txt", "/....//secret.txt",
    "/js/..;/..;/secret.txt", "/secret.txt", "//secret.txt", "/js//app.js", "/js", "/js/", "/.hidden", "/%2ehidden",
    "/index.html/", "/index.html%00", "/INDEX.HTML", "/js%2fapp.js", "/./index.html",
  ])
  func `no path leads out of the folder`(path: String) async throws {
    try await TestServer.run(loops: 1, router: router) { server in
      let answer = try await server.client { try $0.get(path) }
      #expect([400, 404].contains(answer?.status ?? 0))
      #expect(answer?.fields["content-type"] == "application/problem+json")
      #expect(answer?.text.contains("secret\n") == false)
    }
  }
}
