import A2A
import HTTP
import JSON
import TestSupport
import Testing
import Wire

@testable import A2AWire

/// Who calls, and who may.
@Suite struct EndpointCallerTests {
  @Test func `the first URI names the caller, else the first DNS name`() throws {
    func name(_ uris: [String], _ names: [String]) throws -> A2AWire.Caller {
      try CallerRule.caller(uris: uris, dnsNames: names, hasMalformedName: false)
    }
    #expect(try name(["spiffe://a/b", "urn:c"], ["d.example"]) == .named("spiffe://a/b"))
    #expect(try name([], ["d.example", "e.example"]) == .named("d.example"))
    #expect(throws: CallerRefused.noName) { try name([], []) }
  }

  @Test func `a certificate with a malformed name names nobody`() {
    #expect(throws: CallerRefused.malformedName) {
      try CallerRule.caller(uris: ["spiffe://a/b"], dnsNames: [], hasMalformedName: true)
    }
  }

  @Test func `a list lets in whom it names, exactly`() throws {
    let rule = CallerRule.listed(["spiffe://a/b"])
    #expect(try rule.admit(.named("spiffe://a/b")) == .named("spiffe://a/b"))
    for other in ["spiffe://a/b/c", "spiffe://a/", "SPIFFE://a/b", ""] {
      #expect(throws: CallerRefused.notListed(other)) { try rule.admit(.named(other)) }
    }
    #expect(throws: CallerRefused.noCertificate) { try rule.admit(.anonymous) }
    #expect(throws: CallerRefused.noCertificate) { try rule.admit(nil as PeerIdentity?) }
    #expect(throws: CallerRefused.notListed("x")) { try CallerRule.listed([]).admit(.named("x")) }
  }

  @Test func `without a list everybody is let in`() throws {
    #expect(try CallerRule.anyone.admit(nil as PeerIdentity?) == .anonymous)
    #expect(try CallerRule.anyone.admit(.named("x")) == .named("x"))
  }

  @Test func `refusals are printable sentences`() {
    let refusals: [CallerRefused] = [.noCertificate, .noName, .malformedName, .notListed(goodAgent)]
    for refusal in refusals {
      #expect(refusal.description.utf8.allSatisfy { (0x20...0x7E).contains($0) })
      #expect(refusal.description.hasSuffix("."))
    }
  }

  @Test func `an unlisted caller is told so everywhere, before anything else`() async throws {
    var options = EndpointOptions()
    options.callers = .listed([goodAgent])
    try await ServedEndpoints.run(options: options) { served in
      try await Asker.run(served.port, as: .goodOperator) { asker in
        let json = [("content-type", "application/json")]
        let replies = [
          try await asker.ask(.get, "/.well-known/agent-card.json"),
          try await asker.ask(.post, "/a2a", json, "{"),
          try await asker.ask(.post, "/a2a", json + [("a2a-version", "99.0")], "{}"),
          try await asker.ask(.post, "/message:stream", json, "{}"),
          try await asker.ask(.get, "/no/such/path"),
        ]
        for reply in replies {
          #expect(reply.status == .forbidden)
          #expect(reply.mediaType == "application/json")
          #expect(reply.fields["www-authenticate"] == nil)
          #expect(reply.errorCode == 403)
          #expect(reply.json?["error"]?["status"]?.string == "PERMISSION_DENIED")
          #expect(reply.errorMessage?.contains("\"\(goodOperator)\" is not listed here") == true)
        }
      }
      try await Asker.run(served.port) { asker in
        _ = try await asker.call(.sendMessage(SendMessageRequest("complete")), Dialect(.jsonRPC, .v1))
      }
      #expect(await served.tasks.requests.count == 1)
      #expect(served.metric("signalbox_a2a_callers_refused_total") == 5)
      #expect(served.log.lines.count { $0.contains("a2a caller refused") && $0.contains(goodOperator) } == 5)
    }
  }

  @Test func `whoever shows no certificate is nobody, and no list lets nobody in`() async throws {
    try await ServedEndpoints.run(asksForCertificates: false) { served in
      try await Asker.run(served.port, as: nil) { asker in
        _ = try await asker.call(.sendMessage(SendMessageRequest("complete")), Dialect(.jsonRPC, .v1))
      }
      #expect(await served.tasks.calls.map(\.caller) == [.anonymous])
    }
    var options = EndpointOptions()
    options.callers = .listed([goodAgent])
    try await ServedEndpoints.run(options: options, asksForCertificates: false) { served in
      try await Asker.run(served.port, as: nil) { asker in
        let reply = try await asker.rpc("GetTask", #"{"id":"t1"}"#)
        #expect(reply.status == .forbidden)
        #expect(reply.errorMessage?.contains("no client certificate") == true)
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `callers do not see each other's tasks`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        _ = try await asker.call(.sendMessage(SendMessageRequest("complete")), dialect)
      }
      try await Asker.run(served.port, as: .goodOperator) { asker in
        let error = try await asker.failure(.getTask(GetTaskRequest(id: "t1")), dialect)
        #expect(error?.code == .taskNotFound)
      }
    }
  }
}
