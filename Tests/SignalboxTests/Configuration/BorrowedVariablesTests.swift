import Testing

@testable import signalbox

/// Variables that alert analyzers have had before.
struct BorrowedVariablesTests {
  private func settings(
    _ environment: [String: String], file: String? = nil, flags: [ConfigurationSources.Flag] = []
  ) -> (settings: Settings, problems: [ConfigurationProblem]) {
    var sources = ConfigurationSources()
    sources.environment = environment
    sources.file = file.map { .init(path: "/etc/s.json", bytes: Array($0.utf8)) }
    sources.flags = flags
    return sources.settings()
  }

  @Test func `each says what its setting says`() {
    let (settings, problems) = settings(["PORT": "8080", "LOG_LEVEL": "WARN", "SSE_HEARTBEAT_INTERVAL": "20"])
    #expect(problems.isEmpty)
    let port = settings.entry("listeners.public.port")
    #expect(port == SettingEntry(value: .integer(8080), origin: .environment("PORT")))
    #expect(settings.text("log.level") == "warning" && settings.integer("streams.heartbeatSeconds") == 20)
  }

  @Test(arguments: [
    ("DEBUG", "debug"), ("info", "info"), ("Warning", "warning"), ("WARN", "warning"), ("CRITICAL", "error"),
    ("FATAL", "error"),
  ])
  func `levels have Python's names`(given: String, level: String) {
    #expect(settings(["LOG_LEVEL": given]).settings.text("log.level") == level)
  }

  @Test func `a setting's own name beats it, wherever that is said, and then its value does not matter`() {
    let port = "listeners.public.port"
    let own = ["PORT": "x", "SIGNALBOX_LISTENERS_PUBLIC_PORT": "9000"]
    #expect(settings(own).settings.integer(port) == 9000 && settings(own).problems.isEmpty)
    let file = settings(["PORT": "8080"], file: #"{"listeners":{"public":{"port":1}}}"#)
    #expect(file.settings.integer(port) == 1)
    let flag = settings(["PORT": "8080"], flags: [.init(name: "--public-port", key: port, text: "3")])
    #expect(flag.settings.integer(port) == 3)
  }

  @Test(arguments: [
    ("PORT", "tcp://10.0.0.1:1"), ("PORT", "70000"), ("LOG_LEVEL", "loud"), ("SSE_HEARTBEAT_INTERVAL", "20 s"),
  ])
  func `a value that is none is a problem that names it`(name: String, value: String) {
    let problems = settings([name: value]).problems.map(\.description)
    #expect(problems.count == 1 && problems[0].contains("environment variable \(name)") && problems[0].contains(value))
    #expect(settings([name: ""]).problems.isEmpty)
  }

  @Test func `where an agent is says something to a gateway that has that agent, and to no other`() {
    let url = "https://agent.example:10000"
    let environment = ["ORCHESTRATOR_URL": url, "WASH_TRADE_URL": url]
    #expect(settings(environment).settings.agentNames.isEmpty && settings(environment).problems.isEmpty)
    let file = #"{"agents":{"orchestrator":{"authority":"ca.pem"}}}"#
    let found = settings(environment, file: file).settings
    #expect(found.agentNames == ["orchestrator"] && found.optionalText("agents.orchestrator.url") == url)
    let own = #"{"agents":{"orchestrator":{"authority":"ca.pem","url":"https://own.example"}}}"#
    #expect(settings(environment, file: own).settings.optionalText("agents.orchestrator.url") == "https://own.example")
    let plain = settings(["ORCHESTRATOR_URL": "http://localhost:10000"], file: file).problems.map(\.description)
    #expect(plain.count == 1 && plain[0].contains("ORCHESTRATOR_URL") && plain[0].contains("https"))
  }
}
