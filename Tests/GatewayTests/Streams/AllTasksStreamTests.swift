import Foundation
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// `?all`: every task that one may see, as long as one may see it.
@Suite struct AllTasksStreamTests {
  private func put(_ policy: String, in gateway: TestGateway) async throws {
    try Data(policy.utf8).write(to: URL(filePath: gateway.policyFile))
    try await gateway.gateway.reload()
  }

  @Test func `it begins with how things stand, and shows the tasks that the policy lets one watch`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("acme")
      try await stand.open("globex", owner: .tina)
      let everybody = try await stand.watch("?all", as: .olaf)
      let tina = try await stand.watch("?all", as: .tina, checking: StreamChecker(of: ["globex", "new"]))
      for reader in [everybody, tina] { #expect(await reader.read { !$0.seqs.isEmpty }) }
      #expect(everybody.checker.seqs == ["acme": 1, "globex": 1])
      #expect(tina.checker.seqs == ["globex": 1])
      #expect(tina.checker.resumes.map(\.missed) == [0])
      for _ in 0..<10 {
        try await stand.say("acme")
        try await stand.say("globex", 2)
      }
      try await stand.open("new", owner: .tina)
      try await stand.say("acme", final: true)
      #expect(await tina.read { $0.seqs["new"] == 1 })
      #expect(await everybody.read { $0.seqs["acme"] == 12 })
      #expect(tina.checker.faults == [])
      #expect(everybody.checker.faults == [])
      #expect(tina.checker.seqs == ["globex": 21, "new": 1])
      #expect(everybody.checker.seqs == ["acme": 12, "globex": 21, "new": 1])
      #expect(tina.checker.farewell == nil)
    }
  }

  @Test func `it goes on from a place without a gap, whatever is not for one's eyes in between`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("globex", owner: .tina)
      try await stand.open("acme")
      let first = try await stand.watch("?all&after=earliest", as: .tina, checking: StreamChecker(of: ["globex"]))
      #expect(await first.read(records: 1))
      first.disconnect()
      for _ in 0..<300 { try await stand.say("acme", 3) }
      try await stand.say("globex", 2)
      let second = try await stand.watch("?all", as: .tina, after: first.checker.lastID, checking: first.checker)
      #expect(await second.read(records: 3))
      #expect(second.checker.faults == [])
      #expect(second.checker.seqs == ["globex": 3])
      #expect(second.checker.resumes.map(\.missed) == [nil, nil])
    }
  }

  @Test func `a changed policy decides about what comes next`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("acme")
      try await stand.open("own", owner: .vera)
      let vera = try await stand.watch("?all", as: .vera)
      #expect(await vera.read { $0.seqs.count == 2 })
      let narrow = TestPeople.policy.replacing(
        #""roles": ["viewer"]"#, with: #""grants": [{"actions": ["watch"], "tasks": "own"}]"#)
      try await put(narrow, in: stand.gateway)
      try await stand.say("acme", 2)
      try await stand.say("own", 2)
      #expect(await vera.read { $0.seqs["own"] == 3 })
      #expect(vera.checker.seqs["acme"] == 1)
      try await put(TestPeople.policy, in: stand.gateway)
      try await stand.say("own")
      try await stand.say("acme")
      #expect(await vera.read { $0.seqs["acme"] == 4 })
      // Nobody is told afterwards what they might not see then.
      #expect(vera.checker.faults == [.gap(task: "acme", expected: 2, got: 4)])
      let blind = TestPeople.policy.replacing(
        #""roles": ["viewer"]"#, with: #""grants": [{"actions": ["submit"], "tasks": "own"}]"#)
      try await put(blind, in: stand.gateway)
      #expect(await vera.finish() == "forbidden")
    }
  }

  @Test func `a place before what was removed is lost, and says so`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("old")
      let place = try await stand.tail
      try await stand.say("old", 5, final: true)
      try await stand.open("t1")
      _ = try await stand.journal.trim(Retention(tasks: 0), now: .max / 2)
      let reader = try await stand.watch("?all", as: .olaf, after: "\(place)")
      #expect(await reader.read { $0.resetCount == 1 })
      #expect(reader.checker.resumes.map(\.status) == [.reset])
      #expect(reader.checker.resumes.map(\.from) == ["\(place)"])
      #expect(reader.checker.seqs == ["t1": 1])
      // And whoever begins with everything that is kept may come back to where it began.
      let earliest = try await stand.watch("?all&after=earliest", as: .olaf)
      #expect(await earliest.read(records: 1))
      let begin = try #require(earliest.checker.resumes.first?.from)
      let again = try await stand.watch("?all", as: .olaf, after: begin)
      #expect(await again.read(records: 1))
      #expect(again.checker.resumes.map(\.status) == [.continued])
    }
  }
}
