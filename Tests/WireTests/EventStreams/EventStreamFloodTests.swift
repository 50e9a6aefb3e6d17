import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// A writer that sends as fast as it can, to a reader that keeps up.
@Suite struct EventStreamFloodTests {
  @Test func `a flood leaves room for others on the loop, and arrives whole`() async throws {
    let isEnough = Atomic(false)
    let sent = Atomic(0)
    let router = {
      var router = Router.standard
      router.on(.get, "/flood") { _ in
        .events { stream in
          var number = 0
          // Bounded, so that a loop that serves nobody else fails the test and does not hang it.
          while !isEnough.load(ordering: .relaxed), number < 2_000_000 {
            try await stream.send(EncodedEvent(text: "\(number)"))
            number += 1
          }
          sent.store(number, ordering: .relaxed)
        }
      }
      return router
    }()
    try await TestServer.run(loops: 1, router: router) { server async throws in
      let flowing = Signal()
      async let flood = server.client { client in
        try client.send("GET /flood HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        // Read first and understood later, so that the reader keeps up.
        var pieces: [[UInt8]] = []
        while case .success(let bytes) = client.receive() {
          pieces.append(bytes)
          if pieces.count == 2 { flowing.send() }
        }
        return pieces
      }
      #expect(await flowing.wait())
      let served = try await server.client { client in
        try (0..<50).count { _ in try client.get("/")?.status == 200 }
      }
      let wasFlowing = sent.load(ordering: .relaxed) == 0
      isEnough.store(true, ordering: .relaxed)
      let pieces = try await flood
      #expect(served == 50)
      #expect(wasFlowing, "the others were served when the flood was over")
      let (texts, isComplete) = try Self.texts(pieces)
      let expected = (0..<sent.load(ordering: .relaxed)).map(String.init)
      // Compared here: a failed expectation would look for the differences of two long arrays.
      let isWhole = texts == expected
      #expect(isWhole, "\(texts.count) of \(expected.count) events")
      #expect(isComplete)
    }
  }

  private static func texts(_ pieces: [[UInt8]]) throws -> (texts: [String], isComplete: Bool) {
    var answers = ResponseReader()
    answers.expect(responseTo: .get)
    var parser = EventStreamParser()
    var texts: [String] = []
    var isComplete = false
    for piece in pieces {
      answers.append(piece)
      while case let event = answers.next(), event != .needsMore {
        switch event {
        case .body(let bytes): parser.append(bytes)
        case .end: isComplete = true
        case .failed(let fault): throw TLSClient.Failure(description: "\(fault)")
        case .head, .needsMore: break
        }
      }
      while case .event(let event) = parser.next() { texts.append(String(decoding: event.data, as: UTF8.self)) }
    }
    return (texts, isComplete)
  }
}
