import HTTP
import TestSupport
import Testing
import Wire

/// What holds of connections with TLS holds without: the tests in which the socket matters, once more. Among them those that
/// measure that a client's end, and a reader that stops, cost the loop nothing.
@Suite struct PlainServerTests {
  @Test func `every raw request gets exactly its answers`() async throws {
    try await WithoutTLS.run {
      try await RawRequestTests().`every raw request gets exactly its answers`()
    }
  }

  @Test(arguments: HalfCloseTests.State.allCases, Leaving.allCases)
  func `a client may leave at any time`(_ state: HalfCloseTests.State, _ leaving: Leaving) async throws {
    try await WithoutTLS.run {
      try await HalfCloseTests().`a client may leave at any time`(state, leaving)
    }
  }

  @Test func `answers that are queued are not lost to half a request behind them`() async throws {
    try await WithoutTLS.run {
      try await HalfCloseTests().`answers that are queued are not lost to half a request behind them`()
    }
  }

  @Test(arguments: Leaving.allCases)
  func `an endless answer ends when its reader leaves`(_ leaving: Leaving) async throws {
    try await WithoutTLS.run {
      try await HalfCloseTests().`an endless answer ends when its reader leaves`(leaving)
    }
  }

  @Test(arguments: ["/big", "/stream"])
  func `who stops reading costs no work, and gets everything when he goes on`(_ path: String) async throws {
    try await WithoutTLS.run {
      try await HalfCloseTests().`who stops reading costs no work, and gets everything when he goes on`(path)
    }
  }

  @Test(arguments: SlowReaderTests.Answer.allCases)
  func `who stops reading is reset`(_ answer: SlowReaderTests.Answer) async throws {
    try await WithoutTLS.run {
      try await SlowReaderTests().`who stops reading is reset`(answer)
    }
  }

  @Test(arguments: [SlowReaderTests.Answer.bytes, .stream])
  func `who reads slowly but above the minimum rate gets everything`(_ answer: SlowReaderTests.Answer) async throws {
    try await WithoutTLS.run {
      try await SlowReaderTests().`who reads slowly but above the minimum rate gets everything`(answer)
    }
  }

  @Test(arguments: [false, true])
  func `a head that comes byte by byte gets 408`(_ isFirst: Bool) async throws {
    try await WithoutTLS.run {
      try await SlowClientTests().`a head that comes byte by byte gets 408`(isFirst)
    }
  }

  @Test(arguments: ["HTTP/1.1", "HTTP/1.0"])
  func `an answer that breaks off does not look whole`(version: String) async throws {
    try await WithoutTLS.run {
      // In HTTP/1.0 the body ends with the connection: only a reset tells that it is not all.
      try await BrokenAnswerTests().`a stream whose writer throws is cut`(version: version)
    }
  }

  @Test func `fifty megabytes arrive whole`() async throws {
    try await WithoutTLS.run {
      try await LargeAnswerTests().`fifty megabytes arrive whole`()
    }
  }

  @Test func `a handler that does not read makes the client wait`() async throws {
    try await WithoutTLS.run {
      try await BodyLimitTests().`a handler that does not read makes the client wait`()
    }
  }

  @Test func `a stream without end leaves room for others`() async throws {
    try await WithoutTLS.run {
      try await LargeAnswerTests().`a stream without end leaves room for others`()
    }
  }

  @Test func `requests cut anywhere are the same requests`() async throws {
    try await WithoutTLS.run {
      try await PipeliningTests().`requests cut anywhere are the same requests`()
    }
  }

  @Test func `an answer under way is finished and is the last`() async throws {
    try await WithoutTLS.run {
      try await ServerStopTests().`an answer under way is finished and is the last`()
    }
  }

  @Test func `idle connections are told goodbye at once`() async throws {
    try await WithoutTLS.run {
      try await ServerStopTests().`idle connections are told goodbye at once`()
    }
  }

  @Test func `a handler that hangs is cut when the grace is over`() async throws {
    try await WithoutTLS.run {
      try await ServerStopTests().`a handler that hangs is cut when the grace is over`()
    }
  }
}

/// The same for event streams and WebSockets.
@Suite struct PlainStreamTests {
  @Test(arguments: EventStreamGoneTests.Stage.allCases, Leaving.allCases)
  func `a reader may leave at any time`(_ stage: EventStreamGoneTests.Stage, _ leaving: Leaving) async throws {
    try await WithoutTLS.run {
      try await EventStreamGoneTests().`a client may leave at any time`(stage, leaving)
    }
  }

  @Test func `a writer waits for a reader that stops, and nothing is lost when he goes on`() async throws {
    try await WithoutTLS.run {
      try await EventStreamPressureTests()
        .`a writer waits for a reader that stops, and nothing is lost when he goes on`()
    }
  }

  @Test func `who stops reading is let go with a word, and nobody else loses anything`() async throws {
    try await WithoutTLS.run {
      try await EventStreamSlowTests().`who stops reading is let go with a word, and nobody else loses anything`()
    }
  }

  @Test func `events arrive as they were sent`() async throws {
    try await WithoutTLS.run {
      try await EventStreamAnswerTests().`events arrive as they were sent`()
    }
  }

  @Test(arguments: ["1.1", "1.0"])
  func `a silent stream has a comment after each silence`(_ version: String) async throws {
    try await WithoutTLS.run {
      try await EventStreamHeartbeatTests().`a silent stream has a comment after each silence`(version)
    }
  }

  @Test func `messages of every interesting size come back`() async throws {
    try await WithoutTLS.run {
      try await WebSocketEchoTests().`messages of every interesting size come back`()
    }
  }

  @Test func `a handler that does not receive stops its client, and loses nothing`() async throws {
    try await WithoutTLS.run {
      try await WebSocketBackPressureTests().`a handler that does not receive stops its client, and loses nothing`()
    }
  }

  @Test func `a client that does not read stops its sender, and loses nothing`() async throws {
    try await WithoutTLS.run {
      try await WebSocketBackPressureTests().`a client that does not read stops its sender, and loses nothing`()
    }
  }

  @Test(arguments: WebSocketGoneTests.State.allCases, Leaving.allCases)
  func `whoever serves a WebSocket whose client leaves is told`(
    _ state: WebSocketGoneTests.State, _ leaving: Leaving
  ) async throws {
    try await WithoutTLS.run {
      try await WebSocketGoneTests().`whoever serves a client that leaves is told`(state: state, leaving: leaving)
    }
  }

  @Test func `open WebSockets are told 1001 when the server stops`() async throws {
    try await WithoutTLS.run {
      try await WebSocketStopTests()
        .`open WebSockets are told 1001, and the stop waits for no more than their goodbyes`()
    }
  }
}
