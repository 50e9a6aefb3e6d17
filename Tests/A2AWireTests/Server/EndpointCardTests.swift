import A2A
import HTTP
import JSON
import TestSupport
import Testing
import Wire

@testable import A2AWire

/// The agent card as a document.
@Suite struct EndpointCardTests {
  private static let path = "/.well-known/agent-card.json"

  @Test func `the card has the addresses of this listener and no foreign signature`() async throws {
    var card = AgentCard.testing
    card.signatures = [AgentCardSignature(protected: "e30", signature: "AA")]
    try await ServedEndpoints.run(card: card) { served in
      try await Asker.run(served.port) { asker in
        let reply = try await asker.ask(.get, Self.path)
        #expect(reply.status == .ok)
        #expect(reply.mediaType == "application/json")
        let read = try AgentCard(reading: reply.body)
        let base = "https://localhost:\(served.port)"
        #expect(read.name == "Tester")
        #expect(
          read.interfaces == [
            AgentInterface(url: base + "/a2a", binding: .jsonRPC, protocolVersion: "1.0"),
            AgentInterface(url: base, binding: .httpJSON, protocolVersion: "1.0"),
            AgentInterface(url: base + "/a2a", binding: .jsonRPC, protocolVersion: "0.3"),
            AgentInterface(url: base, binding: .httpJSON, protocolVersion: "0.3"),
          ])
        #expect(read.signatures.isEmpty)
        let head = try await asker.ask(.head, Self.path)
        #expect(head.status == .ok && head.body.isEmpty)
        #expect(head.fields["etag"] == reply.fields["etag"])
      }
    }
  }

  @Test func `a client that has the card is told so`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let reply = try await asker.ask(.get, Self.path)
        let tag = try #require(reply.fields["etag"])
        let date = try #require(reply.fields["last-modified"])
        #expect(reply.fields["cache-control"] == "max-age=60")
        #expect(HTTPDate.parse(date).map { abs($0 - UnixClock.now()) < 600 } == true)
        let current: [[(String, String)]] = [
          [("if-none-match", tag)], [("if-none-match", "W/" + tag)], [("if-none-match", "*")],
          [("if-none-match", "\"x\", " + tag)], [("if-modified-since", date)],
          [("if-none-match", tag), ("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT")],
        ]
        for fields in current {
          let again = try await asker.ask(.get, Self.path, fields)
          #expect(again.status == .notModified, "\(fields)")
          #expect(again.body.isEmpty)
          #expect(again.fields["etag"] == tag)
          #expect(again.fields["cache-control"] == "max-age=60")
          #expect(again.fields["last-modified"] == date)
        }
        let stale: [[(String, String)]] = [
          [("if-none-match", "\"x\"")], [("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT")],
          [("if-modified-since", "yesterday")], [("if-none-match", "\"x\""), ("if-modified-since", date)],
        ]
        for fields in stale { #expect(try await asker.ask(.get, Self.path, fields).status == .ok, "\(fields)") }
      }
    }
  }

  @Test func `a changed card has another tag`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let tag = try #require(try await asker.ask(.get, Self.path).fields["etag"])
        var card = AgentCard.testing
        card.version = "1.1"
        await served.tasks.set(card: card)
        let reply = try await asker.ask(.get, Self.path, [("if-none-match", tag)])
        #expect(reply.status == .ok)
        #expect(reply.fields["etag"] != tag)
      }
    }
  }

  @Test func `before the address is known there is no card`() async throws {
    try await ServedEndpoints.run(isPublished: false) { served in
      try await Asker.run(served.port) { asker in
        let reply = try await asker.ask(.get, Self.path)
        #expect(reply.status == .serviceUnavailable)
        #expect(reply.fields["retry-after"] == "1")
        #expect(reply.fields["cache-control"] == "no-store")
      }
    }
  }

  @Test func `an edition is dated when it first appears`() {
    let now = Ticking()
    let shelf = CardShelf(maxAge: 5) { now.next() }
    func date(_ card: String, at path: String) -> String? {
      shelf.answer(Array(card.utf8), at: path, to: HTTPFields()).fields["last-modified"]
    }
    let first = HTTPDate.format(unixSeconds: 1)
    #expect(date("a", at: "/1") == first)
    #expect(date("a", at: "/1") == first)
    #expect(date("a", at: "/2") == HTTPDate.format(unixSeconds: 2))
    #expect(date("b", at: "/1") == HTTPDate.format(unixSeconds: 3))
    #expect(date("a", at: "/1") == HTTPDate.format(unixSeconds: 4))
  }
}
