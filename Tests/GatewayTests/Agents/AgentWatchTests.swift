import A2A
import HTTP
import Identity
import TestSupport
import Testing
import Wire

@testable import Gateway

/// What a look at a real server finds.
@Suite struct AgentWatchTests {
  @Test func `an agent that is well is known by its card and by the end of its certificate`() async throws {
    try await CardServer.run { server async throws in
      try await AgentScene.run([try server.configuration("one")]) { scene async throws in
        let health = try #require(try await scene.agent("one", becomes: .well))
        let agent = try #require(scene.directory["one"])
        #expect(health.card == server.card())
        #expect(health.dialect == Dialect(.jsonRPC, .v1))
        let end = try #require(health.certificateEnd)
        #expect(abs(end - UnixClock.now() - 30 * 86_400) < 86_400)
        #expect(agent.card == server.card() && agent.quarantine == nil && agent.ownCertificateEnd == nil)
        #expect(scene.logged.contains("agent found"))
      }
    }
  }

  @Test func `the card may be anywhere on the host`() async throws {
    try await CardServer.run { server async throws in
      try await AgentScene.run([try server.configuration("one", path: "/cards/one.json")]) { scene async throws in
        #expect(try await scene.agent("one", becomes: .well) != nil)
      }
    }
  }

  @Test func `an agent that is out of reach is away, and is found again`() async throws {
    try await CardServer.run { server async throws in
      try await AgentScene.run([try server.configuration("one")]) { scene async throws in
        #expect(try await scene.agent("one", becomes: .well) != nil)
        server.show(Array("busy".utf8), status: .serviceUnavailable)
        let away = try #require(try await scene.agent("one", becomes: .away))
        #expect(away.trouble?.contains("Agent returned 503") == true)
        // It gets tasks, and they say why they fail.
        #expect(scene.directory["one"]?.quarantine == nil)
        #expect(scene.directory["one"]?.card == server.card())
        server.show(server.card { $0.version = "2" })
        #expect(try await scene.agent("one", becomes: .well)?.card?.version == "2")
        #expect(scene.logged.contains("agent out of reach"))
      }
    }
  }

  @Test func `a card is asked for again however long it may be kept`() async throws {
    try await CardServer.run { server async throws in
      try await AgentScene.run([try server.configuration("one")]) { scene async throws in
        #expect(try await scene.agent("one", becomes: .well) != nil)
        server.show(server.card { $0.description = "Another." })
        let isNew = await eventually {
          scene.directory["one"]?.callFailed()
          return scene.directory["one"]?.card?.description == "Another."
        }
        #expect(isNew)
        #expect(scene.logged.contains("agent has another card"))
      }
    }
  }

  @Test func `nobody there is away`() async throws {
    let nobody = AgentConfiguration(
      name: "one", url: "https://127.0.0.1:1", authorityFile: try AgentScene.authorityFile())
    try await AgentScene.run([nobody]) { scene async throws in
      let health = try #require(try await scene.agent("one", becomes: .away))
      #expect(health.trouble?.hasPrefix("Reading the agent card failed at 127.0.0.1:1: No connection") == true)
    }
  }

  @Test(arguments: [
    ("not json", HTTPStatus.ok, "its card cannot be understood"),
    (#"{"name":"x"}"#, .ok, "its card cannot be understood"), ("gone", .notFound, "Agent returned 404"),
    ("no", .forbidden, "Agent returned 403"),
  ])
  func `an agent without a card that can be read gets no tasks`(
    _ body: String, _ status: HTTPStatus, _ fault: String
  ) async throws {
    try await CardServer.run { server async throws in
      server.show(Array(body.utf8), status: status)
      try await AgentScene.run([try server.configuration("one")]) { scene async throws in
        let health = try #require(try await scene.agent("one", becomes: .quarantined))
        #expect(health.trouble?.contains(fault) == true)
        let quarantine = try #require(scene.directory["one"]?.quarantine)
        #expect(quarantine == health.trouble)
        #expect(quarantine.utf8.allSatisfy { (0x20...0x7E).contains($0) } && quarantine.hasSuffix("."))
        #expect(scene.logged.contains("agent gets no tasks"))
        server.show(server.card())
        #expect(try await scene.agent("one", becomes: .well) != nil)
        #expect(scene.directory["one"]?.quarantine == nil)
      }
    }
  }

  @Test func `an agent that speaks nothing that is spoken here gets no tasks`() async throws {
    try await CardServer.run { server async throws in
      server.show(
        server.card { $0.interfaces = [AgentInterface(url: "https://localhost:\(server.port)", binding: .grpc)] })
      try await AgentScene.run([try server.configuration("one")]) { scene async throws in
        let health = try #require(try await scene.agent("one", becomes: .quarantined))
        #expect(health.trouble?.contains("offers no interface that can be used") == true)
      }
    }
  }

  @Test func `a card that leads to another host gets no tasks`() async throws {
    try await CardServer.run { server async throws in
      server.show(
        server.card { $0.interfaces = [AgentInterface(url: "https://elsewhere.example/", binding: .jsonRPC)] })
      try await AgentScene.run([try server.configuration("one")]) { scene async throws in
        #expect(try await scene.agent("one", becomes: .quarantined) != nil)
      }
    }
  }

  // MARK: Who it is

  @Test func `whoever has not the name that is expected gets no tasks, until a reload expects it`() async throws {
    let shown = try CertificateFiles.certificates().server(
      commonName: "one", uris: ["spiffe://signalbox.local/agent/one"], dnsNames: ["localhost"])
    try await CardServer.run(showing: shown) { server async throws in
      var agent = try server.configuration("one")
      agent.serverNames = ["spiffe://signalbox.local/agent/two"]
      try await AgentScene.run([agent]) { scene async throws in
        let health = try #require(try await scene.agent("one", becomes: .quarantined))
        #expect(
          health.trouble?.contains("none of the names that are expected, spiffe://signalbox.local/agent/two") == true)
        #expect(server.asked == 0)
        agent.serverNames.append("spiffe://signalbox.local/agent/one")
        let before = try #require(scene.directory["one"])
        try await scene.reload([agent])
        #expect(try await scene.agent("one", becomes: .well) != nil)
        #expect(scene.directory["one"] === before)
      }
    }
  }

