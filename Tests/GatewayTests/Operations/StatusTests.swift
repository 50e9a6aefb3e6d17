import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What `/status` and the metrics tell an operator.
@Suite struct StatusTests {
  @Test func `an operator sees where everything stands`() async throws {
    try await TestGateway.run { gateway async throws in
      let status = try await gateway.status()
      #expect(
        status.members.map(\.key) == [
          "version", "phase", "ready", "started", "uptimeSeconds", "loops", "listeners", "journal", "streams", "work",
          "agents", "settingsPending",
        ])
      #expect(status["version"]?.string == "1.2.3-test")
      #expect(status["phase"]?.string == "ready")
      #expect(status["ready"]?.bool == true)
      #expect(status["loops"]?.int == 2)
      #expect(status["settingsPending"]?.count == 0)
    }
  }

  @Test func `the journal is shown as it is`() async throws {
    try await TestGateway.run {
      $0.journal.durability = .normal
      $0.journal.sizeLimit = 8 << 20
    } _: { gateway async throws in
      let journal = try #require(await gateway.gateway.records?.journal)
      let before = try #require(try await gateway.status()["journal"])
      #expect(before["file"]?.string == gateway.stateFolder + "/journal.sqlite")
      #expect(before["durability"]?.string == "normal")
      #expect(before["epoch"]?.string == journal.epoch)
      #expect(before["tail"]?.string == "\(journal.epoch).0")
      #expect(before["sizeLimitBytes"]?.int == 8 << 20)
      #expect(before["diskFreeBytes"]?.int ?? 0 > 0)
      let entry = Entry(.event, origin: "test", payload: Array(repeating: UInt8(ascii: "7"), count: 100_000))
      let opening = TaskOpening(owner: "oscar", tenant: nil, agent: "a")
      _ = try await journal.append(
        Batch(
          task: "t", entries: [entry, entry], opening: opening,
          change: TaskChange(state: "completed", isFinal: true)))
      let after = try #require(try await gateway.status()["journal"])
      #expect(after["tail"]?.string == "\(journal.epoch).2")
      #expect(after["trimmed"]?.string == "\(journal.epoch).0")
      let grown = (after["bytes"]?.int ?? 0) - (before["bytes"]?.int ?? 0)
      #expect(grown >= 200_000, "\(grown)")
      _ = try await journal.trim(Retention(age: nil, tasks: 0), now: 0)
      #expect(try await gateway.status()["journal"]?["trimmed"]?.string == "\(journal.epoch).2")
    }
  }

  @Test func `full is what durability is by default`() async throws {
    try await TestGateway.run { gateway async throws in
      #expect(try await gateway.status()["journal"]?["durability"]?.string == "full")
    }
  }

  @Test func `each listener comes with its connections, and with the days its files have left`() async throws {
    try await TestGateway.run { gateway async throws in
      let reader = try await gateway.stream(showing: try TestPeople.oscar.certificate())
      let status = try await gateway.status()
      let listeners = Array(try #require(status["listeners"]).elements)
      #expect(listeners.map { $0["name"]?.string } == ["public", "agents", "admin"])
      #expect(listeners.map { $0["clientCertificates"]?.string } == ["optional", "required", "required"])
      #expect(listeners[0]["url"]?.string == gateway.origin)
      #expect(listeners[0]["connections"]?.int == 1)
      #expect(listeners[1]["connections"]?.int == 0)
      #expect(status["streams"]?["open"]?.int == 1)
      for listener in listeners {
        let certificates = listener["certificates"].map { Array($0.elements) } ?? []
        #expect(certificates.map { $0["use"]?.string } == ["server", "client-authority", "revocation-list"])
        for certificate in certificates {
          #expect((0...4000).contains(certificate["daysLeft"]?.int ?? -1), "\(certificate)")
          #expect(certificate["notAfter"]?.string?.hasSuffix("Z") == true)
        }
      }
      reader.disconnect()
      #expect(try await eventually { try await gateway.status()["streams"]?["open"]?.int == 0 })
    }
  }

  @Test func `the metrics tell what the process uses and how many days certificates have left`() async throws {
    try await TestGateway.run { gateway async throws in
      let first = try await gateway.metrics()
      #expect(first["process_cpu_seconds_total"] ?? 0 > 0)
      #expect(first["process_resident_memory_bytes"] ?? 0 > 1e6)
      let limit = try #require(first["process_max_fds"])
      #expect((4.0...limit).contains(first["process_open_fds"] ?? 0))
      #expect(first["process_start_time_seconds"] ?? 0 > 1_600_000_000)
      #expect(first["signalbox_ready"] == 1)
      #expect(first["signalbox_settings_pending"] == 0)
      for listener in ["public", "agents", "admin"] {
        for use in ["server", "client-authority", "revocation-list"] {
          let days = first[#"signalbox_certificate_days_left{listener="\#(listener)",use="\#(use)"}"#]
          #expect((0.5...4000).contains(days ?? -1), "\(listener) \(use)")
        }
      }
      let second = try await gateway.metrics()
      #expect(second["process_cpu_seconds_total"] ?? 0 > first["process_cpu_seconds_total"] ?? 0)
    }
  }

  @Test func `what a listener does not have is not a number`() async throws {
    try await TestGateway.run {
      $0.publicListener.clients = .none
    } _: { gateway async throws in
      let days = try await gateway.metrics()[
        #"signalbox_certificate_days_left{listener="public",use="revocation-list"}"#]
      #expect(days?.isNaN == true)
    }
  }
}

extension TestGateway {
  func status() async throws -> JSONValue {
    let answer = try #require(try await operatorAsks("GET", "/status"))
    return try JSONValue(parsing: answer.body)
  }

  /// Each series with its value.
  func metrics() async throws -> [String: Double] {
    let text = try #require(try await operatorAsks("GET", "/metrics")).text
    return ShownMetrics.series(text)
  }

  func operatorAsks(_ method: String, _ path: String, body: String? = nil) async throws -> Answer? {
    let root = try CertificateFiles.certificates()[.goodOperator]
    return try await ask(method, path, body: body, door: .admin, showing: root)
  }

  /// The details of audit records of an event, with their results.
  func audited(_ event: String) async throws -> [(result: String?, detail: String?)] {
    let answer = try #require(try await operatorAsks("GET", "/audit?limit=1000"))
    let records = try JSONValue(parsing: answer.body)["records"].map { Array($0.elements) } ?? []
    return records.filter { $0["event"]?.string == event }.map { ($0["result"]?.string, $0["detail"]?.string) }
  }
}
