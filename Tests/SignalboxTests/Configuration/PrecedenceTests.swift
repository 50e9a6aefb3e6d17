import Testing

@testable import signalbox

struct PrecedenceTests {
  private static let key = "listeners.public.port"

  private func sources(file: Bool, environment: Bool, flag: Bool) -> ConfigurationSources {
    var sources = ConfigurationSources()
    if file {
      sources.file = .init(path: "/etc/s.json", bytes: Array(#"{"listeners": {"public": {"port": 1}}}"#.utf8))
    }
    if environment { sources.environment = ["SIGNALBOX_LISTENERS_PUBLIC_PORT": "2"] }
    if flag { sources.flags = [.init(name: "--public-port", key: Self.key, text: "3")] }
    return sources
  }

  @Test(arguments: [
    (true, true, true, 3), (false, true, true, 3), (true, false, true, 3), (false, false, true, 3),
    (true, true, false, 2), (false, true, false, 2), (true, false, false, 1), (false, false, false, 8443),
  ])
  func `a flag beats the environment, which beats the file, which beats the default`(
    file: Bool, environment: Bool, flag: Bool, port: Int
  ) {
    let (settings, problems) = sources(file: file, environment: environment, flag: flag).settings()
    #expect(problems.isEmpty)
    #expect(settings.integer(Self.key) == port)
  }

  @Test func `each key is decided by itself, and keeps where it came from`() {
    var sources = sources(file: true, environment: false, flag: false)
    sources.environment = ["SIGNALBOX_LOOPS": "4"]
    let settings = sources.settings().settings
    #expect(settings.entry("loops") == SettingEntry(value: .integer(4), origin: .environment("SIGNALBOX_LOOPS")))
    #expect(
      settings.entry(Self.key) == SettingEntry(value: .integer(1), origin: .file("/etc/s.json", line: 1, column: 35)))
    #expect(settings.entry("diagnostics").origin == .defaultValue)
  }

  @Test func `a path in the file is relative to the file, any other to the current folder`() {
    var sources = ConfigurationSources()
    sources.file = .init(
      path: "/etc/signalbox/s.json",
      bytes: Array(#"{"web": "pages", "listeners": {"public": {"key": "/keys/k.key"}}}"#.utf8))
    sources.environment = ["SIGNALBOX_LISTENERS_ADMIN_KEY": "admin.key"]
    let settings = sources.settings().settings
    #expect(settings.path("web") == "/etc/signalbox/pages")
    #expect(settings.path("listeners.public.key") == "/keys/k.key")
    #expect(settings.path("listeners.admin.key") == "admin.key")
    #expect(settings.path("listeners.agents.key") == "certs/dev/server.key")
  }

  @Test func `another client authority does not come with the development PKI's revocation list`() {
    var sources = ConfigurationSources()
    #expect(sources.settings().settings.path("listeners.agents.revocationList") == "certs/dev/client-ca.crl")
    sources.flags = [.init(name: "--set", key: "listeners.agents.clientAuthority", text: "own.pem")]
    let settings = sources.settings().settings
    #expect(settings.path("listeners.agents.revocationList") == nil)
    #expect(settings.path("listeners.admin.revocationList") == "certs/dev/client-ca.crl")
  }

  @Test func `Kubernetes's variables and other programs' are left alone`() {
    var sources = ConfigurationSources()
    sources.environment = [
      "SIGNALBOX_SERVICE_HOST": "10.0.0.1", "SIGNALBOX_PORT_8443_TCP": "tcp://10.0.0.1:8443",
      "SIGNALBOX_PORT": "tcp://10.0.0.1:8443", "SIGNALBOX_CONFIG": "x.json", "SIGNAL": "9", "PATH": "/bin",
    ]
    #expect(sources.settings().problems.isEmpty)
  }
}
