import Foundation
import HTTP
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Receivers of push notifications where two gateways share the journal.
@Suite(.timeLimit(.minutes(2))) struct RedisJournalPushTests {
  private static let long: Duration = .seconds(60)
  private static let numbers = (0..<40).map { "\($0)" }
  private let first = Fence(lease: "first")
  private let second = Fence(lease: "second")

  private func run(
    _ body: (PushStand, any RunLeases, _ one: PushDesk, _ two: PushDesk) async throws -> Void
  ) async throws {
    let server = try await RedisProcess.shared()
    var place = RedisConfiguration(server: RedisServer(host: "127.0.0.1", port: server.port, isEncrypted: false))
    place.prefix = UUID().uuidString
    try await PushStand.run(on: place) { push async throws in
      let leases = try #require(push.journal.leases)
      try await push.open("a")
      try await push.desk { one async throws in
        try await push.desk { two async throws in
          for (desk, fence) in [(one, first), (two, second)] {
            try await leases.take(fence, insteadOf: nil, for: Self.long)
            await desk.hold(fence)
            try await desk.gather(leases)
          }
          try await body(push, leases, one, two)
        }
      }
    }
  }

  @Test func `one gateway tells, and another where its lease is over, without a hole and without a double`()
    async throws
  {
    try await run { push, leases, one, two in
      try await push.create("hook", of: "a", at: one)
      for desk in [one, two] { try await desk.gather(leases) }
      try await push.say("a", Self.numbers)
      #expect(await eventually { push.told("hook") == Self.numbers })
      let last = try await push.task("a").lastOffset
      #expect(try await eventually { try await push.entry("hook", of: "a")?.offset == last - 1 })
      // The first does not know that its time is over.
      try await leases.release(first)
      try await two.gather(leases)
      #expect(try await push.entry("hook", of: "a")?.sender == second)
      try await push.say("a", ["more"])
      try await push.end("a")
      #expect(try await eventually { try await push.entry("hook", of: "a")?.isDone == true })
      #expect(push.told("hook") == Self.numbers + ["more", "completed"])
      // What is done is nobody's to take up.
      try await leases.release(second)
      await one.hold(Fence(lease: "third"))
      try await one.gather(leases)
      #expect(try await push.entry("hook", of: "a")?.sender == second)
    }
  }

  @Test func `what is deleted or replaced at one gateway is not told by the other any more`() async throws {
    try await run { push, leases, one, two in
      try await push.create("gone", of: "a", at: one)
      try await push.create("again", of: "a", at: one)
      try await push.create("other", of: "a", at: one)
      try await push.say("a", ["1"])
      for id in ["gone", "again", "other"] { #expect(await eventually { push.told(id) == ["1"] }) }
      try await two.delete("gone", of: "a", by: try push.asker())
      try await push.create("again", of: "a", at: two)
      try await push.say("a", ["2"])
      try await push.end("a")
      for id in ["again", "other"] {
        #expect(try await eventually { try await push.entry(id, of: "a")?.isDone == true })
        #expect(push.told(id) == ["1", "2", "completed"])
      }
      #expect(push.told("gone") == ["1"])
      #expect(try await push.entry("gone", of: "a") == nil)
      #expect(try await push.entry("again", of: "a")?.sender == second)
    }
  }

  @Test func `a gateway without a lease takes no configuration, and tells nothing`() async throws {
    try await run { push, leases, one, _ in
      try await push.create("hook", of: "a", at: one)
      await one.letGo(of: first)
      await #expect(throws: Refusal.self) { try await push.create("late", of: "a", at: one) }
      try await push.say("a", ["1"])
      await one.hold(first)
      try await one.gather(leases)
      #expect(await eventually { push.told("hook") == ["1"] })
    }
  }
}
