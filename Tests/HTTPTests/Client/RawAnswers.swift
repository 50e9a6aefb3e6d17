import HTTP

/// The bytes of a server, and what a strict client must make of them.
struct RawAnswerCase: Sendable, CustomStringConvertible {
  let name: String
  let bytes: [UInt8]
  /// What was asked, one request for each answer.
  var methods: [HTTPMethod] = [.get]
  /// The answers that are given out completely.
  var expected: [Answer] = []
  /// What is wrong with the rest; nil when nothing is.
  var fault: MessageFault.Kind?
  /// What is given out of a body before the fault is known.
  var bodyBeforeFault = ""
  /// Whether another request may follow. The connection is ended behind the bytes where it may not.
  var reuse = true

  struct Answer: Equatable, Sendable {
    var status: Int
    var body = ""
    var trailers = HTTPFields()
  }

  var description: String { name }
}

/// Raw answers, each of them complete: where nothing ends them but the end of the connection, that follows.
enum RawAnswers {
  static let all = good + statusLines + fields + framing + chunks + interim

  static let good: [RawAnswerCase] = [
    good("a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", .init(status: 200, body: "hello")),
    good("a length of zero", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .init(status: 200)),
    good(
      "a length with zeros before it", "HTTP/1.1 200 OK\r\nContent-Length: 002\r\n\r\nab",
      .init(status: 200, body: "ab")),
    good("no reason", "HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", .init(status: 404)),
    good("no reason and no blank", "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", .init(status: 404)),
    good("a reason above ASCII", "HTTP/1.1 200 \u{e9}\t!\r\nContent-Length: 0\r\n\r\n", .init(status: 200)),
    good("an unknown status", "HTTP/1.1 599 X\r\nContent-Length: 0\r\n\r\n", .init(status: 599)),
    good(
      "chunks",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n00a;x=\"y\"\r\n0123456789\r\n0\r\n\r\n",
      .init(status: 200, body: "hello0123456789")),
    good(
      "trailers", "HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n1\r\na\r\n0\r\nX: 1\r\nY: 2\r\n\r\n",
      .init(status: 200, body: "a", trailers: HTTPFields([("x", "1"), ("y", "2")]))),
    good("until the close", "HTTP/1.1 200 OK\r\n\r\na\r\n\r\nb", .init(status: 200, body: "a\r\n\r\nb"), reuse: false),
    good(
      "until the close, whatever Connection says", "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nab",
      .init(status: 200, body: "ab"), reuse: false),
    good("an empty body until the close", "HTTP/1.1 200 OK\r\n\r\n", .init(status: 200), reuse: false),
    good(
      "HTTP/1.0 with a length", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", .init(status: 200, body: "a"),
      reuse: false),
    good(
      "HTTP/1.0 kept alive", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\na",
      .init(status: 200, body: "a")),
    good(
      "a close in a list", "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 1\r\n\r\na",
      .init(status: 200, body: "a"), reuse: false),
    good(
      "a close in a second field, and keep-alive",
      "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", .init(status: 200),
      reuse: false),
    good(
      "bytes behind a last answer", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nabc",
      .init(status: 200, body: "a"), reuse: false),
    good("204", "HTTP/1.1 204 No Content\r\n\r\n", .init(status: 204)),
    good("204 with a length of zero", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", .init(status: 204)),
    good("304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", .init(status: 304)),
    good("304 with chunks", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", .init(status: 304)),
    good("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", to: .head, .init(status: 200)),
    good("HEAD without a length", "HTTP/1.1 200 OK\r\n\r\n", to: .head, .init(status: 200)),
    good("HEAD with chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", to: .head, .init(status: 200)),
    good("no fields", "HTTP/1.1 204\r\n\r\n", .init(status: 204)),
    good("blanks around values", "HTTP/1.1 204\r\nA:\t b \r\nC:\r\n\r\n", .init(status: 204)),
    RawAnswerCase(
      name: "several answers",
      bytes: ("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nHTTP/1.1 304 \r\n\r\n"
        + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nHTTP/1.1 500 \r\n\r\nbc").bytes,
      methods: [.head, .get, .post, .put],
      expected: [
        .init(status: 200), .init(status: 304), .init(status: 200, body: "a"), .init(status: 500, body: "bc"),
      ], reuse: false),
  ]

  static let statusLines: [RawAnswerCase] = [
    bad("an empty line", "\r\nHTTP/1.1 204\r\n\r\n"), bad("a blank before it", " HTTP/1.1 204\r\n\r\n"),
    bad("lower case", "http/1.1 204\r\n\r\n"), bad("HTTP/0.9", "<html>hello"), bad("HTTP/2", "HTTP/2 204\r\n\r\n"),
    bad("HTTP/2.0", "HTTP/2.0 204\r\n\r\n"), bad("HTTP/1.2", "HTTP/1.2 204\r\n\r\n"),
    bad("HTTP/0.9 by name", "HTTP/0.9 204\r\n\r\n"), bad("HTTP/1.10", "HTTP/1.10 204\r\n\r\n"),
    bad("a TLS alert", "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{46}"), bad("settings of HTTP/2", "\0\0\u{12}\u{4}\0\0\0\0\0"),
    bad("a request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), bad("an ICY answer", "ICY 200 OK\r\n\r\n"),
    bad("no code", "HTTP/1.1 OK\r\n\r\n"), bad("no code at all", "HTTP/1.1\r\n\r\n"),
    bad("two blanks", "HTTP/1.1  204\r\n\r\n"), bad("a tab", "HTTP/1.1\t204\r\n\r\n"),
    bad("a code of two digits", "HTTP/1.1 20 OK\r\n\r\n"), bad("a code of four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
    bad("a code with a sign", "HTTP/1.1 +20 OK\r\n\r\n"), bad("a code below 100", "HTTP/1.1 099 OK\r\n\r\n"),
    bad("a code above 599", "HTTP/1.1 600 OK\r\n\r\n"), bad("a code with a dot", "HTTP/1.1 200.1 OK\r\n\r\n"),
    bad("a tab behind the code", "HTTP/1.1 204\tOK\r\n\r\n"), bad("a line feed alone", "HTTP/1.1 204 OK\n\r\n"),
    bad("a line feed behind the code", "HTTP/1.1 204\n\r\n"), bad("a bare CR", "HTTP/1.1 204 O\rK\r\n\r\n"),
    bad("a NUL in the reason", "HTTP/1.1 204 O\0K\r\n\r\n"), bad("a DEL in the reason", "HTTP/1.1 204 O\u{7f}\r\n\r\n"),
    bad("CR CR LF", "HTTP/1.1 204 OK\r\r\n\r\n"),
  ]

  static let fields: [RawAnswerCase] = [
    bad("a blank before the colon", "HTTP/1.1 204\r\nA : b\r\n\r\n"),
    bad("a folded value", "HTTP/1.1 204\r\nA: b\r\n c\r\n\r\n"),
    bad("a blank line start", "HTTP/1.1 204\r\n A: b\r\n\r\n"), bad("no colon", "HTTP/1.1 204\r\nA\r\n\r\n"),
    bad("no name", "HTTP/1.1 204\r\n: b\r\n\r\n"), bad("a bare CR in a value", "HTTP/1.1 204\r\nA: b\rc\r\n\r\n"),
    bad("a line feed alone in the fields", "HTTP/1.1 204\r\nA: b\n\r\n"),
    bad("a NUL in a value", "HTTP/1.1 204\r\nA: \0\r\n\r\n"),
    bad("a bare CR at the end", "HTTP/1.1 204\r\nA: b\r\n\rx"),
    bad("a line feed alone at the end", "HTTP/1.1 204\r\nA: b\r\n\n"),
  ]

  static let framing: [RawAnswerCase] = [
    bad("two lengths", headed("Content-Length: 1", "Content-Length: 2", body: "ab")),
    bad("one length twice", headed("Content-Length: 1", "Content-Length: 1", body: "a")),
    bad("a list of lengths", headed("Content-Length: 1, 1", body: "a")),
    bad("a length and chunks", headed("Content-Length: 5", "Transfer-Encoding: chunked", body: "0\r\n\r\n")),
    bad("chunks and a length", headed("Transfer-Encoding: chunked", "Content-Length: 5", body: "0\r\n\r\n")),
    bad("a negative length", headed("Content-Length: -1")), bad("a length with a sign", headed("Content-Length: +1")),
    bad("an empty length", headed("Content-Length:")), bad("a hexadecimal length", headed("Content-Length: 0x1")),
    bad("a length with a blank", headed("Content-Length: 1 0")),
    bad("a length of 2^63", headed("Content-Length: 9223372036854775808"), .bodyTooLarge),
    bad("a length of 30 digits", headed("Content-Length: 999999999999999999999999999999"), .bodyTooLarge),
    bad("chunks twice", headed("Transfer-Encoding: chunked, chunked")),
    bad("chunks in two fields", headed("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")),
    bad("chunks and gzip behind", headed("Transfer-Encoding: chunked, gzip")),
    bad("an empty coding", headed("Transfer-Encoding:")),
    bad("a list with a hole", headed("Transfer-Encoding: ,chunked")),
    bad("chunks with a parameter", headed("Transfer-Encoding: chunked;a=b")),
    bad("chunks in quotes", headed("Transfer-Encoding: \"chunked\"")),
    bad("gzip and chunks", headed("Transfer-Encoding: gzip, chunked"), .unsupported),
    bad("gzip", headed("Transfer-Encoding: gzip"), .unsupported),
    bad("identity", headed("Transfer-Encoding: identity"), .unsupported),
    bad("chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    bad("204 with a length", "HTTP/1.1 204 \r\nContent-Length: 2\r\n\r\nab"),
    bad("204 with chunks", "HTTP/1.1 204 \r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    bad("two lengths in the answer to HEAD", to: .head, headed("Content-Length: 1", "Content-Length: 2")),
    bad("a length and chunks at 304", "HTTP/1.1 304 \r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
    bad("more than the length", after: [.init(status: 200, body: "a")], headed("Content-Length: 1", body: "ab")),
    bad(
      "a body behind the answer to HEAD", to: .head, after: [.init(status: 200)], headed("Content-Length: 1", body: "a")
    ),
    bad("a body behind 304", after: [.init(status: 304)], "HTTP/1.1 304 \r\n\r\n<html>"),
    bad("a second answer nobody asked for", after: [.init(status: 204)], "HTTP/1.1 204\r\n\r\nHTTP/1.1 204\r\n\r\n"),
    bad("an empty line behind an answer", after: [.init(status: 204)], "HTTP/1.1 204\r\n\r\n\r\n"),
  ]

  static let chunks: [RawAnswerCase] = [
    bad("no size", chunked("\r\n\r\n")), bad("a size that is none", chunked("x\r\n")), bad("a sign", chunked("-1\r\n")),
    bad("a prefix", chunked("0x1\r\na\r\n")), bad("a blank before the size", chunked(" 1\r\na\r\n")),
    bad("a size with a line feed alone", chunked("1\na\r\n")), bad("a size with a bare CR", chunked("1\ra")),
    bad("a size of 17 digits", chunked("00000000000000001\r\n")),
    bad("a size of 2^63", chunked("8000000000000000\r\n"), .bodyTooLarge),
    bad("data longer than its size", chunked("1\r\nab\r\n0\r\n\r\n"), body: "a"),
    bad("data with a line feed alone", chunked("1\r\na\n0\r\n\r\n"), body: "a"),
    bad("data with a bare CR", chunked("1\r\na\r0\r\n\r\n"), body: "a"),
    bad("a broken extension", chunked("1;=\r\na\r\n")),
    bad("a length as a trailer", chunked("0\r\nContent-Length: 1\r\n\r\n")),
    bad("a folded trailer", chunked("0\r\nA: b\r\n c\r\n\r\n")),
  ]

  static let interim: [RawAnswerCase] = [
    good("100", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 \r\n\r\n", .init(status: 204)),
    good(
      "several", "HTTP/1.1 102 X\r\nA: b\r\n\r\nHTTP/1.1 103 \r\nContent-Length: 0\r\n\r\nHTTP/1.1 204 \r\n\r\n",
      .init(status: 204)),
    good(
      "a close in an interim answer is not the final one's",
      "HTTP/1.1 103 \r\nConnection: close\r\n\r\nHTTP/1.1 204 \r\n\r\n", .init(status: 204)),
    good("101", "HTTP/1.1 101 \r\nUpgrade: x\r\n\r\n\0\u{1}\u{2}", .init(status: 101), reuse: false),
    bad("100 with a length", "HTTP/1.1 100 \r\nContent-Length: 1\r\n\r\na"),
    bad("103 with chunks", "HTTP/1.1 103 \r\nTransfer-Encoding: chunked\r\n\r\n"),
    bad("101 with a length", "HTTP/1.1 101 \r\nUpgrade: x\r\nContent-Length: 1\r\n\r\na"),
    bad("only interim answers", "HTTP/1.1 100 \r\n\r\nHTTP/1.1 100 \r\n\r\n", .truncated),
  ]

  private static func good(
    _ name: String, _ text: String, to method: HTTPMethod = .get, _ answer: RawAnswerCase.Answer, reuse: Bool = true
  ) -> RawAnswerCase {
    RawAnswerCase(name: name, bytes: text.bytes, methods: [method], expected: [answer], reuse: reuse)
  }

  /// - Parameters:
  ///   - good: the answers before the one at fault.
  ///   - body: what is given out of the body before the fault is known.
  private static func bad(
    _ name: String, to method: HTTPMethod = .get, after good: [RawAnswerCase.Answer] = [], _ text: String,
    _ fault: MessageFault.Kind = .malformed, body: String = ""
  ) -> RawAnswerCase {
    RawAnswerCase(
      name: name, bytes: text.bytes, methods: [method], expected: good, fault: fault, bodyBeforeFault: body,
      reuse: false)
  }

  private static func headed(_ lines: String..., body: String = "") -> String {
    "HTTP/1.1 200 OK\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
  }

  private static func chunked(_ body: String) -> String { headed("Transfer-Encoding: chunked", body: body) }
}
