import Testing

@testable import Identity

struct NameTests {
  @Test(arguments: ["a", "0", "a-", "insider-trading", "9lives", String(repeating: "x", count: 63)])
  func `a client name of letters, digits and hyphens is taken`(name: String) throws {
    try ClientKind.checkName(name)
  }

  @Test(arguments: [
    "", "-a", "A", "Agent", "a_b", "a.b", "a/b", "../a", "a b", " a", "a\n", "a\0", "ä", "a\u{301}", "٣", "%61",
    String(repeating: "x", count: 64),
  ])
  func `any other client name is refused with the rule`(name: String) {
    let error = #expect(throws: PKIError.self) { try ClientKind.checkName(name) }
    guard case .invalidName(name, let rule) = error else {
      Issue.record("\(String(describing: error)) is another error")
      return
    }
    #expect(rule.contains("1 to 63 characters"))
    #expect(error?.description.contains(name.debugDescription) == true)
  }

  @Test(arguments: [
    ("localhost", "DNS:localhost"), ("Example.COM", "DNS:example.com"), ("*.example.com", "DNS:*.example.com"),
    ("127.0.0.1", "IP:127.0.0.1"), ("::1", "IP:::1"), ("0:0:0:0:0:0:0:1", "IP:::1"),
    ("2001:DB8::7", "IP:2001:db8::7"), ("3com.example", "DNS:3com.example"),
  ])
  func `a server is named by a DNS name or an address`(text: String, name: String) throws {
    #expect(try ServerName(text).alternativeName.description == name)
  }

  @Test(arguments: [
    "", ".", "a..b", ".a", "a.", "-a", "a-", "a_b", "a b", "a/b", "127.0.0.256", "127.0.0.1.", "1.2.3", "[::1]",
    "::1%lo", "::g", "*", "a.*.b", "localhost:8443", "localhost\0", "127.0.0.1\0", "müller.example",
    String(repeating: "a", count: 64), String(repeating: "a.", count: 127) + "a",
  ])
  func `any other server name is refused`(text: String) {
    #expect(throws: PKIError.self) { try ServerName(text) }
  }

  @Test func `the server's own names are the three of this machine`() {
    #expect(ServerName.local.map(\.description) == ["localhost", "127.0.0.1", "::1"])
  }

  @Test func `a serial number is read in the forms other tools print`() {
    #expect(SerialNumber("5f:0a:ff")?.description == "5F0AFF")
    #expect(SerialNumber("5F0AFF")?.description == "5F0AFF")
    for text in ["", ":", "5", "5F0", "0x5F", "-5F", "5G", String(repeating: "AB", count: 21)] {
      #expect(SerialNumber(text) == nil, "\(text)")
    }
  }

  @Test func `random serial numbers are positive, sixteen bytes long and different`() {
    let numbers = (0..<1000).map { _ in SerialNumber.random().description }
    #expect(Set(numbers).count == 1000)
    #expect(numbers.allSatisfy { $0.utf8.count == 32 && ("4"..."7").contains(String($0.prefix(1))) })
  }
}
