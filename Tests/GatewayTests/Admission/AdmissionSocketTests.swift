import JSON
import TestSupport
import Testing

@testable import Gateway

/// Sockets wait with their subscriptions, and with nothing else.
@Suite(.timeLimit(.minutes(5))) struct AdmissionSocketTests {
  @Test func `a subscription that resumes goes first, and commands do not wait`() async throws {
    try await AdmissionStand.run(perSecond: 1) { world async throws in
      let gateway = world.stand.gateway
      let new = try await gateway.socket()
      try await new.send(#"{"type":"subscribe","id":"1","task":"t1"}"#)
      #expect(await world.waiting(.new, 1))
      let back = try await gateway.socket()
      try await back.send(
        #"{"type":"subscribe","id":"1","task":"t1","after":"\#(world.first.checker.lastID)"}"#)
      #expect(await world.waiting(.resumed, 1))
      for socket in [new, back] {
        #expect(try await socket.ask(#"{"type":"ping","id":"p"}"#)?["type"]?.string == "ack")
        let cancel = try await socket.ask(#"{"type":"cancel","id":"c","task":"nobody's"}"#)
        #expect(cancel?["code"]?.string == "not-found")
        let waiting = try await socket.ask(#"{"type":"questions","id":"q"}"#)
        #expect(waiting?["type"]?.string == "ack")
      }
      #expect(await world.turn(1000, leaving: 1))
      #expect(await back.answer(to: "1")?["missed"]?.int == 0)
      #expect(world.waitingCounts == [0, 1])
      try await world.stand.say("t1", 2)
      #expect(await back.read(records: 2))
      #expect(await world.turn(1000, leaving: 1))
      #expect(await new.answer(to: "1")?["status"]?.string == "continued")
      #expect(await new.read(records: 6))
      #expect(new.checker.faults == [])
      // It has had its turn: whatever it watches from now on is its own affair.
      try await world.stand.open("t2")
      #expect(try await new.ask(#"{"type":"subscribe","id":"2","task":"t2"}"#)?["type"]?.string == "ack")
    }
  }

  @Test func `all subscriptions of a socket wait for one turn`() async throws {
    try await AdmissionStand.run(perSecond: 1) { world async throws in
      try await world.stand.open("t2")
      let socket = try await world.stand.gateway.socket()
      let place = world.first.checker.lastID
      try await socket.send(
        #"[{"type":"subscribe","id":"1","task":"t1","after":"\#(place)"},{"type":"subscribe","id":"2","task":"t2","after":"\#(place)"}]"#
      )
      #expect(await world.waiting(.resumed, 1))
      #expect(try await socket.ask(#"{"type":"ping","id":"p"}"#)?["type"]?.string == "ack")
      #expect(await world.turn(1000, leaving: 1))
      for id in ["1", "2"] { #expect(await socket.answer(to: id)?["type"]?.string == "ack") }
      #expect(try await world.count(.resumed, .admitted) == 1)
    }
  }

  @Test func `who finds no turn in time is told when to ask again, and the socket stays`() async throws {
    try await AdmissionStand.run(perSecond: 1, within: .seconds(1)) { world async throws in
      let waits = Task { try await world.stand.knock("/t1") }
      #expect(await world.waiting(.new, 1))
      let socket = try await world.stand.gateway.socket()
      let nack = try await socket.ask(#"{"type":"subscribe","id":"1","task":"t1"}"#)
      #expect(nack?["code"]?.string == "try-later" && nack?["retryAfter"]?.int == 2)
      #expect(await world.turn(1000, leaving: 1))
      #expect(try await waits.value.status == 200)
      try await socket.send(#"{"type":"subscribe","id":"again","task":"t1"}"#)
      #expect(await world.waiting(.new, 1))
      #expect(await world.turn(1000, leaving: 1))
      #expect(await socket.answer(to: "again")?["type"]?.string == "ack")
    }
  }

  @Test func `who unsubscribes, or goes, waits no more`() async throws {
    try await AdmissionStand.run(perSecond: 1) { world async throws in
      let socket = try await world.stand.gateway.socket()
      try await socket.send(#"{"type":"subscribe","id":"1","task":"t1"}"#)
      #expect(await world.waiting(.new, 1))
      #expect(try await socket.ask(#"{"type":"unsubscribe","id":"u","subscription":"1"}"#)?["type"]?.string == "ack")
      #expect(await socket.answer(to: "1")?["code"]?.string == "no-such-subscription")
      #expect(await world.waiting(.new, 0))
      try await socket.send(#"{"type":"subscribe","id":"2","task":"t1"}"#)
      #expect(await world.waiting(.new, 1))
      await onThread { socket.disconnect() }
      #expect(await world.waiting(.new, 0))
      #expect(try await world.count(.new, .left) == 2)
    }
  }
}
