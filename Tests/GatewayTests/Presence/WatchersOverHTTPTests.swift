import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Who watches a task, as those are told who may watch it too.
@Suite(.timeLimit(.minutes(3)))
struct WatchersOverHTTPTests {
  private func watchers(_ stand: RecordStand, _ task: String, as person: TestPeople = .oscar) async throws -> [String] {
    let token = try TestTokens.token(for: "\(person)")
    let answer = try #require(
      try await stand.gateway.ask("GET", "/api/tasks/\(task)/watchers", ["Authorization: Bearer \(token)"]))
    let value = try JSONValue(parsing: answer.body)
    guard answer.status == 200 else { return ["\(answer.status) \(value["code"]?.string ?? "-")"] }
    let list = value["watchers"]?.elements.map { $0 } ?? []
    #expect(value["count"]?.int == Int64(list.count))
    #expect(list.allSatisfy { $0["transport"]?.string == "sse" && $0["since"]?.string?.hasSuffix("Z") == true })
    return list.map { "\($0["principal"]?.string ?? "-") \($0["streams"]?.int ?? 0)" }
  }

  private func eventuallyWatching(_ stand: RecordStand, _ task: String, _ expected: [String]) async throws {
    let isSo = try await eventually { try await Set(watchers(stand, task)) == Set(expected) }
    let found = try await watchers(stand, task)
    #expect(isSo, "\(found)")
  }

  @Test func `whoever may watch sees who does, with how many streams, and no stream of all tasks`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("one")
      try await stand.open("two")
      #expect(try await watchers(stand, "one") == [])
      let oscars = [try await stand.watch("/one"), try await stand.watch("?tasks=one,two")]
      let veras = try await stand.watch("/one", as: .vera)
      let all = try await stand.watch("?all", as: .olaf)
      for reader in oscars + [veras] { #expect(await reader.read(records: 1)) }
      try await eventuallyWatching(stand, "one", ["oscar 2", "vera 1"])
      #expect(try await watchers(stand, "two", as: .olaf) == ["oscar 1"])
      // Of others' tasks nobody learns who watches them.
      let theirs = try await watchers(stand, "one", as: .tina)
      #expect(theirs == ["404 not-found"])
      #expect(try await watchers(stand, "none", as: .tina) == theirs)

      oscars[1].disconnect()
      try await eventuallyWatching(stand, "one", ["oscar 1", "vera 1"])
      try await eventuallyWatching(stand, "two", [])
      veras.disconnect()
      try await eventuallyWatching(stand, "one", ["oscar 1"])
      // The end of the task is the end of its streams.
      try await stand.say("one", 1, final: true)
      #expect(await oscars[0].finish() == "finished")
      try await eventuallyWatching(stand, "one", [])
      withExtendedLifetime(all) {}
      let presence = try #require(await stand.gateway.gateway.records).hub.presence
      #expect(await eventually { presence.keptTasks == 0 })
    }
  }

  @Test func `nothing of it is journaled`() async throws {
    try await RecordStand.run { stand async throws in
      let first = try await stand.open("one")
      let reader = try await stand.watch("/one")
      #expect(await reader.read(records: 1))
      try await eventuallyWatching(stand, "one", ["oscar 1"])
      reader.disconnect()
      try await eventuallyWatching(stand, "one", [])
      #expect(try await stand.journal.bounds().tail == first.offset)
    }
  }

  @Test func `who falls silent is gone within a heartbeat and what may stay unacknowledged`() async throws {
    try await RecordStand.run {
      $0.streams.heartbeat = .seconds(1)
    } _: { stand async throws in
      try await stand.open("one")
      let gone = try await stand.watch("/one")
      let here = try await stand.watch("/one", as: .vera)
      for reader in [gone, here] { #expect(await reader.read(records: 1)) }
      try await eventuallyWatching(stand, "one", ["oscar 1", "vera 1"])
      gone.fallSilent()
      let start = ContinuousClock.now
      let isGone = try await eventually(within: .seconds(60)) { try await watchers(stand, "one") == ["vera 1"] }
      let took = start.duration(to: .now)
      #expect(isGone && took >= .seconds(7), "\(took)")
      #expect(stand.gateway.log.all.contains { $0.contains("line went silent") })
      // Whoever is there hears on.
      try await stand.say("one", 1)
      #expect(await here.read(records: 2))
      gone.disconnect()
    }
  }
}
