import HTTP
import Testing

struct ServiceURLTests {
  struct Good: Sendable {
    var text: String
    var scheme = ServiceURL.Scheme.https
    var host = "a.example"
    var isAddress = false
    var port = 443
    var authority = "a.example"
    var path = "/"
    var query: String?
    var description: String
  }

  static let good: [Good] = [
    Good(text: "https://a.example", description: "https://a.example/"),
    Good(text: "HTTPS://A.Example:443/", description: "https://a.example/"),
    Good(text: "wss://a.example/ws?x", scheme: .wss, path: "/ws", query: "x", description: "wss://a.example/ws?x"),
    Good(
      text: "https://a.example:8443?b=c", port: 8443, authority: "a.example:8443", query: "b=c",
      description: "https://a.example:8443/?b=c"),
    Good(
      text: "https://127.0.0.1:1/A%2fb", host: "127.0.0.1", isAddress: true, port: 1, authority: "127.0.0.1:1",
      path: "/A%2fb", description: "https://127.0.0.1:1/A%2fb"),
    Good(
      text: "https://[2001:DB8::1]", host: "2001:db8::1", isAddress: true, authority: "[2001:db8::1]",
      description: "https://[2001:db8::1]/"),
    Good(
      text: "https://[::ffff:192.0.2.1]:65535//x?", host: "::ffff:192.0.2.1", isAddress: true, port: 65_535,
      authority: "[::ffff:192.0.2.1]:65535", path: "//x", query: "",
      description: "https://[::ffff:192.0.2.1]:65535//x?"),
    Good(
      text: "https://x_y-1.2b/", host: "x_y-1.2b", authority: "x_y-1.2b", description: "https://x_y-1.2b/"),
    Good(
      text: "https://1.2.3.4.5e/a@b:c", host: "1.2.3.4.5e", authority: "1.2.3.4.5e", path: "/a@b:c",
      description: "https://1.2.3.4.5e/a@b:c"),
  ]

  @Test(arguments: good.indices)
  func `a URL is taken apart and reads back`(index: Int) throws {
    let good = Self.good[index]
    let url = try ServiceURL(parsing: good.text)
    #expect(url.scheme == good.scheme && url.host == good.host && url.hostIsAddress == good.isAddress)
    #expect(url.port == good.port && url.authority == good.authority)
    #expect(url.path == good.path && url.query == good.query)
    #expect(url.description == good.description)
    #expect(try ServiceURL(parsing: url.description) == url)
  }

  @Test(arguments: [
    ("", "write https://"), ("a.example", "write https://"), ("//a.example/", "write https://"),
    ("https:/a", "write https://"), ("https:a", "write https://"), ("://a", "write https://"),
    ("/path", "write https://"), ("localhost:8443/x", "write https://"),
    ("http://a.example/", "write https:// instead"),
    ("ws://a.example/", "write wss:// instead"), ("FTP://a/", "\"FTP\""), ("unix://a", "https:// or wss://"),
    ("https://", "is empty"), ("https:///a", "is empty"), ("https://?a", "is empty"), ("https://:443/", "no host name"),
    ("https://user@a/", "user name"), ("https://user:secret@a/", "user name"), ("https://a/#b", "fragment"),
    ("https://user:secret/@a/", "no valid port"),
    ("https://a#b", "fragment"), ("https://a b/", "0x20"), (" https://a/", "0x20"), ("https://a/\n", "0x0a"),
    ("https://\u{e4}.example/", "xn--"), ("https://a\\b/", "no host name has"), ("https://a%2eb/", "no host name has"),
    ("https://a,b/", "no host name has"), ("https://[::1/", "closing bracket"), ("https://[fe80::1%25eth0]/", "IPv6"),
    ("https://[127.0.0.1]/", "IPv6"), ("https://a:/", "port"), ("https://a:0/", "port"), ("https://a:0443/", "port"),
    ("https://a:65536/", "65535"), ("https://a:x/", "port"), ("https://a:1:2/", "port"), ("https://127.1/", "IPv4"),
    ("https://127.0.0.256/", "IPv4"), ("https://127.0.0.01/", "IPv4"), ("https://0x7f.0.0.1/", "IPv4"),
    ("https://2130706433/", "IPv4"), ("https://a.0X7F/", "IPv4"), ("https://a.example./", "dot at its"),
    ("https://.a/", "dot at its"), ("https://a..b/", "dot at its"), ("https://-a/", "dash"), ("https://a-.b/", "dash"),
    ("https://127.0.0.1./", "IPv4"), ("https://a/../b", "dot segment"), ("https://a/%2e%2e/b", "dot segment"),
    ("https://a/%zz", "%25"), ("https://a/?%", "%25"), ("https://a/\"", "percent-encode"),
    ("https://a/?<", "percent-encode"), ("https://a/%00", "%00"),
  ])
  func `a text that is none is refused with what to write`(text: String, hint: String) {
    let error = #expect(throws: ServiceURLError.self) { try ServiceURL(parsing: text) }
    let sentence = error?.description ?? ""
    #expect(sentence.contains(hint), "\(sentence)")
    #expect(sentence.utf8.allSatisfy { 0x20...0x7e ~= $0 } && sentence.hasSuffix(".") && sentence.hasPrefix("The "))
    #expect(!sentence.contains("secret"))
  }

