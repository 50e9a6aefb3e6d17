import Glibc
import TestSupport
import Testing

@testable import Wire

@Suite struct SocketAddressTests {
  @Test(arguments: [
    ("127.0.0.1", 8443, "127.0.0.1:8443", true),
    ("127.9.9.9", 0, "127.9.9.9:0", true),
    ("0.0.0.0", 443, "0.0.0.0:443", false),
    ("192.0.2.1", 65_535, "192.0.2.1:65535", false),
    ("::1", 443, "[::1]:443", true),
    ("::", 1, "[::]:1", false),
    ("2001:db8::1", 443, "[2001:db8::1]:443", false),
  ])
  func `a numeric address is taken`(host: String, port: Int, text: String, isLoopback: Bool) throws {
    let address = try SocketAddress(host: host, port: port)
    #expect(address.description == text)
    #expect(address.isLoopback == isLoopback)
    #expect(address.with(port: 7).port == 7)
    #expect(address.with(port: 7).host == host)
  }

  @Test(arguments: ["", "localhost", "127.1", "256.0.0.1", "127.0.0.1 ", "127.0.0.1:80", "[::1]", "::1%lo", "1::2::3"])
  func `anything else is refused by name`(host: String) {
    let error = #expect(throws: WireError.self) { try SocketAddress(host: host, port: 443) }
    #expect(error?.code == .address)
    #expect(error?.message.contains("\"\(host)\"") == true)
  }

  @Test(arguments: [-1, 65_536, .max]) func `a port out of range is refused by number`(port: Int) {
    let error = #expect(throws: WireError.self) { try SocketAddress(host: "127.0.0.1", port: port) }
    #expect(error?.message.contains("\(port)") == true)
  }

  @Test(arguments: [("127.0.0.1", 4711), ("2001:db8::1", 4711), ("::", 0)])
  func `an address survives the kernel's form`(host: String, port: Int) throws {
    let address = try SocketAddress(host: host, port: port)
    let (status, read) = unsafe SocketAddress.filled { storage, length in
      unsafe address.withSockaddr { source, size in
        unsafe memcpy(storage, source, Int(size))
        unsafe length.pointee = size
      }
      return 0
    }
    #expect(status == 0)
    #expect(read == address)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "20010db800010002/64"),
    ("2001:db8:1:2::", "20010db800010002/64"), ("2001:db8:1:3::", "20010db800010003/64"),
    ("::1", "0000000000000000/64"),
    ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
  ])
  func `all addresses of one IPv6 customer count as one`(host: String, neighbourhood: String) throws {
    #expect(try SocketAddress(host: host, port: 1).neighbourhood == neighbourhood)
  }

  @Test func `a failed call gives no address`() {
    let (status, address) = unsafe SocketAddress.filled { _, _ in -1 }
    #expect(status == -1)
    #expect(address == nil)
  }
}
