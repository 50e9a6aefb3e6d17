import FoundationEssentials
import HTTP
import JSON
import Journal
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// A configuration that is read again while the gateway runs.
@Suite struct OperatorReloadTests {
  /// The process around the gateway, as a test wants it.
  private final class TestHost: Sendable {
    private struct State {
      var answer: Result<(GatewayConfiguration, ReloadReport), ConfigurationRefused>?
      var adopted = 0
    }

    private let state = Mutex(State())

    var adopted: Int { state.withLock { $0.adopted } }

    func gives(_ configuration: GatewayConfiguration, _ report: ReloadReport = ReloadReport()) {
      state.withLock { $0.answer = .success((configuration, report)) }
    }

    func refuses(_ problems: String...) {
      state.withLock { $0.answer = .failure(ConfigurationRefused(problems: problems)) }
    }

    var host: GatewayHost {
      GatewayHost(
        readConfiguration: { [self] in
          guard let answer = state.withLock({ $0.answer }) else { throw ConfigurationRefused(problems: ["nothing"]) }
          let (configuration, report) = try answer.get()
          return ConfigurationReading(configuration: configuration, report: report) { [self] in
            state.withLock { $0.adopted += 1 }
          }
        }, beginEnd: {})
    }
  }

  /// The gateway, and the configuration that it began with.
  private func run(
    _ host: TestHost, _ body: (TestGateway, GatewayConfiguration) async throws -> Void
  ) async throws {
    var begun: GatewayConfiguration?
    try await TestGateway.run(host: host.host) {
      begun = $0
    } _: { gateway in
      try await body(gateway, try #require(begun))
    }
  }

  private func status(_ gateway: TestGateway, _ person: TestPeople) async throws -> Int? {
    try await gateway.ask("GET", "/status", door: .admin, showing: try person.certificate())?.status
  }

  @Test func `another policy file, other certificates and another retention are taken over, and streams go on`()
    async throws
  {
    let host = TestHost()
    try await run(host) { gateway, begun async throws in
      let stream = try await gateway.stream(showing: try TestPeople.oscar.certificate())
      _ = try await stream.next("grant")
      var wanted = begun
      let promoted = TestPeople.policy.replacing(#""roles": ["operator"]"#, with: #""roles": ["admin"]"#)
      wanted.identity.policyFile = try gateway.files.folder.write(promoted, to: "other-policy.json")
      wanted.publicListener.certificateFile = gateway.files.certificate(server: .rotated)
      wanted.publicListener.keyFile = gateway.files.key(server: .rotated)
      wanted.journal.retention = Retention(age: 7, tasks: 8)
      // What cannot change does not, and does no harm.
      wanted.loops = 7
      wanted.adminListener = nil
      let report = ReloadReport(changed: ["policy"], pending: ["loops", "listeners.admin.enabled"])
      host.gives(wanted, report)
      #expect(try await status(gateway, .olaf) == 403)

      let answer = try #require(try await gateway.operatorAsks("POST", "/reload"))
      #expect(answer.status == 200)
      #expect(answer.text == #"{"changed":["policy"],"pending":["loops","listeners.admin.enabled"]}"#)
      #expect(host.adopted == 1)
      #expect(try await status(gateway, .olaf) == 200)
      #expect(await gateway.gateway.records?.rounds.retention == Retention(age: 7, tasks: 8))
      let shown = try await gateway.client(.people) { $0.serverFingerprint }
      #expect(
        shown == (try TLSClient.fingerprint(pem: try CertificateFiles.certificates()[server: .rotated].certificatePEM)))
      let state = try await gateway.status()
      #expect(state["settingsPending"]?.elements.map(\.string) == ["loops", "listeners.admin.enabled"])
      #expect(try await gateway.metrics()["signalbox_settings_pending"] == 2)
      #expect(state["streams"]?["open"]?.int == 1)
      #expect(stream.types == ["grant"])
      #expect(gateway.log.all.contains { $0.contains("only a restart takes in") && $0.contains(#"["loops","#) })
      let records = try await gateway.audited("command")
      #expect(records.map(\.detail) == ["Read again. Changed: policy."])
      stream.disconnect()
    }
  }

  @Test func `one that is wrong changes nothing, and all that is wrong is told`() async throws {
    let host = TestHost()
    try await run(host) { gateway, _ async throws in
      host.refuses("policy is wrong.", "loops is \u{AB}many\u{BB}.")
      let answer = try #require(try await gateway.operatorAsks("POST", "/reload"))
      #expect(answer.status == 422)
      #expect(answer.fields["content-type"] == "application/problem+json")
      let problem = try JSONValue(parsing: answer.body)
      #expect(problem["code"]?.string == "reload-refused")
      #expect(problem["problems"]?.elements.map(\.string) == ["policy is wrong.", "loops is \u{AB}many\u{BB}."])
      #expect(host.adopted == 0)
      #expect(try await gateway.audited("command").map(\.result) == ["failed"])
      #expect(try await gateway.get("/readyz")?.status == 200)
    }
  }

  @Test func `a file that turns out wrong only in the gateway changes nothing either`() async throws {
    let host = TestHost()
    try await run(host) { gateway, begun async throws in
      var wanted = begun
      wanted.agentListener?.keyFile = "/nowhere/key"
      wanted.journal.retention = Retention(age: 1, tasks: 1)
      host.gives(wanted)
      let answer = try #require(try await gateway.operatorAsks("POST", "/reload"))
      #expect(answer.status == 422)
      #expect(answer.text.contains("/nowhere/key"))
      #expect(host.adopted == 0)
      #expect(await gateway.gateway.records?.rounds.retention == before)
      // The next one begins from what was there.
      host.gives(begun)
      #expect(try await gateway.operatorAsks("POST", "/reload")?.status == 200)
      #expect(host.adopted == 1)
    }
  }

  private let before = JournalConfiguration().retention

  @Test func `of many at once each is done, and the last one asked for is in force`() async throws {
    let host = TestHost()
    try await run(host) { gateway, begun async throws in
      var wanted = begun
      host.gives(wanted)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...8 { group.addTask { try await gateway.gateway.reload() } }
        try await group.waitForAll()
      }
      #expect(host.adopted == 8)
      wanted.journal.retention = Retention(age: 5, tasks: nil)
      host.gives(wanted)
      try await gateway.gateway.reload()
      #expect(await gateway.gateway.records?.rounds.retention == Retention(age: 5, tasks: nil))
    }
  }

  @Test func `a body that says something is refused`() async throws {
    try await TestGateway.run { gateway async throws in
      #expect(try await gateway.operatorAsks("POST", "/reload", body: #"{"policy":"x"}"#)?.status == 400)
      #expect(try await gateway.operatorAsks("POST", "/reload", body: "{}")?.status == 200)
    }
  }
}
