extension RawRequests {
  private static func coding(_ value: String) -> String { post("Transfer-Encoding: \(value)", body: "0\r\n\r\n") }

  static let transferEncodings: [RawRequestCase] = [
    refused("gzip alone", 501, coding("gzip")),
    refused("identity", 501, coding("identity")),
    refused("gzip, then chunked", 501, coding("gzip, chunked")),
    refused("an unknown coding", 501, coding("xchunked")),
    refused("a coding that only begins like chunked", 501, coding("chunkedx")),
    refused("a coding that is nearly chunked", 501, coding("chunke")),
    refused("chunked, then gzip", 400, coding("chunked, gzip")),
    refused("chunked, then identity", 400, coding("chunked, identity")),
    refused("chunked twice in a list", 400, coding("chunked, chunked")),
    refused("chunked twice", 400, post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", body: "0\r\n\r\n")),
    refused(
      "chunked and identity in two fields", 400,
      post("Transfer-Encoding: chunked", "Transfer-Encoding: identity", body: "0\r\n\r\n")),
    refused("an empty coding", 400, coding("")),
    refused("a comma alone", 400, coding(",")),
    refused("a comma before chunked", 400, coding(", chunked")),
    refused("a comma behind chunked", 400, coding("chunked,")),
    refused("chunked with a parameter", 400, coding("chunked;q=1")),
    refused("chunked in quotation marks", 400, coding("\"chunked\"")),
    refused("chunked behind a vertical tab", 400, coding("\u{b}chunked")),
    refused("chunked behind a no-break space", 400, coding("\u{a0}chunked")),
    refused("chunked with a blank in it", 400, coding("chun ked")),
    refused("chunked on a folded line", 400, post("Transfer-Encoding:", " chunked", body: "0\r\n\r\n")),
    refused("chunked behind a blank before the colon", 400, post("Transfer-Encoding : chunked", body: "0\r\n\r\n")),
    refused("chunked with HTTP/1.0", 400, "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    refused("a length and chunked", 400, post("Content-Length: 5", "Transfer-Encoding: chunked", body: "0\r\n\r\n")),
    refused("chunked and a length", 400, post("Transfer-Encoding: chunked", "Content-Length: 5", body: "0\r\n\r\n")),
    refused("a length and identity", 400, post("Content-Length: 5", "Transfer-Encoding: identity", body: "hello")),
    refused(
      "a length of nothing and chunked", 400, post("Content-Length: 0", "Transfer-Encoding: chunked", body: "0\r\n\r\n")
    ),
  ]
}
