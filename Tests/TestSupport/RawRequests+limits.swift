extension RawRequests {
  private static func text(_ length: Int) -> String { String(repeating: "a", count: length) }

  /// A request line of that many bytes.
  private static func line(_ length: Int) -> String {
    "GET /" + text(length - "GET / HTTP/1.1".count) + " HTTP/1.1"
  }

  private static func fields(_ count: Int, value: String = "1") -> String {
    (0..<count).map { "X-\($0): \(value)\r\n" }.joined()
  }

  static let limits: [RawRequestCase] = [
    served("a request line of 8192 bytes", [404], line(8192) + "\r\nHost: localhost\r\n\r\n"),
    refused("a request line of 8193 bytes", 414, line(8193) + "\r\nHost: localhost\r\n\r\n"),
    refused("a request line without end", 414, "GET /" + text(8200)),
    refused("a query without end", 414, "GET /?" + text(20_000)),
    refused("a long request line behind a good request", 414, after: [200], get() + "GET /" + text(8200)),
    served("a field line of 16384 bytes", [200], get("X: " + text(16_381))),
    refused("a field line of 16385 bytes", 431, get("X: " + text(16_382))),
    refused("a field line without end", 431, "GET / HTTP/1.1\r\nX: " + text(17_000)),
    refused("a field name without end", 431, "GET / HTTP/1.1\r\n" + text(17_000)),
    refused("blanks without end", 431, "GET / HTTP/1.1\r\nX:" + String(repeating: " ", count: 17_000)),
    served("128 fields", [200], "GET / HTTP/1.1\r\nHost: localhost\r\n" + fields(127) + "\r\n"),
    refused("129 fields", 431, "GET / HTTP/1.1\r\nHost: localhost\r\n" + fields(128) + "\r\n"),
    refused("fields without end", 431, "GET / HTTP/1.1\r\n" + fields(1000)),
    refused("fields of 40 kB together", 431, "GET / HTTP/1.1\r\n" + fields(20, value: text(2000))),
    served("a body at the route's limit", [200], post("Content-Length: 65536", body: text(65_536))),
    served("a chunk at the route's limit", [200], chunked("10000\r\n" + text(65_536) + "\r\n0\r\n\r\n")),
    refused("a body one byte above the limit", 413, post("Content-Length: 65537", body: text(65_537))),
    refused("a last chunk above the limit", 413, chunked("ffff\r\n" + text(65_535) + "\r\n2\r\nhi\r\n0\r\n\r\n")),
  ]
}
