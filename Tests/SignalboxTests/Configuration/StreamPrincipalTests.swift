import Testing

@testable import signalbox

/// Whether the policy knows in whose name a stream is published.
struct StreamPrincipalTests {
  private let scratch: Scratch
  private let policy: String

  init() throws {
    scratch = try Scratch()
    policy = try scratch.write(
      "policy.json",
      """
      {"principals": [
        {"name": "engine", "certificate": {"uri": "spiffe://signalbox.local/agent/engine"},
         "grants": [{"actions": ["watch", "submit"], "tasks": "own"}]},
        {"name": "two", "link": true, "grants": [{"actions": ["watch"], "tasks": "all"},
         {"actions": ["submit"], "tasks": "own"}]},
        {"name": "boss", "link": true, "roles": ["admin"]},
        {"name": "gone", "link": true, "disabled": true},
        {"name": "watcher", "link": true, "grants": [{"actions": ["watch"], "tasks": "all"}]},
        {"name": "nothing", "link": true, "grants": [{"actions": ["cancel"], "tasks": "own"}]}
      ]}
      """)
  }

  private func problems(_ values: [String: String]) -> [String] {
    var sources = ConfigurationSources()
    sources.flags = values.map { .init(name: "--set", key: $0.key, text: $0.value) }
    let (settings, problems) = sources.settings()
    #expect(problems.isEmpty)
    return StreamPrincipal(settings: settings).problems.map(\.description)
  }

  private func problems(naming principal: String) -> [String] {
    problems(["policy": policy, "ingest.redis.url": "redis://a", "ingest.redis.principal": principal])
  }

  @Test(arguments: ["engine", "two", "boss"])
  func `somebody whom the policy lets publish is right`(_ name: String) {
    #expect(problems(naming: name) == [])
  }

  @Test(
    arguments: [
      ("nobody", "No entry of POLICY has the name \"nobody\"."),
      ("gone", "The entry on POLICY line 7 has disabled \"gone\"."),
      ("watcher", "POLICY does not let it submit, so every entry"),
      ("nothing", "POLICY does not let it watch or submit, so every entry"),
    ])
  func `whoever is not known, or may not publish, is named with what to do`(_ name: String, _ reason: String) {
    let found = problems(naming: name)
    let beginning = "ingest.redis.principal is \"\(name)\" (flag --set). "
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(beginning + reason.replacing("POLICY", with: policy)) == true, "\(found)")
    #expect(found.first?.contains("Set a name") == true || found.first?.contains("Give it a grant") == true)
  }

  @Test func `without a policy nobody is known, and without a stream nobody is looked for`() {
    let found = problems(["ingest.redis.url": "redis://a", "ingest.redis.principal": "engine"])
    #expect(found.count == 1 && found[0].contains("Set policy."), "\(found)")
    #expect(problems(["policy": policy, "ingest.redis.principal": "nobody"]) == [])
    // A policy that cannot be read is said with its own key.
    #expect(
      problems(["policy": "/no/file", "ingest.redis.url": "redis://a", "ingest.redis.principal": "nobody"]) == [])
  }
}