  @Test(arguments: [
    ("http://localhost", "http://localhost/", 80), ("HTTP://LocalHost:80/", "http://localhost/", 80),
    ("http://localhost:443/x?y", "http://localhost:443/x?y", 443), ("ws://a.localhost:1/", "ws://a.localhost:1/", 1),
    ("http://127.0.0.1:8080/webhook", "http://127.0.0.1:8080/webhook", 8080),
    ("http://127.9.9.9/", "http://127.9.9.9/", 80),
    ("http://[::1]/", "http://[::1]/", 80), ("http://[0:0:0:0:0:0:0:1]:81/", "http://[0:0:0:0:0:0:0:1]:81/", 81),
  ])
  func `without encryption this machine is called, where it is asked for`(text: String, same: String, port: Int) throws
  {
    let url = try ServiceURL(parsing: text, allowingPlainOnLoopback: true)
    #expect(url.description == same && url.port == port && !url.scheme.isEncrypted)
    #expect(try ServiceURL(parsing: url.description, allowingPlainOnLoopback: true) == url)
    #expect(try url.resolving("/other").description.hasSuffix("/other"))
    let error = #expect(throws: ServiceURLError.self) { try ServiceURL(parsing: text) }
    #expect(
      error?.description.contains(
        "which is not encrypted; write \(text.lowercased().hasPrefix("h") ? "https" : "wss")://") == true)
  }

  @Test(arguments: [
    "http://a.example/", "ws://a.example/", "http://192.0.2.1/", "http://0.0.0.0/", "http://128.0.0.1/", "http://[::]/",
    "http://[::ffff:127.0.0.1]/", "http://[::11]/", "http://[1::1]/", "http://[::1:0]/", "http://[::0.0.0.1]/",
    "http://localhost.example/", "http://xlocalhost/", "http://127.0.0.1.example/",
  ])
  func `without encryption nothing else is`(text: String) {
    let error = #expect(throws: ServiceURLError.self) { try ServiceURL(parsing: text, allowingPlainOnLoopback: true) }
    let sentence = error?.description ?? ""
    #expect(sentence.contains("which is not this machine by definition"), "\(sentence)")
    #expect(
      sentence.hasSuffix(
        "encrypt with \(text.hasPrefix("h") ? "https" : "wss")://, or call localhost or a loopback address."))
  }

  @Test func `with encryption everything is as without the permission`() throws {
    let url = try ServiceURL(parsing: "https://a.example:80/", allowingPlainOnLoopback: true)
    #expect(url.authority == "a.example:80" && url.scheme.isEncrypted)
    #expect(throws: ServiceURLError.self) { try ServiceURL(parsing: "ftp://localhost/", allowingPlainOnLoopback: true) }
    #expect(throws: ServiceURLError.self) {
      try ServiceURL(parsing: "http://a@localhost/", allowingPlainOnLoopback: true)
    }
  }

  @Test func `lengths are bounded`() {
    let name = String(repeating: "a", count: 63)
    #expect(throws: Never.self) { try ServiceURL(parsing: "https://\(name).\(name)/") }
    #expect(throws: ServiceURLError.self) { try ServiceURL(parsing: "https://\(name)a/") }
    let path = String(repeating: "a", count: 8000 - "https://a/".utf8.count)
    #expect(throws: Never.self) { try ServiceURL(parsing: "https://a/" + path) }
    #expect(throws: ServiceURLError.self) { try ServiceURL(parsing: "https://a/" + path + "a") }
  }

  @Test func `an absolute path leads to another resource of the same service`() throws {
    let url = try ServiceURL(parsing: "wss://[::1]:8443/a?b=c")
    #expect(try url.resolving("/x/y?z").description == "wss://[::1]:8443/x/y?z")
    #expect(try url.resolving("/").description == "wss://[::1]:8443/")
  }

  @Test(arguments: [
    "", "x", "../x", "?x", "#x", "//evil.example/", "https://evil.example/", "/a#b", "/a/..", "/ ", "*",
  ])
  func `no other reference is followed`(reference: String) throws {
    let url = try ServiceURL(parsing: "https://a.example/a")
    #expect(throws: ServiceURLError.self) { try url.resolving(reference) }
  }
}
