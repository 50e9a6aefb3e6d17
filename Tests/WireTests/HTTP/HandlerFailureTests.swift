import HTTP
import TestSupport
import Testing
import Wire

/// What a handler throws.
@Suite struct HandlerFailureTests {
  private struct Secretive: Error, CustomStringConvertible {
    let description = "the password is hunter2"
  }

  @Test func `a refusal is answered as the problem it is`() async throws {
    let router = Router.only(.get, "/") { _ in
      throw Refusal(.conflict, "The task is over.", fields: HTTPFields([("retry-after", "7")]))
    }
    try await TestServer.run(router: router) { server in
      let answers = try await server.client { [try $0.get("/"), try $0.get("/")] }
      for answer in answers {
        #expect(answer?.status == 409)
        #expect(answer?.fields["content-type"] == "application/problem+json")
        #expect(answer?.fields["cache-control"] == "no-store")
        #expect(answer?.fields["retry-after"] == "7")
        #expect(
          answer?.text
            == #"{"type":"about:blank","title":"Conflict","status":409,"code":"conflict","detail":"The task is over."}"#
        )
      }
      #expect(!server.log.lines.contains { $0.contains(#""level":"error""#) })
    }
  }

  @Test func `anything else is a 500 that tells the log and not the client`() async throws {
    var router = Router.only(.get, "/broken/{id}") { _ in throw Secretive() }
    router.on(.get, "/") { _ in .text("fine") }
    try await TestServer.run(router: router) { server in
      let (answer, next) = try await server.client { (try $0.get("/broken/7"), try $0.get("/")) }
      #expect(answer?.status == 500)
      #expect(answer?.fields["content-type"] == "application/problem+json")
      #expect(answer?.text.contains("hunter2") == false)
      #expect(next?.text == "fine")
      // What the client is told leads to the line in the log.
      let id = try #require(answer?.fields["x-request-id"])
      #expect(answer?.text.contains(id) == true)
      let line = try #require(server.log.lines.first { $0.contains("handler failed") })
      #expect(line.contains(#""level":"error""#))
      #expect(line.contains("hunter2"))
      #expect(line.contains(id))
      #expect(line.contains(#""route":"/broken/{id}""#))
    }
  }

  @Test func `a handler that takes too long is answered for and cancelled`() async throws {
    let cancelled = Signal()
    let router = Router.only(.get, "/", options: .init(answerWithin: .milliseconds(100))) { _ in
      try await withTaskCancellationHandler {
        try await Task.sleep(for: .seconds(60))
      } onCancel: {
        cancelled.send()
      }
      return .text("late")
    }
    try await TestServer.run(router: router) { server in
      let (answer, ending) = try await server.client { (try $0.get("/"), $0.receiveAll()) }
      #expect(answer?.status == 503)
      #expect(answer?.fields["connection"] == "close")
      #expect(ending.bytes.isEmpty)
      #expect(ending.ending == .goodbye)
      #expect(await cancelled.wait())
    }
  }
}
