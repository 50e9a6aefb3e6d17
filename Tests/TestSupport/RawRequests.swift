/// Bytes for a fresh connection, and what a strict server with the routes below must answer.
///
/// The server has `GET /` (200, a small text), `POST /echo` (200, the body given back; at most 65536 bytes), 404 for any other path,
/// 405 for another method on a known path, HEAD as GET without the body, 204 with `allow` for OPTIONS on a known path and for
/// `OPTIONS *`. It knows no WebSocket route.
package struct RawRequestCase: Sendable, CustomStringConvertible {
  package let name: String
  package let bytes: [UInt8]
  /// The status codes of all final answers in their order; interim ones (100) are not listed. Nothing else is answered.
  package let expected: [Int]
  /// The server closes after the last answer without being asked again.
  package let closes: Bool
  /// Which of the answers are to HEAD and so have a Content-Length but no body: indexes into `expected`.
  package let answersToHead: Set<Int>

  package var description: String { name }
}

/// Raw requests for the reader as a value and for a server behind a socket.
///
/// Each case is complete, or a beginning that is decided already: none is answered by a time-out.
package enum RawRequests {
  package static let all: [RawRequestCase] =
    served + connections + requestLines + targets + hosts + fields + lengths + transferEncodings + chunks + smuggling
    + upgrades + expectations + limits

  /// Requests that are answered, with the connection left open unless said otherwise.
  static func served(
    _ name: String, _ expected: [Int], _ text: String, closes: Bool = false, answersToHead: Set<Int> = []
  ) -> RawRequestCase {
    RawRequestCase(
      name: name, bytes: bytes(text), expected: expected, closes: closes, answersToHead: answersToHead)
  }

  /// A request that is refused, perhaps behind good ones; the connection closes and nothing behind it is answered.
  static func refused(_ name: String, _ status: Int, after good: [Int] = [], _ text: String) -> RawRequestCase {
    RawRequestCase(name: name, bytes: bytes(text), expected: good + [status], closes: true, answersToHead: [])
  }

  /// A GET of `/` with these lines besides Host.
  static func get(_ lines: String...) -> String {
    "GET / HTTP/1.1\r\nHost: localhost\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
  }

  /// A POST to `/echo` with these lines besides Host, and this body.
  static func post(_ lines: String..., body: String = "") -> String {
    "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
  }

  /// A POST to `/echo` with a chunked body.
  static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked", body: body) }

  /// A character below U+0100 stands for one byte.
  private static func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8($0.value) }
  }
}
