import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing
import Wire

@Suite(.timeLimit(.minutes(3)))
struct SignInLinkEndpointTests {
  private let clock = TurnedClock()
  private let path = "POST /sign-in-links"

  @Test func `an operator makes a link out to a name of the policy`() async throws {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let answer = try await gateway.ask(
        .admin, path, as: try TestPeople.ada.certificate(), body: #"{"principal": "oscar"}"#)
      #expect(answer.status == 200)
      let said = try answer.json()
      #expect(said.members.map(\.key) == ["principal", "url", "expires"])
      #expect(said["principal"]?.string == "oscar")
      #expect(said["expires"]?.string == clock.now.adding(seconds: 600).description)
      let url = try #require(said["url"]?.string)
      let port = gateway.addresses.publicAddress.port
      let parts = try #require(url.wholeMatch(of: /https:\/\/localhost:([0-9]+)\/sign-in#([A-Za-z0-9_-]{43})/))
      #expect(Int(parts.1) == port)
      #expect(try await Visitor(gateway).signIn(String(parts.2)).status == 200)
    }
  }

  @Test func `the link leads to where people reach the gateway, and is good as long as is configured`() async throws {
    try await TestGateway.run(
      clock: clock.clock,
      configure: {
        $0.identity.publicURL = "https://box.example"
        $0.identity.linkLife = 5
      }
    ) { gateway async throws in
      let answer = try await gateway.ask(
        .admin, path, as: try TestPeople.ada.certificate(), body: #"{"principal": "oscar"}"#)
      let url = try #require(try answer.json()["url"]?.string)
      #expect(url.hasPrefix("https://box.example/sign-in#"))
      #expect(try answer.json()["expires"]?.string == clock.now.adding(seconds: 5).description)
      clock.turn(seconds: 5)
      #expect(try await Visitor(gateway).signIn(String(url.suffix(43))).status == 401)
    }
  }

  @Test func `nobody else makes one`() async throws {
    try await TestGateway.run { gateway async throws in
      let body = #"{"principal": "oscar"}"#
      for person in [TestPeople.vera, .anna, .olaf] {
        let answer = try await gateway.ask(.admin, path, as: try person.certificate(), body: body)
        #expect(answer.status == 403)
      }
      let ada = try TestPeople.ada.certificate()
      #expect(try await gateway.ask(.people, path, as: ada, body: body).status == 404)
    }
  }

  @Test(arguments: [
    ("", 400), ("{}", 400), (#"{"principal": 7}"#, 400), (#"{"principal": "oscar", "life": "9"}"#, 400),
    (#"{"principal": "nobody"}"#, 422), (#"{"principal": ""}"#, 422), (#"{"principal": "root"}"#, 422),
    (#"{"principal": "Oscar"}"#, 422),
  ])
  func `a link for nobody is refused`(body: String, status: Int) async throws {
    try await TestGateway.run { gateway async throws in
      let answer = try await gateway.ask(.admin, path, as: try TestPeople.ada.certificate(), body: body)
      #expect(answer.status == status)
      #expect(answer.fields["content-type"] == "application/problem+json")
    }
  }
}
