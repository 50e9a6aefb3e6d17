import JSON
import TestSupport
import Testing

@testable import Gateway

/// What operators are told of sockets.
@Suite(.timeLimit(.minutes(2))) struct SocketTelemetryTests {
  private static let kinds = ["ack", "nack"].map { #"signalbox_socket_answers_total{kind="\#($0)"}"# }

  private static func closes(_ code: String) -> String { #"signalbox_socket_closes_total{code="\#(code)"}"# }

  @Test func `each row is there before anything has happened`() async throws {
    try await RecordStand.run { stand async throws in
      let codes = ["1000", "1001", "1003", "1009", "4001", "4003", "4008", "4009", "4029"]
      for row in ["signalbox_sockets_open", "signalbox_socket_subscriptions"] + Self.kinds + codes.map(Self.closes) {
        #expect(try await stand.metric(row) == 0, "\(row)")
      }
    }
  }

  @Test func `what is open, answered and over is counted`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t")
      let socket = try await stand.gateway.socket(.olaf)
      _ = try #require(await socket.first("welcome"))
      let other = try await stand.gateway.socket(.vera)
      _ = try #require(await other.first("welcome"))
      #expect(try await stand.metric("signalbox_sockets_open") == 2)
      for text in [
        #"{"type":"subscribe","id":"1","task":"t"}"#, #"{"type":"questions","id":"2"}"#, #"{"type":"ping","id":"3"}"#,
      ] {
        #expect(try await socket.ask(text)?["type"]?.string == "ack")
      }
      #expect(try await socket.ask(#"{"type":"cancel","id":"4","task":"none"}"#)?["code"]?.string == "not-found")
      #expect(try await stand.metric("signalbox_socket_subscriptions") == 2)
      #expect(try await stand.metric(Self.kinds[0]) == 3)
      #expect(try await stand.metric(Self.kinds[1]) == 1)
      _ = try await socket.ask(#"{"type":"unsubscribe","id":"5","subscription":"2"}"#)
      let isOne = try await eventually { try await stand.metric("signalbox_socket_subscriptions") == 1 }
      #expect(isOne)
      // One says goodbye, the other is gone.
      try await socket.send(.close(1000, "enough"))
      other.disconnect()
      let isNone = try await eventually { try await stand.metric("signalbox_sockets_open") == 0 }
      #expect(isNone)
      #expect(try await stand.metric("signalbox_socket_subscriptions") == 0)
      #expect(try await stand.metric(Self.closes("1000")) == 1)
      #expect(try await stand.metric(Self.closes("none")) == 1)
    }
  }

  @Test func `the log has a line for each that is over: whose it was, how it ended, and what was asked`() async throws {
    try await RecordStand.run { stand async throws in
      let socket = try await stand.gateway.socket(.olaf)
      _ = try await socket.ask(#"{"type":"ping","id":"1"}"#)
      try await socket.send(#"[{"type":"ping","id":"2"},{"type":"dance","id":"3"}]"#)
      _ = await socket.answer(to: "3")
      try await socket.send(.close(1000, "enough"))
      let broken = try await stand.gateway.socket(.vera)
      _ = try #require(await broken.first("welcome"))
      broken.disconnect()
      #expect(await eventually { Self.lines(stand).count == 2 })
      let lines = Self.lines(stand)
      let first = try #require(lines.first { $0["principal"]?.string == "olaf" })
      #expect(
        first["by"]?.string == "peer" && first["code"]?.int == 1000 && first["reason"]?.string == "enough", "\(first)")
      #expect(first["messages"]?.int == 3 && first["refused"]?.int == 1, "\(first)")
      #expect(first["level"]?.string == "info" && first["request"]?.string?.isEmpty == false, "\(first)")
      let second = try #require(lines.first { $0["principal"]?.string == "vera" })
      #expect(
        second["by"]?.string == "brokenOff" && second["code"]?.int == 0 && second["messages"]?.int == 0, "\(second)")
    }
  }

  private static func lines(_ stand: RecordStand) -> [JSONValue] {
    stand.gateway.log.all.filter { $0.contains(#""message":"socket closed""#) }.compactMap {
      try? JSONValue(parsing: $0)
    }
  }
}
