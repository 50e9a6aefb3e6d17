import HTTP

/// Which addresses a client may call. Asked of each address just before it is dialled, whatever name has led to it: what a name
/// said when somebody looked at it before does not count.
package enum AddressRule: Sendable, Equatable {
  case any
  /// Only addresses that the whole Internet can reach. For URLs that come from outside: they must not lead to this machine, nor to
  /// its neighbours.
  case publicOnly

  /// Why an address may not be called, nil when it may.
  func objection(to address: SocketAddress) -> String? {
    guard self == .publicOnly, let kind = SpecialAddresses.kind(of: address.bytes) else { return nil }
    return "it is \(kind), and only public addresses may be called"
  }

  /// The same for a host of which no address is known yet: nil as well where only the address can tell.
  package func objection(toHost host: String) -> String? {
    if let address = try? SocketAddress(host: host, port: 0) { return objection(to: address) }
    guard self == .publicOnly, LoopbackHost.matches(host) else { return nil }
    return "it is this machine, and only public addresses may be called"
  }
}

/// Addresses that are not public: those that the registries of IANA for special purposes (RFC 6890) do not call globally reachable,
/// and multicast.
enum SpecialAddresses {
  /// What an address of 4 or 16 bytes is, as the end of a sentence; nil when it is public.
  static func kind(of bytes: [UInt8]) -> String? {
    guard bytes.count == 16 else { return version4.first { $0.contains(bytes) }?.kind }
    if let carried = carriedVersion4(in: bytes) {
      return kind(of: carried.address).map { "\(carried.form) of an IPv4 address that is \($0)" }
    }
    if let range = version6.first(where: { $0.contains(bytes) }) { return range.kind }
    return global.contains(bytes) ? nil : "outside what is given out for the Internet (\(global.text))"
  }

  private static let version4 = [
    AddressRange("0.0.0.0/8", "unspecified"), AddressRange("10.0.0.0/8", "private"),
    AddressRange("100.64.0.0/10", "shared behind a carrier's NAT"), AddressRange("127.0.0.0/8", "loopback"),
    AddressRange("169.254.0.0/16", "link-local"), AddressRange("172.16.0.0/12", "private"),
    AddressRange("192.0.0.0/24", "kept for protocols"), AddressRange("192.0.2.0/24", "for documentation"),
    AddressRange("192.88.99.0/24", "a 6to4 relay's"), AddressRange("192.168.0.0/16", "private"),
    AddressRange("198.18.0.0/15", "for benchmarks"), AddressRange("198.51.100.0/24", "for documentation"),
    AddressRange("203.0.113.0/24", "for documentation"), AddressRange("224.0.0.0/4", "multicast"),
    AddressRange("240.0.0.0/4", "reserved"),
  ]

  /// All that is given out so far. What is not in here need not be listed below, but a reader learns more from its name.
  private static let global = AddressRange("2000::/3", "global")

  private static let version6 = [
    AddressRange("::/128", "unspecified"), AddressRange("::1/128", "loopback"),
    AddressRange("64:ff9b:1::/48", "a local translation to IPv4"), AddressRange("100::/64", "for discarding"),
    AddressRange("2001::/32", "a Teredo tunnel"), AddressRange("2001::/23", "kept for protocols"),
    AddressRange("2001:db8::/32", "for documentation"), AddressRange("3fff::/20", "for documentation"),
    AddressRange("fc00::/7", "unique local"), AddressRange("fe80::/10", "link-local"),
    AddressRange("fec0::/10", "site-local"), AddressRange("ff00::/8", "multicast"),
  ]

  /// The IPv4 address that a packet to this IPv6 address would reach.
  private static func carriedVersion4(in bytes: [UInt8]) -> (form: String, address: [UInt8])? {
    for (range, offset) in carriers where range.contains(bytes) {
      return (range.kind, Array(bytes[offset..<(offset + 4)]))
    }
    return nil
  }

  private static let carriers = [
    (AddressRange("::ffff:0:0/96", "the IPv6 form"), 12), (AddressRange("64:ff9b::/96", "the NAT64 form"), 12),
    (AddressRange("2002::/16", "the 6to4 form"), 2),
  ]
}

/// The addresses that begin with the same bits.
struct AddressRange: Sendable {
  /// As it was given: `10.0.0.0/8`.
  let text: String
  /// `text`, said in words.
  let kind: String
  private let prefix: [UInt8]
  private let length: Int

  /// - Parameter text: a constant of the program; one that is no range is the programmer's mistake.
  init(_ text: String, _ name: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let length = Int(parts[1]),
      let address = try? SocketAddress(host: String(parts[0]), port: 0)
    else { preconditionFailure("\(text) is no range of addresses.") }
    self.text = text
    kind = "\(name) (\(text))"
    prefix = address.bytes
    self.length = length
  }

  func contains(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == prefix.count else { return false }
    let whole = length / 8
    guard bytes[..<whole] == prefix[..<whole] else { return false }
    let rest = length % 8
    return rest == 0 || (bytes[whole] ^ prefix[whole]) >> (8 - rest) == 0
  }
}
