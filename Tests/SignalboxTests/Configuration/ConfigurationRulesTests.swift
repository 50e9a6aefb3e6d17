import Testing

@testable import signalbox

struct ConfigurationRulesTests {
  private func problems(_ flags: [(String, String)]) -> [String] {
    var sources = ConfigurationSources()
    sources.flags = flags.map { .init(name: "--set", key: $0.0, text: $0.1) }
    let (settings, problems) = sources.settings()
    return (problems + ConfigurationRules.problems(in: settings)).map(\.description)
  }

  @Test(arguments: ["0.0.0.0", "192.0.2.1", "::", "::ffff:127.0.0.1"], ListenerRole.allCases)
  func `an address that others reach must be asked for`(address: String, role: ListenerRole) {
    let flag = (role.key("address"), address)
    #expect(
      problems([flag]) == [
        "\(role.key("address")) is \"\(address)\" (flag --set). Other machines can reach that address. If they shall, "
          + "set allowNonLoopback to true; otherwise choose 127.0.0.1 or ::1."
      ])
    #expect(problems([flag, ("allowNonLoopback", "true")]).isEmpty)
  }

  @Test(arguments: ["127.0.0.1", "127.1.2.3", "::1"])
  func `a loopback address needs no permission`(address: String) {
    #expect(problems([("listeners.public.address", address)]).isEmpty)
  }

  @Test func `a listener that is not opened may be configured as it likes`() {
    #expect(problems([("listeners.agents.address", "0.0.0.0"), ("listeners.agents.enabled", "false")]).isEmpty)
  }

  @Test func `diagnostics stay on loopback`() {
    let flags = [("diagnostics", "true"), ("allowNonLoopback", "true")]
    #expect(problems(flags).isEmpty)
    #expect(problems(flags + [("listeners.agents.address", "0.0.0.0")]).isEmpty)
    #expect(
      problems(flags + [("listeners.public.address", "0.0.0.0")]).map { $0.prefix(20) } == ["diagnostics is true "])
  }

  @Test func `two listeners do not share a port, unless it is to be a free one`() {
    let twice = [("listeners.public.port", "9000"), ("listeners.admin.port", "9000")]
    #expect(
      problems(twice) == [
        "listeners.admin.port is 9000 (flag --set). listeners.public.port is the same on the same address. Give each "
          + "listener a port of its own, or 0."
      ])
    #expect(problems(twice + [("listeners.admin.address", "::1")]).isEmpty)
    #expect(problems(twice + [("listeners.admin.enabled", "false")]).isEmpty)
    #expect(problems([("listeners.public.port", "0"), ("listeners.admin.port", "0")]).isEmpty)
  }

  @Test func `client certificates that no name fits are a mistake`() {
    let nobody = [("listeners.agents.clientNames.uriPrefixes", "")]
    #expect(problems(nobody).count == 1)
    #expect(problems(nobody + [("listeners.agents.clientNames.dnsNames", "a.example")]).isEmpty)
    #expect(problems([("listeners.public.clientNames.uriPrefixes", "")]).isEmpty)
    let optional = [
      ("listeners.public.clientNames.uriPrefixes", ""), ("listeners.public.clientCertificates", "optional"),
    ]
    #expect(problems(optional).count == 1)
  }

  @Test func `one header line is not longer than all`() {
    let line = [("listeners.public.limits.fieldLineBytes", "40000")]
    #expect(problems(line).first?.hasSuffix("listeners.public.limits.fieldSectionBytes is 32768.") == true)
    #expect(problems(line + [("listeners.public.limits.fieldSectionBytes", "40000")]).isEmpty)
  }
}
