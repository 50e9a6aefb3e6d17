import Glibc
import HTTP
import TestSupport
import Testing

@testable import Wire

/// Names, addresses, and which of them is taken.
@Suite struct ReachingTests {
  @Test func `a name with two addresses is reached at the one that listens`() async throws {
    for address in ["127.0.0.1", "::1"] {
      let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
      try await TLSServer.run({ $0.address = address }, scripts: [TLSServer.answering(answer)]) { server in
        try await Calls.run { calls in
          let response = try await calls.get(server.port, host: "localhost")
          #expect(response.address.host == address)
          let body = try await response.body.collect(limit: 10)
          #expect(body == Array("ok".utf8))
        }
      }
    }
  }

  @Test func `an IPv6 address is called by a URL with brackets and checked against the certificate`() async throws {
    try await TestServer.run(address: "::1") { server in
      try await Calls.run { calls in
        let text = try await calls.text(server.port, host: "[::1]")
        #expect(text == "hello\n")
      }
    }
  }

  @Test func `an address that does not answer holds the next one up for a moment only`() async throws {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    try await TLSServer.run(scripts: [TLSServer.answering(answer)]) { server in
      let deaf = try DeafListener(port: server.port)
      defer { withExtendedLifetime(deaf) {} }
      // Its clients, and sockets of other tests to whoever had this port before.
      let known = Set(ProcessFacts.connections(to: server.port).map(\.inode))
      try await Calls.run { calls in
        let response = try await calls.get(server.port, host: "localhost")
        #expect(response.address.host == "127.0.0.1")
        _ = try await response.body.collect(limit: 10)
        await calls.client.close()
        // The attempt that lost is gone, too.
        let left = ProcessFacts.connections(to: server.port).count { !known.contains($0.inode) }
        #expect(left == 0)
      }
      let alone = try await Calls.run(configure: { $0.deadlines.connect = .milliseconds(300) }) { calls in
        try await calls.failure(server.port, host: "[::1]")
      }
      #expect(alone?.reason == .timedOut(.connect, after: .milliseconds(300)))
      #expect(alone?.description == "[::1]:\(server.port) was not connected to within 300 ms.")
    }
  }

  @Test func `where nobody listens the error names each address with its reason`() async throws {
    let (descriptor, port) = try TCP.listen(on: "127.0.0.1", sharing: false)
    close(descriptor)
    try await Calls.run { calls in
      let error = try await calls.failure(port, host: "localhost")
      guard case .unreachable(let attempts)? = error?.reason else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(attempts.contains { $0.description == "127.0.0.1:\(port): Connection refused" })
      #expect(error?.description.hasPrefix("No connection to localhost:\(port): ") == true)
    }
  }

  @Test func `a name without an address is told as such`() async throws {
    try await Calls.run { calls in
      // Reserved for this by RFC 6761.
      let error = try await calls.failure(443, host: "nowhere.invalid")
      guard case .unresolved(let reason)? = error?.reason else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(!reason.isEmpty)
    }
  }

  @Test func `a call waits for a name no longer than its deadline`() async throws {
    try await Calls.run(configure: { $0.deadlines.connect = .zero }) { calls in
      let error = try await calls.failure(443, host: "nowhere.invalid")
      #expect(error?.reason == .timedOut(.connect, after: .zero))
    }
  }

  @Test func `families alternate, IPv6 first, each address once`() throws {
    let hosts = ["127.0.0.1", "127.0.0.2", "::1", "127.0.0.1", "::2", "127.0.0.3"]
    var race = AddressRace(try hosts.map { try SocketAddress(host: $0, port: 1) })
    var order: [String] = []
    while let address = race.next() {
      order.append(address.host)
      #expect(!race.isLost)
    }
    #expect(order == ["::1", "127.0.0.1", "::2", "127.0.0.2", "127.0.0.3"])
  }

  @Test func `a race is lost when every address has failed`() throws {
    let addresses = try ["::1", "127.0.0.1"].map { try SocketAddress(host: $0, port: 1) }
    var race = AddressRace(addresses)
    _ = race.next()
    race.failed(addresses[0], because: "a")
    #expect(!race.isLost)
    _ = race.next()
    #expect(race.attempts.map(\.reason) == ["a", "no answer"])
    race.failed(addresses[1], because: "b")
    #expect(race.isLost)
    #expect(race.attempts.map(\.description) == ["[::1]:1: a", "127.0.0.1:1: b"])
  }
}

/// Listens on ::1 and takes nothing: its queue is full, so that the kernel leaves further connections without an answer.
private final class DeafListener {
  private let listener: Int32
  private var clients: [Int32] = []

  init(port: Int) throws {
    (listener, _) = try TCP.listen(on: "::1", port: port, sharing: false)
    var options = TLSClient.Options()
    options.deadline = .milliseconds(100)
    while let client = try? TCP.connect(to: "::1", port, options) { clients.append(client) }
  }

  deinit {
    for client in clients { close(client) }
    close(listener)
  }
}
