import HTTP
import Testing

/// What the end of the connection means at each place of an answer.
struct ConnectionEndTests {
  private static let end = ResponseReader.Event.end(trailers: HTTPFields())

  @Test func `on an idle connection it is in good order, and ends the connection's use`() {
    var reader = ResponseReader()
    #expect(reader.connectionEnded() == .needsMore)
    #expect(reader.isIdle && !reader.mayReuseConnection)
    reader.append("HTTP".bytes)
    #expect(reader.bufferedCount == 0)
    reader.expect(responseTo: .get)
    guard case .failed(let fault) = reader.next() else { Issue.record("There is no fault."); return }
    #expect(fault.kind == .truncated)
  }

  @Test func `what is buffered comes before the end`() {
    var reader = ResponseReader()
    reader.expect(responseTo: .get)
    reader.append("HTTP/1.1 200 OK\r\n\r\nabc".bytes)
    guard case .head = reader.connectionEnded() else { Issue.record("There is no head."); return }
    #expect(reader.next() == .body("abc".bytes))
    #expect(reader.next() == Self.end)
    #expect(reader.next() == .needsMore)
    #expect(!reader.mayReuseConnection)
  }

  /// Good answers: whatever is cut off behind `least` bytes of them leaves nothing in doubt.
  static let answers: [(text: String, methods: [HTTPMethod], least: Int?)] = [
    ("HTTP/1.1 200 OK\r\n\r\nall until the close", [.get], 19),
    ("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nabc", [.get], 43),
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", [.post], nil),
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", [.head], nil),
    ("HTTP/1.1 204\r\n\r\n", [.delete], nil),
    ("HTTP/1.1 304 \r\nTransfer-Encoding: chunked\r\n\r\n", [.get], nil),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nX: 1\r\n\r\n", [.get], nil),
    ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 \r\nContent-Length: 1\r\n\r\n!", [.put], nil),
    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", [.get], nil),
  ]

  @Test(arguments: answers.indices)
  func `an answer that breaks off is told at every byte`(index: Int) {
    let (text, methods, least) = Self.answers[index]
    let bytes = text.bytes
    for length in 0...bytes.count {
      let log = ResponseLog(Array(bytes.prefix(length)), to: methods, thenEnd: true)
      let bytewise = ResponseLog(Array(bytes.prefix(length)), to: methods, thenEnd: true) { 1 }
      #expect(log == bytewise, "after \(length) bytes")
      if length >= least ?? bytes.count {
        #expect(log.fault == nil && log.endCount == 1, "after \(length) bytes")
      } else {
        #expect(log.fault?.kind == .truncated && log.endCount == 0, "after \(length) bytes")
        #expect(log.fault?.detail.hasPrefix("The answer broke off ") == true)
      }
    }
  }

  @Test(arguments: answers.indices)
  func `no beginning of a good answer is a fault or ends early`(index: Int) {
    let (text, methods, least) = Self.answers[index]
    let bytes = text.bytes
    for length in 0...bytes.count {
      let log = ResponseLog(Array(bytes.prefix(length)), to: methods)
      let isComplete = least == nil && length == bytes.count
      #expect(log.fault == nil && log.endCount == (isComplete ? 1 : 0), "after \(length) bytes")
    }
  }

  @Test func `between two answers it takes nothing from the first`() {
    let log = ResponseLog("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1".bytes, to: [.get, .get], thenEnd: true)
    #expect(log.endCount == 1 && log.body == "1".bytes)
    #expect(log.fault?.kind == .truncated)
  }
}
