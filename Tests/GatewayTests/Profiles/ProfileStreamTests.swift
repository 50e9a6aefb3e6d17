import A2A
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Streams in a profile, as clients have them.
@Suite struct ProfileStreamTests {
  private static let profiles = Profile.allCases.filter { $0 != .native }

  private static func whole() throws -> RunScript {
    var script = RunScript()
    script.open()
    script.report(.routing) { $0.message = "To the one who knows." }
    script.report(.toolStarted) { ($0.tool, $0.callID) = ("load", "c1") }
    script.report(.toolCompleted) { ($0.tool, $0.callID, $0.summary) = ("load", "c1", "40 rows") }
    try script.decide(#"{"determination":"ESCALATE","genuine_alert_confidence":91}"#)
    script.status(.completed, "Done.")
    return script
  }

  @Test(arguments: profiles)
  func `a finished task is told to its end, and whoever has heard that is told not to come back`(
    _ profile: Profile
  ) async throws {
    try await ProfileStand.run { stand async throws in
      let script = try Self.whole()
      let records = try await stand.put(script, final: .completed)
      let client = try await stand.watch(profile.rawValue)
      #expect(client.reader.status == 200 && client.reader.fields["content-type"] == "text/event-stream")
      #expect(await client.finish() == (profile.namesEvents ? "finished" : nil))
      // What the journal has stamped with its own times is told as it is worked out from it.
      let meant = profile.told(records, of: RunScript.told)
      #expect(client.texts == meant.map(\.text))
      #expect(client.told.map(\.type) == meant.map { $0.name ?? "message" })
      #expect(client.reader.retry != nil)
      let last = try #require(client.told.last?.lastEventID)
      #expect(try await stand.stand.ask("/t?profile=\(profile.rawValue)", ["Last-Event-ID: \(last)"]).status == 204)
      // Also when something was said of it afterwards, which no vocabulary has a word for.
      _ = try await stand.stand.append(
        Batch(task: "t", entries: [Entry(.late, origin: "checker", payload: Array("{}".utf8))]))
      #expect(try await stand.stand.ask("/t?profile=\(profile.rawValue)", ["Last-Event-ID: \(last)"]).status == 204)
    }
  }

  @Test(arguments: profiles)
  func `a running task is told as it goes on, and resumed in the middle without loss or repetition`(
    _ profile: Profile
  ) async throws {
    try await ProfileStand.run { stand async throws in
      let script = try Self.whole()
      var half = RunScript()
      for record in script.records.prefix(4) { half.add(record.entry) }
      var records = try await stand.put(half)
      let first = try await stand.watch(profile.rawValue)
      let so = profile.told(records, of: RunScript.told).count
      #expect(await first.reader.read { _ in first.told.count >= so })
      #expect(first.told.count == so)
      let cut = try #require(first.told.last?.lastEventID)
      first.reader.disconnect()
      records += try await stand.put(script, from: 4, final: .completed)
      let second = try await stand.watch(profile.rawValue, after: cut)
      #expect(await second.finish() == (profile.namesEvents ? "finished" : nil))
      let whole = profile.told(records, of: RunScript.told).map(\.text)
      // A stream of A2A begins with the task as it stands.
      let rest = profile == .a2a || profile == .a2a0_3 ? Array(second.texts.dropFirst()) : second.texts
      #expect(first.texts + rest == whole)
    }
  }

  @Test(arguments: profiles)
  func `what happens is told while one listens`(_ profile: Profile) async throws {
    try await ProfileStand.run { stand async throws in
      let script = try Self.whole()
      var half = RunScript()
      for record in script.records.prefix(4) { half.add(record.entry) }
      var records = try await stand.put(half)
      let client = try await stand.watch(profile.rawValue)
      let so = profile.told(records, of: RunScript.told).count
      #expect(await client.reader.read { _ in client.told.count >= so })
      records += try await stand.put(script, from: 4, final: .completed)
      #expect(await client.finish() == (profile.namesEvents ? "finished" : nil))
      #expect(client.texts == profile.told(records, of: RunScript.told).map(\.text))
    }
  }

  @Test func `streams with names say where they begin; others have nothing but events`()
    async throws
  {
    try await ProfileStand.run { stand async throws in
      let records = try await stand.put(try Self.whole(), final: .completed)
      let named = try await stand.watch("agentarea")
      _ = await named.finish()
      #expect(named.types.prefix(3) == ["grant", "resume", "connected"] && named.types.last == "bye")
      #expect(named.reader.data("resume")?["missed"]?.int == Int64(records.count))
      let bare = try await stand.watch("workflow")
      _ = await bare.finish()
      #expect(Set(bare.types) == ["message"])
    }
  }

  @Test func `a producer's task that ends without a word has an end all the same`() async throws {
    try await ProfileStand.run { stand async throws in
      try await stand.stand.open("t")
      let client = try await stand.watch("simple")
      #expect(await client.reader.read { _ in client.told.count == 1 })
      try await stand.stand.say("t", 2, final: true)
      #expect(await client.finish() == "finished")
      #expect(client.told.map(\.type) == ["progress", "progress", "progress", "complete"])
      let last = try #require(client.told.last)
      #expect(try JSONValue(parsing: last.data)["state"]?.string == "completed")
      #expect(
        try await stand.stand.ask("/t?profile=simple", ["Last-Event-ID: \(last.lastEventID)"]).status == 204)
      // The end has the id of the record that it came with, so that nobody goes without it.
      #expect(client.told.suffix(2).first?.lastEventID != last.lastEventID)
    }
  }

