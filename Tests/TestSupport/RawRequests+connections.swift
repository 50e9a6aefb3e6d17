extension RawRequests {
  private static let http10 = "GET / HTTP/1.0\r\n\r\n"

  /// Several requests on one connection, and when it ends.
  static let connections: [RawRequestCase] = [
    served("two requests in one piece", [200, 200], get() + get()),
    served("twenty requests in one piece", Array(repeating: 200, count: 20), String(repeating: get(), count: 20)),
    served("different requests in one piece", [200, 404, 200, 204, 405], mixed, answersToHead: [0]),
    served("a body of a length, then a request", [200, 200], post("Content-Length: 5", body: "hello") + get()),
    served("a chunked body, then a request", [200, 200], chunked("1\r\na\r\n0\r\nX: y\r\n\r\n") + get()),
    served("a GET with a body, then a request", [200, 200], get("Content-Length: 3") + "abc" + get()),
    served("an empty line before a request", [200], "\r\n" + get()),
    served("an empty line between requests", [200, 200], get() + "\r\n" + get()),
    served("a browser's extra line end behind a body", [200, 200], post("Content-Length: 1", body: "a\r\n") + get()),
    served("Connection: close", [200], get("Connection: close"), closes: true),
    served("Connection: Close among others", [200], get("Connection: x , Close"), closes: true),
    served("nothing behind Connection: close is read", [200], get("Connection: close") + get(), closes: true),
    served("garbage behind Connection: close is not read", [200], get("Connection: close") + "\0\0", closes: true),
    served("Connection in two fields", [200], get("Connection: x", "Connection: close"), closes: true),
    served("HTTP/1.0 closes", [200], http10, closes: true),
    served("nothing behind an HTTP/1.0 request is read", [200], http10 + http10, closes: true),
    served("HTTP/1.0 with a host", [200], "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", closes: true),
    served(
      "HTTP/1.0 with keep-alive stays open", [200, 200],
      "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n" + http10, closes: true),
    served(
      "HTTP/1.0 with keep-alive and close", [200], "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
      closes: true
    ),
    served(
      "HTTP/1.0 with a body", [200], "POST /echo HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi", closes: true),
    refused("five empty lines before a request", 400, "\r\n\r\n\r\n\r\n\r\n" + get()),
    refused("a bare line feed before a request", 400, "\n" + get()),
    refused("a bare carriage return before a request", 400, "\r" + get()),
    refused("a good request, then a bad one", 400, after: [200], get() + "GET / HTTP/1.1\r\n\r\n"),
    refused("a good request, then garbage", 400, after: [200], get() + "\0"),
    refused("nothing behind a bad request is read", 400, "GET / HTTP/1.1\r\n\r\n" + get()),
    refused(
      "a body longer than its length", 400, after: [200], post("Content-Length: 1", body: "a{\"b\":1}")),
  ]

  private static let mixed =
    "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" + "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n"
    + post("Content-Length: 2", body: "hi")
    + "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n" + "DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n"
}
