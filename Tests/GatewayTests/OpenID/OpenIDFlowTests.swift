import HTTP
import Identity
import Telemetry
import Testing

@testable import Gateway

@Suite struct OpenIDFlowTests {
  private let now = UnixTime(seconds: 1_000_000)

  private func secrets(_ tag: String = "", verifier: String = "v") -> OpenIDFlow.Secrets {
    OpenIDFlow.Secrets(
      state: Secret("state" + tag), nonce: Secret("nonce" + tag), verifier: Secret(verifier),
      browser: Secret("browser" + tag))
  }

  private func flow(_ secrets: OpenIDFlow.Secrets, at time: UnixTime? = nil) -> OpenIDFlow {
    OpenIDFlow(
      secrets, redirectURI: "https://box.example/api/session/openid/callback", returnPath: .frontPage, now: time ?? now)
  }

  @Test func `the challenge is that of RFC 7636 appendix B`() {
    let flow = flow(secrets(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
    #expect(flow.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
  }

  @Test func `the browser is sent with all that a code needs`() throws {
    let client = OpenIDClient(
      issuer: "https://issuer.example", id: "box & co", secret: nil, scopes: ["profile", "email"])
    let flow = flow(secrets())
    let url = flow.authorizationURL(
      at: try ServiceURL(parsing: "https://issuer.example/authorize"), as: client, state: Secret("s/1+2"))
    let target = try RequestTarget(parsing: try ServiceURL(parsing: url).target.raw)
    #expect(target.path == "/authorize")
    #expect(
      target.queryItems.map { "\($0.name)=\($0.value)" } == [
        "response_type=code", "client_id=box & co", "redirect_uri=https://box.example/api/session/openid/callback",
        "scope=openid profile email", "state=s/1+2", "nonce=nonce", "code_challenge=\(flow.challenge)",
        "code_challenge_method=S256",
      ])
    #expect(!url.contains("+"), "A plus is a space to some readers.")
    let withQuery = flow.authorizationURL(
      at: try ServiceURL(parsing: "https://issuer.example/authorize?realm=a"), as: client, state: Secret("s"))
    #expect(withQuery.hasPrefix("https://issuer.example/authorize?realm=a&response_type=code&"))
  }

  @Test func `what nobody may guess is new each time and long enough`() {
    let (one, other) = (OpenIDFlow.Secrets.random(), OpenIDFlow.Secrets.random())
    let all = [one, other].flatMap { [$0.state, $0.nonce, $0.verifier, $0.browser] }.map { FormText.text($0) }
    #expect(Set(all).count == 8)
    // RFC 7636 section 4.1: 43 to 128 characters.
    #expect(all.allSatisfy { $0.utf8.count == 43 })
  }

  // MARK: Pending flows

  @Test func `a flow is taken once, by its state and its browser`() {
    var flows = PendingFlows()
    flows.add(flow(secrets("1")), state: Secret("state1"), address: "a", now: now)
    flows.add(flow(secrets("2")), state: Secret("state2"), address: "a", now: now)
    #expect(flows.take(state: Secret("state1"), browser: Secret("browser2"), now: now) == nil)
    #expect(flows.take(state: Secret("state3"), browser: Secret("browser1"), now: now) == nil)
    #expect(flows.take(state: Secret(""), browser: Secret(""), now: now) == nil)
    // A wrong browser has not used it up.
    #expect(flows.take(state: Secret("state1"), browser: Secret("browser1"), now: now)?.nonce == Secret("nonce1"))
    #expect(flows.take(state: Secret("state1"), browser: Secret("browser1"), now: now) == nil)
    #expect(flows.hasFlow(of: Secret("browser2"), now: now))
    #expect(!flows.hasFlow(of: Secret("browser1"), now: now))
  }

  @Test func `a flow ends after ten minutes`() {
    var flows = PendingFlows()
    flows.add(flow(secrets()), state: Secret("state"), address: "a", now: now)
    var later = flows
    #expect(flows.take(state: Secret("state"), browser: Secret("browser"), now: now.adding(seconds: 599)) != nil)
    #expect(later.take(state: Secret("state"), browser: Secret("browser"), now: now.adding(seconds: 600)) == nil)
    #expect(later.count == 0)
  }

  @Test func `there is room for so many, and the oldest of the same address makes room first`() {
    var flows = PendingFlows(limit: 4, limitPerAddress: 3)
    func begin(_ tag: String, from address: String) {
      flows.add(flow(secrets(tag)), state: Secret("state" + tag), address: address, now: now)
    }
    func left() -> [String] {
      let kept = flows
      return ["1", "2", "3", "4", "5", "6"].filter { tag in
        var copy = kept
        return copy.take(state: Secret("state" + tag), browser: Secret("browser" + tag), now: now) != nil
      }
    }
    begin("1", from: "quiet")
    for tag in ["2", "3", "4"] { begin(tag, from: "busy") }
    #expect(left() == ["1", "2", "3", "4"])
    begin("5", from: "busy")
    #expect(left() == ["1", "3", "4", "5"], "The busy address has lost its own.")
    begin("6", from: "third")
    #expect(left() == ["3", "4", "5", "6"], "There is no room for more in all.")
    #expect(flows.count == 4)
  }

  // MARK: The cookie

  @Test func `the cookie belongs to this host alone and comes along from the issuer's page`() {
    #expect(
      OpenIDCookie.field(setting: Secret("abc"))
        == "__Host-signalbox-signin=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600")
    #expect(
      OpenIDCookie.clearingField == "__Host-signalbox-signin=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
  }

  @Test(arguments: [
    ("__Host-signalbox-signin=abc", "abc"), ("a=b; __Host-signalbox-signin=abc; c=d", "abc"),
    ("__Host-signalbox-signin=a=b", "a=b"), ("__Host-signalbox=abc", nil), ("x__Host-signalbox-signin=abc", nil),
    ("__host-signalbox-signin=abc", nil), ("__Host-signalbox-signin=", nil), ("__Host-signalbox-signin", nil),
    ("", nil),
    ("__Host-signalbox-signin=abc; __Host-signalbox-signin=abd", nil),
  ])
  func `the cookie is found among others, and two are none`(_ value: String, _ found: String?) {
    #expect(OpenIDCookie.value(in: HTTPFields([("cookie", value)])) == found.map { Secret($0) })
  }

  @Test func `two cookie fields with one each are two`() {
    let fields = HTTPFields([("cookie", "__Host-signalbox-signin=abc"), ("cookie", "__Host-signalbox-signin=abd")])
    #expect(OpenIDCookie.value(in: fields) == nil)
  }
}
