import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Everybody comes back at once, and others come who were never here.
@Suite(.timeLimit(.minutes(5))) struct AdmissionStormTests {
  @Test func `in a storm all who resume are in before the last of those who are new, and miss nothing`() async throws {
    try await AdmissionStand.run(perSecond: 5, within: .seconds(6)) { world async throws in
      let stand = world.stand
      let newcomers = Task {
        try await withThrowingTaskGroup(of: Knocked.self) { group in
          for _ in 0..<20 { group.addTask { try await stand.knock("/t1") } }
          return try await group.reduce(into: [Knocked]()) { $0.append($1) }
        }
      }
      #expect(await world.waiting(.new, 20))
      let resumers = Task {
        try await withThrowingTaskGroup(of: RecordReader.self) { group in
          for _ in 0..<20 { group.addTask { try await world.resume() } }
          return try await group.reduce(into: [RecordReader]()) { $0.append($1) }
        }
      }
      #expect(await world.waiting(.resumed, 20))
      // Work does not wait, and neither does reading without a stream.
      try await stand.say("t1", 5)
      let token = try TestTokens.token(for: "oscar")
      let list = try await stand.gateway.ask("GET", "/api/tasks", ["Authorization: Bearer \(token)"])
      #expect(list?.status == 200)
      let status = try await stand.gateway.status()
      #expect(status["streams"]?["waiting"]?["resumed"]?.int == 20 && status["streams"]?["waiting"]?["new"]?.int == 20)
      #expect(
        try await stand.gateway.metrics()[#"signalbox_stream_openings_waiting{kind="resumed"}"#] == 20)

      var counts: [[Int]] = []
      for _ in 1...29 {
        #expect(await world.turn(200, leaving: 1))
        counts.append(world.waitingCounts)
      }
      // Seven who resume, then a newcomer; when nobody is left who resumes, newcomers alone.
      #expect(counts[6] == [13, 20] && counts[7] == [13, 19] && counts[15] == [6, 18])
      #expect(counts[20] == [1, 18] && counts[21] == [0, 18] && counts[22] == [0, 17])
      // The last turn in time; who has none then is told so, and when to come.
      #expect(await world.turn(200, leaving: 11))
      for reader in try await resumers.value {
        #expect(reader.status == 200)
        #expect(await reader.read(records: 5 + world.first.checker.recordCount))
        #expect(reader.checker.faults == [] && reader.checker.seqs == ["t1": 9])
      }
      let answers = try await newcomers.value
      #expect(answers.count { $0.status == 200 } == 10)
      let refused = answers.filter { $0.status == 503 }
      #expect(refused.count == 10)
      for answer in refused { #expect(try JSONValue(parsing: answer.body)["code"]?.string == "try-later") }
      let waits = refused.compactMap { $0.fields["retry-after"].flatMap { Int($0) } }.sorted()
      #expect(waits.first == 1 || waits.first == 2)
      #expect(waits.count == 10 && waits.last == 4, "\(waits)")
      #expect(try await world.count(.resumed, .admitted) == 20)
      #expect(try await world.count(.new, .admitted) == 15)
      #expect(try await world.count(.new, .deferred) == 10)
    }
  }

  @Test func `who resumes and finds no turn is told when to come back, as EventSource understands it`() async throws {
    try await AdmissionStand.run(perSecond: 1, within: .seconds(1)) { world async throws in
      let waits = Task { try await world.resume() }
      #expect(await world.waiting(.resumed, 1))
      // The line is as long as can be served in time.
      let second = try await world.resume()
      #expect(second.status == 200 && second.fields["content-type"] == "text/event-stream")
      #expect(await second.finish() == "try-later")
      #expect(second.retry == 2000 && second.types == ["bye"])
      #expect(await world.turn(1000, leaving: 1))
      let first = try await waits.value
      try await world.stand.say("t1")
      #expect(await first.read(records: world.first.checker.recordCount + 1))
      #expect(first.checker.faults == [])
    }
  }

  @Test func `a place in another journal is none, and one that is made up gives no more than one`() async throws {
    try await AdmissionStand.run(perSecond: 1, configure: { $0.identity.rates.streamsPerPrincipal = 3 }) {
      world async throws in
      let stand = world.stand
      let epoch = stand.journal.epoch
      // Ended, so that there are places for those who wait.
      world.first.disconnect()
      let foreign = Task {
        try await stand.knock("/t1", ["Last-Event-ID: \(epoch == "aaaaaaaa" ? "b" : "aaaaaaaa").1"])
      }
      let earliest = Task { try await stand.knock("/t1?after=earliest") }
      #expect(await world.waiting(.new, 2))
      let liar = Task {
        try await withThrowingTaskGroup(of: Knocked.self) { group in
          for number in 0..<3 {
            group.addTask { try await stand.knock("/t1", ["Last-Event-ID: \(epoch).\(900 + number)"]) }
          }
          return try await group.reduce(into: [Knocked]()) { $0.append($1) }
        }
      }
      #expect(await world.waiting(.resumed, 3))
      let fourth = try await stand.knock("/t1", ["Last-Event-ID: \(epoch).1"])
      #expect(fourth.status == 429 && fourth.fields["retry-after"] == "10")
      // Behind three lies of somebody else, an honest one is the second.
      let honest = Task { try await stand.knock("?all", ["Last-Event-ID: \(epoch).1"], as: .olaf) }
      #expect(await world.waiting(.resumed, 4))
      #expect(await world.turn(1000, leaving: 1))
      #expect(await world.turn(1000, leaving: 1))
      #expect(try await honest.value.status == 200)
      #expect(world.waitingCounts == [2, 2])
      for _ in 0..<4 {
        // That those before have left is known: no more than three may be there at once.
        #expect(try await eventually { try await stand.gateway.metrics()["signalbox_streams_open"] == 0 })
        #expect(await world.turn(1000, leaving: 1))
      }
      #expect(try await foreign.value.status == 200)
      #expect(try await earliest.value.status == 200)
      #expect(try await liar.value.map(\.status) == [200, 200, 200])
    }
  }

  @Test func `who goes while waiting gives the place to the next one`() async throws {
    try await AdmissionStand.run(perSecond: 1) { world async throws in
      let token = try TestTokens.token(for: "oscar")
      let head = "GET /api/stream/t1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n\r\n"
      let leaving = try await world.stand.gateway.client(.people) { client in
        try client.send(head)
        return Held(client: client)
      }
      #expect(await world.waiting(.new, 1))
      let stays = Task { try await world.stand.knock("/t1") }
      #expect(await world.waiting(.new, 2))
      await leaving.leave()
      #expect(await world.waiting(.new, 1))
      #expect(try await world.count(.new, .left) == 1)
      #expect(await world.turn(1000, leaving: 1))
      #expect(try await stays.value.status == 200)
    }
  }

  @Test func `at the end of the gateway nobody waits any more, and all hear it`() async throws {
    try await AdmissionStand.run(perSecond: 2) { world async throws in
      let new = Task { try await world.stand.knock("/t1") }
      #expect(await world.waiting(.new, 1))
      let resumed = Task { try await world.resume() }
      #expect(await world.waiting(.resumed, 1))
      async let stopped: Void = world.stand.gateway.gateway.stop()
      let answer = try await new.value
      #expect(answer.status == 503 && answer.fields["retry-after"] == "1")
      #expect(try JSONValue(parsing: answer.body)["code"]?.string == "draining")
      let reader = try await resumed.value
      #expect(await reader.finish() == "draining")
      // In haste the end of all streams may come before that.
      #expect([nil, 500].contains(reader.retry))
      await stopped
    }
  }

  @Test func `without a budget nobody waits`() async throws {
    let pace = TurnedPace()
    try await RecordStand.run {
      $0.streams.admitPerSecond = 0
      $0.streams.admissionClock = pace.clock
    } _: { stand async throws in
      try await stand.open("t1")
      for _ in 0..<30 { #expect(try await stand.knock("/t1").status == 200) }
    }
  }

  /// `@unchecked`: each step runs on a thread of its own, and is waited for before the next one begins.
  private final class Held: @unchecked Sendable {
    private let client: TLSClient

    init(client: TLSClient) { self.client = client }

    func leave() async { await onThread { self.client.disconnect() } }
  }
}
