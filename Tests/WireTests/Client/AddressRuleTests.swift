import HTTP
import TestSupport
import Testing

@testable import Wire

/// Which addresses a client may call when it may call public ones only.
@Suite struct AddressRuleTests {
  /// The edges of each range, and its name.
  static let special: [(first: String, last: String, kind: String)] = [
    ("0.0.0.0", "0.255.255.255", "unspecified (0.0.0.0/8)"), ("10.0.0.0", "10.255.255.255", "private (10.0.0.0/8)"),
    ("100.64.0.0", "100.127.255.255", "shared behind a carrier's NAT (100.64.0.0/10)"),
    ("127.0.0.0", "127.255.255.255", "loopback (127.0.0.0/8)"),
    ("169.254.0.0", "169.254.255.255", "link-local (169.254.0.0/16)"),
    ("172.16.0.0", "172.31.255.255", "private (172.16.0.0/12)"),
    ("192.0.0.0", "192.0.0.255", "kept for protocols (192.0.0.0/24)"),
    ("192.0.2.0", "192.0.2.255", "for documentation (192.0.2.0/24)"),
    ("192.88.99.0", "192.88.99.255", "a 6to4 relay's (192.88.99.0/24)"),
    ("192.168.0.0", "192.168.255.255", "private (192.168.0.0/16)"),
    ("198.18.0.0", "198.19.255.255", "for benchmarks (198.18.0.0/15)"),
    ("198.51.100.0", "198.51.100.255", "for documentation (198.51.100.0/24)"),
    ("203.0.113.0", "203.0.113.255", "for documentation (203.0.113.0/24)"),
    ("224.0.0.0", "239.255.255.255", "multicast (224.0.0.0/4)"),
    ("240.0.0.0", "255.255.255.255", "reserved (240.0.0.0/4)"),
    ("::", "::", "unspecified (::/128)"), ("::1", "0:0:0:0:0:0:0:1", "loopback (::1/128)"),
    ("::2", "::fffe:ffff:ffff", "outside what is given out for the Internet (2000::/3)"),
    ("::127.0.0.1", "::10.0.0.1", "outside what is given out for the Internet (2000::/3)"),
    ("::ffff:0:127.0.0.1", "64:ff9a::", "outside what is given out for the Internet (2000::/3)"),
    ("64:ff9b:0:0:0:1::", "64:ff9b:0:ffff::1", "outside what is given out for the Internet (2000::/3)"),
    ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "a local translation to IPv4 (64:ff9b:1::/48)"),
    ("100::", "100::ffff:ffff:ffff:ffff", "for discarding (100::/64)"),
    ("100:0:0:1::", "1fff:ffff::", "outside what is given out for the Internet (2000::/3)"),
    ("2001::", "2001:0:ffff::1", "a Teredo tunnel (2001::/32)"),
    ("2001:1::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "kept for protocols (2001::/23)"),
    ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "for documentation (2001:db8::/32)"),
    ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "for documentation (3fff::/20)"),
    ("4000::", "fbff:ffff::", "outside what is given out for the Internet (2000::/3)"),
    ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "unique local (fc00::/7)"),
    ("fe00::", "fe7f:ffff::", "outside what is given out for the Internet (2000::/3)"),
    ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "link-local (fe80::/10)"),
    ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "site-local (fec0::/10)"),
    ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast (ff00::/8)"),
  ]

  /// The neighbours of those ranges, and what else is public.
  static let open = [
    "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.1.255",
    "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "8.8.8.8",
    "2000::", "2000:ffff::", "2001:200::", "2001:db7:ffff::", "2001:db9::", "2003::", "2606:4700::1", "3ffe:ffff::",
    "3fff:1000::", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  ]

  private static func objection(_ host: String, _ rule: AddressRule = .publicOnly) throws -> String? {
    rule.objection(to: try SocketAddress(host: host, port: 443))
  }

  @Test func `what is not public is refused by name, at both edges of each range`() throws {
    for range in Self.special {
      for host in [range.first, range.last] {
        let objection = try Self.objection(host)
        #expect(objection == "it is \(range.kind), and only public addresses may be called", "\(host)")
        #expect(try Self.objection(host, .any) == nil)
      }
    }
  }

  @Test func `what is public is called, also right beside those ranges`() throws {
    for host in Self.open { #expect(try Self.objection(host) == nil, "\(host)") }
  }

  @Test func `an IPv4 address in IPv6 clothes is judged as what it is`() throws {
    let forms: [(form: String, wrap: (String, [UInt8]) -> String)] = [
      ("the IPv6 form (::ffff:0:0/96)", { host, _ in "::ffff:\(host)" }),
      ("the NAT64 form (64:ff9b::/96)", { host, _ in "64:ff9b::\(host)" }),
      (
        "the 6to4 form (2002::/16)",
        { _, bytes in
          let groups = [Int(bytes[0]) << 8 | Int(bytes[1]), Int(bytes[2]) << 8 | Int(bytes[3])]
          return "2002:" + groups.map { String($0, radix: 16) }.joined(separator: ":") + ":1::5"
        }
      ),
    ]
    for (form, wrap) in forms {
      for range in Self.special where !range.first.contains(":") {
        for host in [range.first, range.last] {
          let wrapped = wrap(host, try SocketAddress(host: host, port: 0).bytes)
          let expected =
            "it is \(form) of an IPv4 address that is \(range.kind), and only public addresses may be called"
          #expect(try Self.objection(wrapped) == expected, "\(wrapped)")
        }
      }
      for host in Self.open where !host.contains(":") {
        let wrapped = wrap(host, try SocketAddress(host: host, port: 0).bytes)
        #expect(try Self.objection(wrapped) == nil, "\(wrapped)")
      }
    }
  }

  @Test(arguments: ["127.0.0.1", "localhost", "[::1]"])
  func `a forbidden address is not dialled, whichever way it was named`(host: String) async throws {
    try await TestServer.run { server in
      try await Calls.run(configure: { $0.addresses = .publicOnly }) { calls in
        let error = try await calls.failure(server.port, host: host)
        guard case .forbidden(let attempts)? = error?.reason else {
          Issue.record("\(error as Any)")
          return
        }
        // Both families of the name, each with its reason.
        #expect(attempts.count == (host == "localhost" ? 2 : 1))
        for attempt in attempts {
          #expect(attempt.address.isLoopback && attempt.address.port == server.port)
          #expect(attempt.reason.hasPrefix("it is loopback ("))
        }
        #expect(error?.description.hasPrefix("\(host):\(server.port) may not be called: ") == true)
        #expect(await eventually { await calls.client.connectionCount == 0 })
      }
      #expect(server.counter("signalbox_connections_total") == 0)
    }
  }

  @Test func `WebSockets and calls without TLS are no way round it`() async throws {
    try await TestServer.run { server in
      try await Calls.run(configure: { $0.addresses = .publicOnly }) { calls in
        for scheme in ["wss", "ws"] {
          let url = try ServiceURL(
            parsing: "\(scheme)://127.0.0.1:\(server.port)/", allowingPlainOnLoopback: true)
          let error = await #expect(throws: ClientError.self) { try await calls.client.openWebSocket(url) }
          #expect(error?.description.contains("it is loopback (127.0.0.0/8)") == true)
        }
      }
      #expect(server.counter("signalbox_connections_total") == 0)
    }
  }

  @Test func `a race in which some addresses are forbidden is that of the others`() throws {
    let addresses = try ["::1", "127.0.0.1"].map { try SocketAddress(host: $0, port: 1) }
    var race = AddressRace(addresses)
    _ = race.next()
    race.refused(addresses[0], because: "a")
    #expect(!race.isLost && !race.isForbidden)
    _ = race.next()
    var other = race
    race.failed(addresses[1], because: "b")
    #expect(race.isLost && !race.isForbidden)
    #expect(race.attempts.map(\.description) == ["[::1]:1: a", "127.0.0.1:1: b"])
    other.refused(addresses[1], because: "b")
    #expect(other.isLost && other.isForbidden)
  }
}
