import Glibc

/// A numeric IPv4 or IPv6 address with a port. Names are not resolved here: what is listened on is said exactly.
package struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
  /// In canonical text, such as `127.0.0.1` or `::1`.
  package let host: String
  package let port: Int
  let isIPv6: Bool

  /// Throws when `host` is not a numeric address or `port` is out of range.
  package init(host: String, port: Int) throws(WireError) {
    guard (0...65_535).contains(port) else {
      throw WireError(.address, "\(port) is not a port; ports go from 0 (any free one) to 65535.")
    }
    var v4 = in_addr()
    var v6 = in6_addr()
    if unsafe inet_pton(AF_INET, host, &v4) == 1 {
      isIPv6 = false
    } else if unsafe inet_pton(AF_INET6, host, &v6) == 1 {
      isIPv6 = true
    } else {
      throw WireError(.address, "\"\(host)\" is not a numeric IP address; write one such as 127.0.0.1 or ::1.")
    }
    self.host = host
    self.port = port
  }

  private init(host: String, port: Int, isIPv6: Bool) {
    self.host = host
    self.port = port
    self.isIPv6 = isIPv6
  }

  package func with(port: Int) -> SocketAddress {
    SocketAddress(host: host, port: port, isIPv6: isIPv6)
  }

  /// True for 127.0.0.0/8 and ::1.
  package var isLoopback: Bool {
    isIPv6 ? bytes == [UInt8](repeating: 0, count: 15) + [1] : bytes[0] == 127
  }

  /// The 4 or 16 bytes of the address, without the port.
  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
    unsafe _ = inet_pton(isIPv6 ? AF_INET6 : AF_INET, host, &bytes)
    return bytes
  }

  /// Whom limits are for: an IPv4 address, or the first 64 bits of an IPv6 address, of which one customer has all the others.
  package var neighbourhood: String {
    guard isIPv6 else { return host }
    // An IPv4 address in the clothes of IPv6 is one address, too.
    if bytes.prefix(12) == [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] { return host }
    return bytes.prefix(8).map(Hexadecimal.text).joined() + "/64"
  }

  /// As in a URL: an IPv6 address stands in brackets.
  package var description: String {
    isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  // MARK: For the kernel

  func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    if isIPv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = in_port_t(port).bigEndian
      unsafe _ = inet_pton(AF_INET6, host, &address.sin6_addr)
      return unsafe Self.rebound(&address, body)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    unsafe _ = inet_pton(AF_INET, host, &address.sin_addr)
    return unsafe Self.rebound(&address, body)
  }

  private static func rebound<Address, Result>(
    _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    let length = socklen_t(MemoryLayout<Address>.size)
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
    }
  }

  /// Runs a call that fills in an address, and reads it. Nil when the call fails (its errno stands) or the family is another.
  static func filled(by call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32)
    -> (status: Int32, address: SocketAddress?)
  {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let status = unsafe withUnsafeMutablePointer(to: &storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe call($0, &length) }
    }
    guard status >= 0 else { return (status, nil) }
    return (status, reading(&storage))
  }

  private static func reading(_ storage: inout sockaddr_storage) -> SocketAddress? {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = Int32(storage.ss_family)
    let port: in_port_t? = unsafe withUnsafePointer(to: &storage) { storage in
      switch family {
      case AF_INET:
        return unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
          var number = unsafe address.pointee.sin_addr
          unsafe _ = inet_ntop(AF_INET, &number, &text, socklen_t(text.count))
          return unsafe address.pointee.sin_port
        }
      case AF_INET6:
        return unsafe storage.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
          var number = unsafe address.pointee.sin6_addr
          unsafe _ = inet_ntop(AF_INET6, &number, &text, socklen_t(text.count))
          return unsafe address.pointee.sin6_port
        }
      default:
        return nil
      }
    }
    guard let port else { return nil }
    let host = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return SocketAddress(host: host, port: Int(in_port_t(bigEndian: port)), isIPv6: family == AF_INET6)
  }
}
