extension RawRequests {
  static let expectations: [RawRequestCase] = [
    served("100-continue with the body at once", [200], post("Expect: 100-continue", "Content-Length: 2", body: "hi")),
    served("100-Continue in odd case", [200], post("Expect: 100-Continue", "Content-Length: 2", body: "hi")),
    served("100-continue without a body", [200], get("Expect: 100-continue")),
    served(
      "an expectation with HTTP/1.0 is ignored", [200],
      "POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi", closes: true),
    served("another expectation with HTTP/1.0 is ignored", [200], "GET / HTTP/1.0\r\nExpect: x\r\n\r\n", closes: true),
    refused("another expectation", 417, get("Expect: 200-ok")),
    refused("100-continue among others", 417, get("Expect: 100-continue, x")),
    refused("an empty expectation", 417, get("Expect:")),
    refused("100-continue with a parameter", 417, get("Expect: 100-continue;q=1")),
    refused("another expectation in a second field", 417, get("Expect: 100-continue", "Expect: x")),
    refused("100-continue with a body too long", 413, post("Expect: 100-continue", "Content-Length: 65537")),
    refused("100-continue with a bad length", 400, post("Expect: 100-continue", "Content-Length: five")),
  ]
}
