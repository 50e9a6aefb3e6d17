extension RawRequests {
  private static let hidden = "GET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n"

  private static let size = String(hidden.utf8.count, radix: 16) + "\r\n"

  /// Requests that two readers might cut differently. The hidden one is never answered.
  static let smuggling: [RawRequestCase] = [
    refused("CL.TE", 400, post("Content-Length: 6", "Transfer-Encoding: chunked", body: "0\r\n\r\nG") + hidden),
    refused(
      "TE.CL", 400, post("Transfer-Encoding: chunked", "Content-Length: 3", body: "1\r\nG\r\n0\r\n\r\n") + hidden),
    refused(
      "TE.TE with an odd second one", 400,
      post("Transfer-Encoding: chunked", "Transfer-encoding: cow", body: "0\r\n\r\n") + hidden),
    refused("TE.TE with a tab before the colon", 400, post("Transfer-Encoding\t: chunked", body: "0\r\n\r\n") + hidden),
    refused(
      "TE hidden by a NUL", 400, post("Transfer-Encoding\0: chunked", "Content-Length: 5", body: "0\r\n\r\n") + hidden),
    refused("TE hidden behind a line feed", 400, post("X: y\nTransfer-Encoding: chunked", body: "0\r\n\r\n") + hidden),
    refused("TE with a carriage return", 400, post("Transfer-Encoding: \rchunked", body: "0\r\n\r\n") + hidden),
    refused("CL.CL", 400, post("Content-Length: 0", "Content-Length: 44") + hidden),
    refused("CL with a plus", 400, post("Content-Length: +44") + hidden),
    refused("CL with an octal look", 400, post("Content-Length: 0o54") + hidden),
    refused("CL hidden by a folded line", 400, post("X: y", " Content-Length: 44") + hidden),
    refused("CL with a blank before the colon", 400, post("Content-Length : 44") + hidden),
    refused("a terminator with a line feed", 400, chunked("0\n\n") + hidden),
    refused("a chunk whose line end is swallowed", 400, chunked("2\r\nxx45\r\n0\r\n\r\n") + hidden),
    refused("an extension that hides a line", 400, chunked("2;\nxx\r\n0\r\n\r\n") + hidden),
    refused("a size that wraps 32 bits", 413, chunked("100000000\r\nab\r\n0\r\n\r\n") + hidden),
    refused("a request behind a chunked GET is not its body", 400, get("Transfer-Encoding: chunked, x") + hidden),
    refused("Host hidden in an absolute target", 400, "GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + hidden),
    refused("a request hidden in a trailer", 400, chunked("0\r\n" + "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n")),
    served(
      "a body that looks like a request", [200, 200], post("Content-Length: \(hidden.utf8.count)", body: hidden) + get()
    ),
    served("a chunk that looks like a request", [200, 200], chunked(size + hidden + "\r\n0\r\n\r\n") + get()),
    served(
      "a GET whose body looks like a request", [200, 200], get("Content-Length: \(hidden.utf8.count)") + hidden + get()),
  ]
}
