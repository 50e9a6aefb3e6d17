import Glibc

/// An IPv4 or IPv6 address, as the 4 or 16 bytes that a certificate holds.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  package let bytes: [UInt8]

  package init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads `127.0.0.1` or `::1`, without brackets, zone or prefix length.
  package init?(_ text: String) {
    guard !text.utf8.contains(0) else { return nil }
    let isVersion6 = text.utf8.contains(UInt8(ascii: ":"))
    var bytes = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
    // Safety: inet_pton writes exactly 4 or 16 bytes, which is what the array holds for each family.
    let answer = unsafe bytes.withUnsafeMutableBytes {
      unsafe inet_pton(isVersion6 ? AF_INET6 : AF_INET, text, $0.baseAddress)
    }
    guard answer == 1 else { return nil }
    self.bytes = bytes
  }

  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    // Safety: INET6_ADDRSTRLEN is room for the longest form of either family, terminator included.
    let isWritten = unsafe text.withUnsafeMutableBufferPointer { room in
      unsafe bytes.withUnsafeBytes {
        unsafe inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, $0.baseAddress, room.baseAddress, socklen_t(room.count))
          != nil
      }
    }
    guard isWritten else { return hexadecimal(bytes) }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
