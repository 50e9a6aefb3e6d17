import Gateway
import Testing

@testable import signalbox

/// The map of agents, from the file and from flags.
struct AgentSettingsTests {
  private func read(_ file: String, _ flags: [(String, String)] = []) -> (settings: Settings, problems: [String]) {
    var sources = ConfigurationSources()
    sources.file = .init(path: "/etc/box/c.json", bytes: Array(file.utf8))
    sources.flags = flags.map { .init(name: "--set", key: $0.0, text: $0.1) }
    let (settings, problems) = sources.settings()
    return (settings, (problems + ConfigurationRules.problems(in: settings)).map(\.description))
  }

  private func work(_ file: String, _ flags: [(String, String)] = []) throws -> WorkConfiguration {
    let (settings, problems) = read(file, flags)
    #expect(problems == [])
    return try settings.gateway(webFolder: "/web", cores: 1).work
  }

  @Test func `without settings there is no agent, and everything is as the library has it`() throws {
    #expect(try work("{}") == WorkConfiguration())
    #expect(try work(#"{"agents": {}}"#) == WorkConfiguration())
  }

  @Test func `every setting of an agent reaches its place, paths from the file's folder on`() throws {
    let work = try work(
      #"""
      {"agents": {
        "b": {"url": "https://b.example:7443", "authority": "ca.pem"},
        "a-1": {"url": "https://a.example/card.json", "certificate": "me.pem", "key": "/k/me.key", "authority": "ca.pem",
                "revocationList": "ca.crl", "serverNames": ["spiffe://example/agent/a", "a.example"],
                "cardKeys": "keys.json", "principals": ["kim", "bo"], "running": 7}
      }}
      """#)
    var a = AgentConfiguration(name: "a-1", url: "https://a.example/card.json", authorityFile: "/etc/box/ca.pem")
    a.certificateFile = "/etc/box/me.pem"
    a.keyFile = "/k/me.key"
    a.revocationFile = "/etc/box/ca.crl"
    a.serverNames = ["spiffe://example/agent/a", "a.example"]
    a.cardKeysFile = "/etc/box/keys.json"
    a.principals = ["kim", "bo"]
    a.running = 7
    let b = AgentConfiguration(name: "b", url: "https://b.example:7443", authorityFile: "/etc/box/ca.pem")
    #expect(work.agents == [a, b])
  }

  @Test func `flags change an agent of the file, and make one`() throws {
    let work = try work(
      #"{"agents": {"a": {"url": "https://a.example", "authority": "ca.pem", "principals": ["kim"], "running": 3}}}"#,
      [
        ("agents.a.running", "4"), ("agents.a.principals", ""), ("agents.a.serverNames", "spiffe://x/a, a.example"),
        ("agents.new.url", "https://n.example"), ("agents.new.authority", "/n.pem"),
      ])
    #expect(work.agents.map(\.name) == ["a", "new"])
    #expect(work.agents[0].running == 4)
    #expect(work.agents[0].principals == nil)
    #expect(work.agents[0].serverNames == ["spiffe://x/a", "a.example"])
    #expect(work.agents[1].url == "https://n.example")
  }

  @Test func `every setting of work reaches its place`() throws {
    let work = try work(
      #"""
      {"agents": {"a": {"url": "https://a.example", "authority": "ca.pem"}},
       "work": {"defaultAgent": "a", "chatAgent": "a", "loops": 3, "pushAuthority": "push.pem", "allowPrivatePush": true,
        "spansUrl": "https://spans.example/v1/traces", "spansAuthority": "spans.pem",
        "deadlines": {"connectSeconds": 1, "firstEventSeconds": 2, "silenceSeconds": 3, "wholeSeconds": 4, "lostSeconds": 5},
        "limits": {"running": 6, "perPrincipal": 7, "waiting": 8}},
       "control": {"cancelSeconds": 9, "claimSeconds": 10}}
      """#)
    #expect(work.defaultAgent == "a" && work.chatAgent == "a")
    #expect(work.loops == 3)
    #expect(work.pushAuthorityFile == "/etc/box/push.pem")
    #expect(work.allowsPrivatePush)
    #expect(work.spansURL == "https://spans.example/v1/traces")
    #expect(work.spansAuthorityFile == "/etc/box/spans.pem")
    var deadlines = RunDeadlines()
    deadlines.connect = .seconds(1)
    deadlines.firstEvent = .seconds(2)
    deadlines.silence = .seconds(3)
    deadlines.whole = .seconds(4)
    deadlines.lost = .seconds(5)
    deadlines.cancel = .seconds(9)
    deadlines.claim = .seconds(10)
    #expect(work.deadlines == deadlines)
    #expect(work.limits.running == 6 && work.limits.perPrincipal == 7 && work.limits.waiting == 8)
  }

  @Test func `spans may go to a collector of this machine without TLS`() throws {
    #expect(
      try work(#"{"work": {"spansUrl": "http://localhost:4318/v1/traces"}}"#).spansURL
        == "http://localhost:4318/v1/traces")
  }

  // MARK: What is wrong

  private let good = #""url": "https://a.example", "authority": "ca.pem""#

  @Test func `an unknown key of an agent is told with what was most likely meant`() {
    let (_, problems) = read(#"{"agents": {"a": {\#(good), "certificat": "x"}}}"#)
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("agents.a.certificat (/etc/box/c.json:1:"))
    #expect(problems[0].hasSuffix("is not a known key. Did you mean agents.a.certificate?"))
    let (_, others) = read(#"{"agents": {"a": {\#(good), "zzzzzz": "x"}}}"#)
    #expect(others.first?.contains("An agent has url, certificate, key, authority,") == true)
    let (_, flag) = read("{}", [("agents.a.runing", "3")])
    #expect(flag.first?.contains("Did you mean agents.a.running?") == true)
  }

  @Test(arguments: ["a b", "a.b", "a.b.url", "\u{E4}", "", String(repeating: "a", count: 65)])
  func `a name that would be none in paths and policies is refused`(name: String) {
    let (_, problems) = read(#"{"agents": {"\#(name)": {\#(good)}}}"#)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("is not a known key.") == true)
    #expect(problems.first?.contains("The name of an agent is 1 to 64 of") == true)
  }

  @Test func `an agent needs a place and somebody who vouches for it`() {
    #expect(
      read(#"{"agents": {"a": {}}}"#).problems.first?.contains("agents.a (/etc/box/c.json:1:18) is empty. Say where")
        == true)
    let (_, problems) = read(#"{"agents": {"a": {"running": 3}}}"#)
    #expect(problems.contains { $0.hasPrefix("agents.a.url is null (the default). Say where the agent is") })
    #expect(problems.contains { $0.hasPrefix("agents.a.authority is null (the default). Somebody must vouch") })
  }

  @Test func `a map that is none, and an agent that is none, are told`() {
    #expect(
      read(#"{"agents": []}"#).problems.first?.contains("agents is [] (/etc/box/c.json:1:12), but must be an object")
        == true)
    #expect(read(#"{"agents": {"a": "https://a.example"}}"#).problems.first?.contains("agents.a is") == true)
  }

  @Test(arguments: [
    (#""certificate": "me.pem""#, "agents.a.key is null"), (#""key": "me.key""#, "agents.a.certificate is null"),
    (#""serverNames": ["*.example"]"#, "agents.a.serverNames"), (#""serverNames": ["a/b"]"#, "agents.a.serverNames"),
    (#""serverNames": ["a", "a"]"#, "agents.a.serverNames"), (#""principals": []"#, "agents.a.principals"),
    (#""running": 0"#, "agents.a.running"),
  ])
  func `settings of an agent that cannot be are told`(_ member: String, _ key: String) {
    let (_, problems) = read(#"{"agents": {"a": {\#(good), \#(member)}}}"#)
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix(key) == true)
  }

  @Test(arguments: ["http://a.example", "https://a.example?x", "a.example", "wss://a.example"])
  func `an agent is called over TLS, at a whole URL`(url: String) {
    let (_, problems) = read(#"{"agents": {"a": {"url": "\#(url)", "authority": "ca.pem"}}}"#)
    #expect(problems.first?.contains("but must be an https URL") == true)
  }

  @Test(arguments: [
    (#""defaultAgent": "b""#, "There is no such agent. Name one of a."),
    (#""chatAgent": "b""#, "There is no such agent. Name one of a."),
    (#""deadlines": {"silenceSeconds": 901}"#, "It would never come to pass"),
    (#""deadlines": {"firstEventSeconds": 901}"#, "It would never come to pass"),
    (#""spansUrl": "https://s.example/""#, "Somebody must vouch for the server of work.spansUrl"),
    (#""spansAuthority": "s.pem""#, "which is not set"),
    (#""spansUrl": "http://localhost/", "spansAuthority": "s.pem""#, "which is called without TLS"),
    (#""spansUrl": "http://s.example/""#, "but must be an https URL, or an http URL of this machine"),
  ])
  func `settings of work that cannot be are told`(_ member: String, _ rule: String) {
    let (_, problems) = read(#"{"agents": {"a": {\#(good)}}, "work": {\#(member)}}"#)
    #expect(problems.count == 1)
    #expect(problems.first?.contains(rule) == true)
  }

  @Test func `a default agent where there are none is told what to set`() {
    let (_, problems) = read(#"{"work": {"defaultAgent": "a"}}"#)
    #expect(
      problems == [
        #"work.defaultAgent is "a" (/etc/box/c.json:1:27). There are no agents. Set agents.a.url, or leave this out."#
      ])
  }

  @Test func `who is talked to need not be there, is another where that is said, and nobody where it is null`() throws {
    #expect(try work(#"{"agents": {"a": {\#(good)}}}"#).chatAgent == "reasoning")
    #expect(read(#"{"agents": {"a": {\#(good)}}}"#).problems == [])
    #expect(read(#"{"work": {"chatAgent": "reasoning"}}"#).problems == [])
    #expect(try work(#"{"agents": {"a": {\#(good)}}, "work": {"chatAgent": null}}"#).chatAgent == nil)
    #expect(LiveSettings.isLive("work.chatAgent"))
  }

  @Test func `variables know nothing of agents`() {
    var sources = ConfigurationSources()
    sources.environment = ["SIGNALBOX_AGENTS_A_URL": "https://a.example"]
    #expect(sources.settings().problems.first?.message.contains("stands for no key") == true)
  }

  // MARK: A reload

  @Test func `agents that come, go and change are told as changed, and are live`() {
    func settings(_ file: String) -> Settings { read(file).settings }
    let one = settings(#"{"agents": {"a": {\#(good)}, "b": {\#(good)}}}"#)
    let other = settings(#"{"agents": {"b": {\#(good), "running": 5}, "c": {\#(good)}}}"#)
    let differences = LiveSettings.differences(one, other)
    #expect(
      differences == [
        "agents.a.url", "agents.a.authority", "agents.b.running", "agents.c.url", "agents.c.authority",
      ])
    #expect(differences.allSatisfy(LiveSettings.isLive))
    #expect(LiveSettings.isLive("work.defaultAgent") && !LiveSettings.isLive("work.limits.running"))
    #expect(LiveSettings.differences(one, one) == [])
  }
}
