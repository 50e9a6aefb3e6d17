import Testing

@testable import HTTP

struct HostSyntaxTests {
  @Test(arguments: [
    "a", "a.example", "A-b_c.9", "127.0.0.1", "999.999.999.999", "a:0", "a:65535", "a:", "[::]", "[::1]:443", "[1::]",
    "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]", "[::ffff:192.0.2.1]", "[1:2:3:4:5:6:192.0.2.1]",
    "[2001:DB8::a]",
  ])
  func `a valid authority has no fault`(authority: String) {
    #expect(HostSyntax.fault(in: authority.bytes[...]) == nil)
  }

  @Test(arguments: [
    "", ":", ":1", "a:65536", "a:123456", "a:-1", "a:1:2", "a b", "a/b", "a@b", "a,b", "a%20", "[", "[]", "[::1",
    "[:::]",
    "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]", "[1::2::3]", "[12345::]", "[g::]", "[:1]", "[1:]",
    "[::192.0.2.256]", "[::192.0.2]", "[::192.0.2.01]", "[192.0.2.1::]", "[::1%eth0]", "[v1.a]", "[::1]a", "[::1]:x",
  ])
  func `a bad authority has a fault`(authority: String) {
    #expect(HostSyntax.fault(in: authority.bytes[...]) != nil)
  }
}
