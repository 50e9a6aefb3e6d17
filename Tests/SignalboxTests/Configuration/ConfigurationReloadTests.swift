import Foundation
import Gateway
import JSON
import Synchronization
import Telemetry
import Testing

@testable import signalbox

/// What a running gateway takes over from a configuration that is read again.
struct ConfigurationReloadTests {
  private let log = Log(sink: DiscardSink(), minimumLevel: .info, clock: { 0 })

  private func settings(_ flags: [(String, String)]) -> Settings {
    var sources = ConfigurationSources()
    sources.flags = flags.map { .init(name: "--set", key: $0.0, text: $0.1) }
    return sources.settings().settings
  }

  private func reload(_ loads: @escaping @Sendable () throws -> Settings) -> ConfigurationReload {
    ConfigurationReload(settings([("policy", "/a.json")]), log: log) {
      LoadedConfiguration(settings: try loads(), webFolder: "/web")
    }
  }

  @Test func `what changed and what waits are told apart`() throws {
    let wanted = settings([
      ("policy", "/b.json"), ("journal.keepDays", "3"), ("listeners.admin.key", "/k"), ("loops", "9"),
      ("listeners.public.port", "1"), ("journal.durability", "normal"),
    ])
    let reading = try reload { wanted }.read()
    #expect(reading.report.changed == ["listeners.admin.key", "policy", "journal.keepDays"])
    #expect(reading.report.pending == ["loops", "listeners.public.port", "journal.durability"])
    #expect(reading.configuration.identity.policyFile == "/b.json")
  }

  @Test func `nothing new is nothing changed`() throws {
    let same = settings([("policy", "/a.json")])
    #expect(try reload { same }.read().report == ReloadReport())
  }

  @Test func `what was adopted is no change any more, and what waits goes on waiting`() throws {
    let wanted = settings([("policy", "/b.json"), ("loops", "9"), ("log.level", "trace")])
    let reload = reload { wanted }
    let first = try reload.read()
    #expect(first.report == ReloadReport(changed: ["log.level", "policy"], pending: ["loops"]))
    // Read, and not adopted: still a change.
    #expect(try reload.read().report == first.report)
    #expect(log.minimumLevel == .info)
    first.wasAdopted()
    #expect(log.minimumLevel == .trace)
    #expect(try reload.read().report == ReloadReport(changed: [], pending: ["loops"]))
  }

  @Test func `all that is wrong is told`() {
    let reload = reload { throw CommandFailure(.configuration, ["One.", "Two."]) }
    #expect(throws: ConfigurationRefused(problems: ["One.", "Two."])) { try reload.read() }
  }

  @Test func `a path that means another place is another value`() throws {
    func inFile(_ path: String) -> Settings {
      var sources = ConfigurationSources()
      sources.file = .init(path: path, bytes: Array(#"{"policy": "policy.json"}"#.utf8))
      return sources.settings().settings
    }
    #expect(LiveSettings.differences(inFile("/a/c.json"), inFile("/b/c.json")) == ["policy"])
    #expect(LiveSettings.differences(inFile("/a/c.json"), inFile("/a/d.json")) == [])
  }

  @Test func `the page lists what a reload takes over`() throws {
    let page = try #require(FileManager.default.contents(atPath: "\(DocumentTests.folder)/configuration.md"))
    let parts = String(decoding: page, as: UTF8.self).components(separatedBy: "<!-- LIVE-")
    try #require(parts.count == 3)
    let listed = parts[1].split(separator: "`").map(String.init).filter { $0.allSatisfy { $0.isLetter || $0 == "." } }
    var known: [String] = []
    for key in LiveSettings.keys {
      let name = ListenerRole.allCases.reduce(key) {
        $0.replacingOccurrences(of: ".\($1.rawValue).", with: ".LISTENER.")
      }
      if !known.contains(name) { known.append(name) }
    }
    #expect(Set(listed) == Set(known))
  }
}