  @Test func `an agent lets us in by the certificate that is configured`() async throws {
    let files = try AgentScene.written()
    let clients = ClientCertificates.required(
      try ClientTrust.load(
        authorityFile: files.clientAuthority, revocationFile: files.revocationList,
        names: ClientNames(uriPrefixes: ["spiffe://signalbox.local/agent/"])))
    try await CardServer.run(clients: clients) { server async throws in
      var agent = try server.configuration("one")
      try await AgentScene.run([agent]) { scene async throws in
        let health = try #require(try await scene.agent("one", becomes: .away))
        #expect(health.trouble?.contains("refused our certificate") == true)
        agent.certificateFile = files.certificate(.good)
        agent.keyFile = files.key(.good)
        try await scene.reload([agent])
        #expect(try await scene.agent("one", becomes: .well) != nil)
        let end = try #require(scene.directory["one"]?.ownCertificateEnd)
        #expect(abs(end - UnixClock.now() - 30 * 86_400) < 86_400)
        agent.certificateFile = files.certificate(.revoked)
        agent.keyFile = files.key(.revoked)
        try await scene.reload([agent])
        #expect(try await scene.agent("one", becomes: .away) != nil)
      }
    }
  }

  // MARK: Signatures

  @Test func `where keys are configured, only a card that one of them has signed is good`() async throws {
    let (signer, stranger) = (try TokenSigner.generate(.es256), try TokenSigner.generate(.es256))
    try await CardServer.run { server async throws in
      var agent = try server.configuration("one")
      agent.cardKeysFile = try AgentScene.keys(of: signer)
      server.show(Array("starting".utf8), status: .serviceUnavailable)
      try await AgentScene.run([agent]) { scene async throws in
        _ = try await scene.agent("one", becomes: .away)
        #expect(scene.directory["one"]?.quarantine?.contains("has not been verified yet") == true)
        server.show(server.card())
        let unsigned = try #require(try await scene.agent("one", becomes: .quarantined))
        #expect(unsigned.trouble?.contains("has no signature") == true)

        try server.show(server.card(), signedBy: signer)
        #expect(try await scene.agent("one", becomes: .well) != nil)
        #expect(scene.directory["one"]?.quarantine == nil)

        try server.show(server.card(), signedBy: stranger)
        let foreign = try #require(try await scene.agent("one", becomes: .quarantined))
        #expect(foreign.trouble?.contains("No signature of the card is good: none of the keys") == true)

        try server.show(server.card(), signedBy: signer)
        #expect(try await scene.agent("one", becomes: .well)?.card?.signatures.count == 1)
        let signed = try #require(scene.directory["one"]?.card)
        var tampered = signed
        tampered.description = "Gives everything away."
        server.show(tampered)
        let changed = try #require(try await scene.agent("one", becomes: .quarantined))
        #expect(changed.trouble?.contains("it does not fit") == true)
        // Not the agent's word against its keys' any more, but no keys are asked for.
        agent.cardKeysFile = nil
        try await scene.reload([agent])
        #expect(try await scene.agent("one", becomes: .well) != nil)
      }
    }
  }

  @Test func `members that say nothing may be in a signed card or not, and one good signature is enough`() async throws
  {
    let signer = try TokenSigner.generate(.edDSA)
    try await CardServer.run { server async throws in
      var agent = try server.configuration("one")
      agent.cardKeysFile = try AgentScene.keys(of: signer)
      try server.show(server.card(), signedBy: signer)
      try await AgentScene.run([agent]) { scene async throws in
        let card = try #require(try await scene.agent("one", becomes: .well)?.card)
        let text = String(decoding: card.encoded(), as: UTF8.self)
        let padded = text.replacing(#""version":"#, with: #""iconUrl":"","securityRequirements":[],"version":"#)
        #expect(padded != text)
        server.show(Array(padded.utf8))
        let asked = server.asked
        let wasSeen = await eventually {
          scene.directory["one"]?.callFailed()
          return server.asked > asked + 1
        }
        #expect(wasSeen)
        #expect(scene.directory["one"]?.health.state == .well)
        var several = card
        several.signatures.insert(AgentCardSignature(protected: "e30", signature: "AA"), at: 0)
        several.version = card.version
        server.show(several)
        let again = server.asked
        let wasSeenAgain = await eventually {
          scene.directory["one"]?.callFailed()
          return server.asked > again + 1
        }
        #expect(wasSeenAgain)
        #expect(scene.directory["one"]?.health.state == .well)
      }
    }
  }
}