  @Test func `silence is broken by the profile's own word where it has one`() async throws {
    try await ProfileStand.run {
      $0.streams.heartbeat = .milliseconds(50)
    } _: { stand async throws in
      var script = RunScript()
      script.open()
      try await stand.put(script)
      for (profile, name) in [("agentarea", "heartbeat"), ("workflow", "message")] {
        let client = try await stand.watch(profile)
        let isThere = await client.reader.read { _ in
          client.reader.events.contains { event in
            event.type == name && String(decoding: event.data, as: UTF8.self).contains(#""status":"processing""#)
          }
        }
        #expect(isThere)
        client.reader.disconnect()
      }
      let simple = try await stand.watch("simple")
      #expect(await simple.reader.readComment())
      #expect(!simple.types.contains("heartbeat"))
    }
  }

  @Test func `a place that is lost is begun anew, and said so`() async throws {
    try await ProfileStand.run { stand async throws in
      let records = try await stand.put(try Self.whole(), final: .completed)
      let client = try await stand.watch("simple", after: "other.5")
      #expect(await client.finish() == "finished")
      #expect(client.reader.data("resume")?["status"]?.string == "reset")
      #expect(client.texts == Profile.simple.told(records, of: RunScript.told).map(\.text))
    }
  }

  @Test func `latest tells only what comes, with all that was heard before`() async throws {
    try await ProfileStand.run { stand async throws in
      let script = try Self.whole()
      var half = RunScript()
      for record in script.records.prefix(6) { half.add(record.entry) }
      try await stand.put(half)
      let client = try await stand.watch("workflow", query: "&after=latest")
      try await stand.put(script, from: 6, final: .completed)
      _ = await client.finish()
      #expect(client.told.count == 1)
      let last = try JSONValue(parsing: try #require(client.told.last).data)
      #expect(last["tools_used"]?[0]?.string == "load" && last["total_steps"]?.int == 0)
    }
  }

  @Test func `an unknown profile is refused with the names of those that there are`() async throws {
    try await ProfileStand.run { stand async throws in
      try await stand.put(try Self.whole(), final: .completed)
      let answer = try await stand.stand.ask("/t?profile=rss")
      #expect(answer.status == 400)
      let detail = try #require(try JSONValue(parsing: answer.body)["detail"]?.string)
      for name in Profile.names { #expect(detail.contains(name)) }
      // Nor is anything told of a task that is somebody else's.
      #expect(try await stand.stand.ask("/t?profile=simple", as: .tina).status == 404)
    }
  }

  // MARK: Pages

  @Test(arguments: profiles)
  func `pages are the stream, page by page`(_ profile: Profile) async throws {
    try await ProfileStand.run { stand async throws in
      let records = try await stand.put(try Self.whole(), final: .completed)
      var told: [String] = []
      var after = "earliest"
      for _ in 0..<10 {
        let answer = try await stand.page("profile=\(profile.rawValue)&limit=2&after=\(after)")
        #expect(answer.status == 200)
        let page = try JSONValue(parsing: answer.body)
        #expect(page["profile"]?.string == profile.rawValue && page["events"] == nil)
        told += page["told"]?.elements.compactMap { $0["data"]?.description } ?? []
        after = page["next"]?.string ?? ""
        if page["complete"]?.bool == true { break }
      }
      #expect(told == profile.told(records, of: RunScript.told).map(\.text))
    }
  }

  @Test func `a page has no kinds and a profile at once`() async throws {
    try await ProfileStand.run { stand async throws in
      try await stand.put(try Self.whole(), final: .completed)
      #expect(try await stand.page("profile=simple&kind=event").status == 400)
      #expect(try await stand.page("profile=rss").status == 400)
      let native = try JSONValue(parsing: try await stand.page("profile=native&kind=event").body)
      #expect(native["events"]?.count == 6 && native["told"] == nil)
    }
  }
}
