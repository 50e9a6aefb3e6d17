import A2A
import HTTP
import Testing
import Wire

@testable import A2AWire

/// The values behind deliveries.
@Suite struct PushValueTests {
  @Test func `pauses double up to a bound, and vary by half`() {
    let backoff = PushBackoff()
    #expect((1...8).map { backoff.delay(after: $0, chance: 1) } == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    #expect(backoff.delay(after: 3, chance: 0) == .seconds(2))
    #expect(backoff.delay(after: 1000, chance: 0.5) == .seconds(45))
  }

  @Test func `an answer is a success, a failure that may pass, or one that will not`() {
    for code in [200, 201, 202, 204, 299] { #expect(PushVerdict(HTTPStatus(code: code)) == .delivered) }
    for code in [408, 425, 429, 500, 502, 503, 599] {
      #expect(PushVerdict(HTTPStatus(code: code)) == .again("it answered \(HTTPStatus(code: code))"))
    }
    for code in [301, 302, 307, 400, 401, 403, 404, 410, 418] {
      guard case .never = PushVerdict(HTTPStatus(code: code)) else {
        Issue.record("\(code)")
        continue
      }
    }
  }

  @Test func `an address that may not be called is not called again`() async throws {
    ProcessSetup.prepare()
    let loop = try await Loop.start(name: "confined")
    var configuration = ClientConfiguration(tls: try EndpointCertificates.clientTLS(nil))
    configuration.addresses = .publicOnly
    let client = try HTTPClient(loop: loop, configuration: configuration)
    do {
      _ = try await client.send(ClientRequest(.get, try ServiceURL(parsing: "https://127.0.0.1:1/")))
      Issue.record("called")
    } catch {
      guard case .never(let why) = PushVerdict(error) else { throw error }
      #expect(why.contains("127.0.0.0/8"))
    }
    #expect(PushVerdict(CancellationError()) == .again("CancellationError()"))
    await loop.stop()
  }

  @Test(arguments: [
    "", "receiver.example", "ftp://receiver.example/", "wss://receiver.example/",
    "https://user:secret@receiver.example/",
    "https://receiver.example/#x", "https://receiver.example:0/", "https:///x", "https://re ceiver.example/",
    "https://receiver.example/\r\nx: y",
  ])
  func `a URL that cannot be called is refused where it is given`(_ url: String) throws {
    do {
      _ = try PushTarget(PushConfig(url: url), allowsPrivateAddresses: true)
      Issue.record("taken")
    } catch {
      #expect(error.code == .invalidParams)
      #expect(error.violations.map(\.field) == ["url"])
      #expect(!error.message.contains("secret"))
      #expect(error.message.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test func `private addresses are refused where they are given, unless switched on`() throws {
    let urls = [
      "https://localhost/", "https://a.localhost/", "https://127.0.0.1/", "https://10.1.2.3/", "https://[::1]/",
      "https://192.168.0.1:8443/x", "https://169.254.169.254/", "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/",
    ]
    for url in urls {
      #expect(failure(PushConfig(url: url))?.violations.map(\.field) == ["url"], "\(url)")
      _ = try PushTarget(PushConfig(url: url), allowsPrivateAddresses: true)
    }
    let plain = PushConfig(url: "http://localhost:8080/")
    #expect(failure(plain)?.code == .invalidParams)
    _ = try PushTarget(plain, allowsPrivateAddresses: true)
    for url in ["https://8.8.8.8/", "https://[2606:4700::1]/", "https://receiver.example/"] {
      #expect(failure(PushConfig(url: url)) == nil, "\(url)")
    }
  }

  @Test func `credentials that no field can carry are refused and not repeated`() throws {
    var config = PushConfig(url: "https://receiver.example/")
    config.authentication = PushConfig.Authentication(scheme: "Bearer", credentials: "hidden\r\nx: y")
    #expect(failure(config)?.violations.map(\.field) == ["authentication.credentials"])
    config.authentication = PushConfig.Authentication(scheme: "Bea rer", credentials: "hidden")
    #expect(failure(config)?.violations.map(\.field) == ["authentication.scheme"])
    config.authentication = nil
    config.token = "hidden\u{0}"
    #expect(failure(config)?.violations.map(\.field) == ["token"])
    #expect(failure(config)?.message.contains("hidden") == false)
  }

  private func failure(_ config: PushConfig) -> A2AError? {
    do throws(A2AError) {
      _ = try PushTarget(config, allowsPrivateAddresses: false)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a lane keeps what is on its way, and the newest`() throws {
    var options = PushOptions()
    options.waitingEvents = 3
    options.waitingBytes = 100
    let target = try PushTarget(PushConfig(url: "https://receiver.example/"), allowsPrivateAddresses: false)
    func notification(_ byte: UInt8, _ count: Int = 1) -> PushNotification {
      PushNotification(Array(repeating: byte, count: count), for: target, .v1, since: ContinuousClock.now)
    }
    var lane = PushLane(id: 1, first: notification(0))
    #expect(lane.add(notification(1), options) == 0)
    #expect(lane.add(notification(2), options) == 0)
    #expect(lane.add(notification(3), options) == 1)
    #expect(lane.waiting.map { $0.body[0] } == [0, 2, 3])
    #expect(lane.add(notification(4, 98), options) == 1)
    #expect(lane.waiting.map { $0.body[0] } == [0, 3, 4])
    #expect(lane.add(notification(5, 1000), options) == 2)
    #expect(lane.waiting.map { $0.body[0] } == [0, 5])
    let more = [lane.removeFirst(), lane.removeFirst()]
    #expect(more == [true, false])
  }
}
