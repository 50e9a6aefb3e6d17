import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// Clients that send more than they may.
@Suite struct SocketFloodTests {
  @Test func `too many messages at once are refused one by one, and then the socket goes on`() async throws {
    try await TestGateway.run { gateway async throws in
      let socket = try await gateway.socket()
      for part in 0..<20 {
        let pings = (0..<100).map { #"{"type":"ping","id":"\#(part * 100 + $0)"}"# }
        try await socket.send("[\(pings.joined(separator: ","))]")
      }
      #expect(await socket.read { $0.count("ack") + $0.count("nack") == 2000 })
      #expect(socket.count("ack") >= 500)
      let nack = try #require(socket.heard("nack").first)
      #expect(nack["code"]?.string == "too-many-messages")
      #expect((nack["retryAfter"]?.int).map { $0 >= 1 } == true)
      var tries = 0
      let goesOn = try await eventually {
        tries += 1
        return try await socket.ask(#"{"type":"ping","id":"again-\#(tries)"}"#)?["type"]?.string == "ack"
      }
      #expect(goesOn)
    }
  }

  @Test func `a thousand bad messages in a row close it`() async throws {
    try await TestGateway.run { gateway async throws in
      let socket = try await gateway.socket()
      let bad = "[" + (0..<100).map { _ in "7" }.joined(separator: ",") + "]"
      var sent = 0
      // What is refused before it is looked at does not count, so this takes as long as the budget says.
      while socket.close == nil, sent < 100_000 {
        try await socket.send(bad)
        sent += 100
        let expected = sent
        _ = await socket.read { $0.count("nack") >= expected }
      }
      let end = await socket.finish()
      #expect(end.code == 4029 && end.bye == "flood")
    }
  }
}
