import Gateway
import Identity
import Testing

@testable import signalbox

struct IdentitySettingsTests {
  private func identity(_ flags: [(String, String)]) -> IdentityConfiguration {
    var sources = ConfigurationSources()
    sources.flags = flags.map { .init(name: "--set", key: $0.0, text: $0.1) }
    let (settings, problems) = sources.settings()
    #expect(problems.isEmpty)
    return settings.identity
  }

  @Test func `without settings, everything is as the library has it, and nobody comes in`() {
    let identity = identity([])
    let library = IdentityConfiguration(stateFolder: "signalbox-state", policyFile: nil)
    #expect(identity.stateFolder == "signalbox-state")
    #expect(identity.policyFile == nil)
    #expect(identity.publicURL == nil)
    #expect(identity.origins.isEmpty)
    #expect(identity.tokens == nil)
    #expect(identity.openID == nil)
    #expect(identity.sessions == library.sessions)
    #expect(identity.linkLife == library.linkLife)
    #expect(identity.rates == library.rates)
  }

  @Test func `paths, sites and times are taken`() {
    let identity = identity([
      ("state", "/s"), ("policy", "/p.json"), ("publicUrl", "https://box.example"),
      ("origins", "https://a.example,https://b.example:8443"), ("sessions.idleMinutes", "2"),
      ("sessions.absoluteHours", "3"), ("sessions.rotationMinutes", "4"), ("sessions.perPrincipal", "5"),
      ("signIn.linkMinutes", "6"),
    ])
    #expect(identity.stateFolder == "/s")
    #expect(identity.policyFile == "/p.json")
    #expect(identity.publicURL == "https://box.example")
    #expect(identity.origins == ["https://a.example", "https://b.example:8443"])
    #expect([identity.sessions.idle, identity.sessions.absolute, identity.sessions.rotation] == [120, 10_800, 240])
    #expect(identity.sessions.perPrincipal == 5)
    #expect(identity.linkLife == 360)
  }

  private let issuer = [("tokens.issuer", "iss"), ("tokens.audiences", "a,b")]

  @Test func `tokens have their rules, and keys of a file`() throws {
    let tokens = try #require(
      identity(
        issuer + [
          ("tokens.algorithms", "ES256,HS256"), ("tokens.keys", "k.json"), ("tokens.secret", "s"),
          ("tokens.clockSkewSeconds", "7"), ("tokens.subjectClaim", "x"), ("tokens.rolesClaim", "y.z"),
          ("tokens.tenantClaim", "t"),
        ]
      ).tokens)
    #expect(tokens.rules.issuer == "iss")
    #expect(tokens.rules.audiences == ["a", "b"])
    #expect(tokens.rules.algorithms == [.es256, .hs256])
    #expect(tokens.rules.clockSkew == 7)
    #expect([tokens.rules.subjectClaim, tokens.rules.rolesClaim, tokens.rules.tenantClaim] == ["x", "y.z", "t"])
    #expect(tokens.secretFile == "s")
    guard case .file("k.json") = tokens.keys else { return #expect(Bool(false), "The keys come from the file.") }
  }

  @Test func `keys of a URL come with who vouches for it and how old they may be`() throws {
    let flags = [
      ("tokens.keysUrl", "https://id.example/k"), ("tokens.keysAuthority", "ca.pem"),
      ("tokens.keysRefreshSeconds", "99"),
    ]
    let tokens = try #require(identity(issuer + flags).tokens)
    guard case .url("https://id.example/k", authorityFile: "ca.pem", refreshSeconds: 99) = tokens.keys else {
      return #expect(Bool(false), "The keys come from the URL.")
    }
    #expect(tokens.rules == TokenRules(issuer: "iss", audiences: ["a", "b"]))
  }

  @Test func `without a place for keys there is only the secret`() throws {
    let tokens = try #require(identity(issuer).tokens)
    guard case .none = tokens.keys else { return #expect(Bool(false), "There are no keys.") }
  }

  @Test func `OpenID Connect is taken as it is`() throws {
    let openID = try #require(
      identity([
        ("openId.issuer", "https://id.example"), ("openId.authority", "ca.pem"), ("openId.clientId", "c"),
        ("openId.clientSecret", "s"), ("openId.scopes", "openid,email"), ("openId.rolesClaim", "r"),
        ("openId.tenantClaim", "t"), ("tokens.clockSkewSeconds", "9"),
      ]).openID)
    #expect([openID.issuer, openID.authorityFile, openID.clientID] == ["https://id.example", "ca.pem", "c"])
    #expect(openID.clientSecretFile == "s")
    #expect(openID.scopes == ["openid", "email"])
    #expect([openID.rolesClaim, openID.tenantClaim] == ["r", "t"])
    #expect(openID.clockSkew == 9)
  }

  @Test func `rates reach the gate they are for`() {
    let names = [
      "requestsPerPrincipal", "requestsPerAddress", "signInsPerAddress", "submitsPerPrincipal", "commandsPerPrincipal",
      "streamsPerPrincipal", "streamsPerAddress",
    ]
    let rates = identity(names.enumerated().map { ("rates.\($1)", "\($0 + 11)") }).rates
    #expect(
      [
        rates.requestsPerPrincipal, rates.requestsPerAddress, rates.signInsPerAddress, rates.submitsPerPrincipal,
        rates.commandsPerPrincipal, rates.streamsPerPrincipal, rates.streamsPerAddress,
      ] == Array(11...17))
  }
}
