import A2A
import HTTP
import Identity
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Push notifications out of the journal, to a real receiver.
@Suite(.timeLimit(.minutes(10))) struct PushDeskTests {
  private static let numbers = (0..<40).map { "\($0)" }

  @Test func `a receiver is told of every event from its place on, in order, as the journal has it, to the end`()
    async throws
  {
    try await PushStand.run { push async throws in
      try await push.open("a")
      try await push.say("a", ["before"])
      try await push.desk { desk async throws in
        var config = PushConfig(url: "\(push.url)/now", id: "now", token: "the-token")
        config.authentication = PushConfig.Authentication(scheme: "Bearer", credentials: "the-credentials")
        _ = try await desk.create(config, for: try push.task("a"), .v1, by: try push.asker())
        try await push.create("all", of: "a", at: desk, after: 0)
        try await push.say("a", Self.numbers)
        try await push.end("a")
        // What comes too late is kept, and changes nothing.
        let late = TaskEvent.status(.init(taskID: "a", contextID: "talk", status: TaskStatus(.working)))
        try await push.stand.append(
          Batch(task: "a", entries: [Entry(.late, origin: "checker", payload: late.encoded())]))
        try await push.create("after", of: "a", at: desk, after: 0)
        #expect(await eventually { push.told("after").last == "completed" })
        #expect(await eventually { push.told("now").last == "completed" && push.told("all").last == "completed" })
        #expect(push.told("now") == Self.numbers + ["completed"])
        #expect(push.told("all") == ["submitted", "before"] + Self.numbers + ["completed"])
        #expect(try await eventually { try await push.entry("all", of: "a")?.isDone == true })
      }
      let first = try #require(push.hook.received.first { $0.path == "/now" })
      #expect(first.fields["authorization"] == "Bearer the-credentials")
      #expect(first.fields["x-a2a-notification-token"] == "the-token")
      #expect(first.fields["content-type"] == "application/a2a+json")
      let records = try await push.journal.records(.tasks(["a"]), after: 0, limit: ReadLimit(records: .max)).records
      #expect(records.contains { $0.payload == first.body })
      #expect(!push.log.all.contains { $0.contains("the-token") || $0.contains("the-credentials") })
    }
  }

  @Test func `0.3 is told the task as it was behind each event`() async throws {
    try await PushStand.run { push async throws in
      try await push.open("a")
      try await push.say("a", ["before"])
      try await push.desk { desk async throws in
        try await push.create("old", of: "a", at: desk, .v0_3)
        try await push.say("a", ["1", "2"])
        try await push.end("a")
        #expect(await eventually { push.hook.received.count == 3 })
      }
      let tasks = push.hook.received.compactMap { received -> AgentTask? in
        guard case .task(let task)? = try? TaskEvent(readingPushBody: received.body) else { return nil }
        return task
      }
      #expect(
        tasks.map { $0.artifacts?.map(\.id) } == [["before", "1"], ["before", "1", "2"], ["before", "1", "2"]])
      #expect(tasks.last?.status.state == .completed)
      #expect(push.hook.received.allSatisfy { $0.fields["content-type"] == "application/json" })
    }
  }

  @Test func `a receiver that fails is told everything in order all the same, however long it takes`() async throws {
    let script: [PushHook.Answer] = (0..<60).map { .status($0.isMultiple(of: 3) ? 204 : [500, 503, 429][$0 / 3 % 3]) }
    try await PushStand.run(script) { push async throws in
      try await push.open("a")
      try await push.desk { desk async throws in
        try await push.create("hook", of: "a", at: desk)
        try await push.say("a", Self.numbers)
        try await push.end("a")
        #expect(await eventually { push.told("hook").last == "completed" })
        #expect(push.told("hook").withoutRepeats == Self.numbers + ["completed"])
        #expect(push.hook.received.count == 81)
      }
    }
  }

  @Test func `the time between two attempts grows to its bound, and no number of attempts is the last`() async throws {
    try await PushStand.run(Array(repeating: .status(500), count: 20)) { push async throws in
      try await push.open("a")
      try await push.desk { desk async throws in
        try await push.create("hook", of: "a", at: desk)
        try await push.say("a", ["1"])
        #expect(await eventually { push.told("hook").count == 21 })
      }
      #expect(push.delays.value.prefix(4) == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
      #expect(push.delays.value.max() == .seconds(150))
    }
  }

  @Test func `what cannot be taken is given up with a word, and the next is told`() async throws {
    try await PushStand.run([.status(400)]) { push async throws in
      try await push.open("a")
      try await push.desk { desk async throws in
        try await push.create("hook", of: "a", at: desk)
        try await push.say("a", ["1", "2"])
        #expect(await eventually { push.told("hook") == ["1", "2"] })
      }
      #expect(push.log.all.contains { $0.contains("push notification given up") && !$0.contains("/hook") })
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `whenever the gateway stops and starts, nothing is missing, also of tasks that have ended meanwhile`(
    seed: UInt64
  ) async throws {
    var random = SeededRandom(seed: seed)
    try await PushStand.run { push async throws in
      let tasks = ["a", "b", "c"]
      for task in tasks { try await push.open(task) }
      try await push.desk { desk async throws in
        for task in tasks { try await push.create("hook-\(task)", of: task, at: desk) }
      }
      var said: [String: Int] = [:]
      for round in 0..<8 {
        // The receiver may be away when the gateway stops, and some is said while there is no gateway.
        let answers: [PushHook.Answer] = [.status(204), .status(500), .hang]
        push.hook.answer(
          (0..<Int.random(in: 0...6, using: &random)).map { _ in answers.randomElement(using: &random) ?? .hang })
        try await push.desk { _ async throws in
          let heard = push.hook.received.count
          for task in tasks where task != "a" || round < 4 {
            let count = Int.random(in: 0...5, using: &random)
            let first = said[task, default: 0]
            try await push.say(task, (first..<(first + count)).map { "\($0)" })
            said[task] = first + count
          }
          let more = Int.random(in: 0...3, using: &random)
          _ = await eventually(within: .milliseconds(200)) { push.hook.received.count >= heard + more }
        }
        if round == 4 { try await push.end("a") }
      }
      push.hook.answer([])
      for task in tasks where task != "a" { try await push.end(task) }
      try await push.desk { _ async throws in
        for task in tasks {
          #expect(await eventually { push.told("hook-\(task)").last == "completed" }, "seed \(seed) \(task)")
        }
        for task in tasks {
          #expect(try await eventually { try await push.entry("hook-\(task)", of: task)?.isDone == true })
        }
      }
      for task in tasks {
        // Told again is what was on its way when the gateway stopped; the first time it comes, it comes in order.
        var seen: Set<String> = []
        let firsts = push.told("hook-\(task)").filter { seen.insert($0).inserted }
        let due = (0..<said[task, default: 0]).map { "\($0)" } + ["completed"]
        #expect(firsts == due, "seed \(seed) \(task)")
      }
      // And then there is nothing to tell any more.
      let count = push.hook.received.count
      try await push.desk { _ in try await push.open("d") }
      #expect(push.hook.received.count == count)
    }
  }

  @Test func `what was told before the gateway stopped is not told again`() async throws {
    try await PushStand.run { push async throws in
      try await push.open("a")
      try await push.desk { desk async throws in
        try await push.create("hook", of: "a", at: desk)
        try await push.say("a", Self.numbers)
        #expect(await eventually { push.told("hook") == Self.numbers })
        let last = try await push.task("a").lastOffset
        // The last record of each batch is none that is told.
        #expect(try await eventually { try await push.entry("hook", of: "a")?.offset == last - 1 })
      }
      try await push.desk { _ async throws in
        try await push.say("a", ["more"])
        #expect(await eventually { push.told("hook") == Self.numbers + ["more"] })
      }
    }
  }

  @Test func `what is deleted is told nothing more, and what takes its place begins anew`() async throws {
    try await PushStand.run([.hang]) { push async throws in
      try await push.open("a")
      try await push.desk { desk async throws in
        try await push.create("one", of: "a", at: desk)
        try await push.say("a", ["1"])
        #expect(await eventually { push.told("one") == ["1"] })
        // It is on its way, and nobody wants it any more.
        try await desk.delete("one", of: "a", by: try push.asker())
        try await desk.delete("one", of: "a", by: try push.asker())
        try await push.create("two", of: "a", at: desk)
        try await push.create("three", of: "a", at: desk)
        try await push.say("a", ["2"])
        #expect(await eventually { push.told("two") == ["2"] && push.told("three") == ["2"] })
        try await push.create("two", of: "a", at: desk)
        try await desk.delete("three", of: "a", by: try push.asker())
        #expect(push.active == 1)
        try await push.say("a", ["3"])
        #expect(await eventually { push.told("two") == ["2", "3"] })
        #expect(push.told("one") == ["1"])
        #expect(push.told("three") == ["2"])
        #expect(try await desk.configs(of: "a", by: try push.asker()).map(\.id) == ["two"])
      }
      #expect(try await push.entry("one", of: "a") == nil)
    }
  }

  @Test func `with the right to watch ends what is told`() async throws {
    try await PushStand.run { push async throws in
      try await push.open("a")
      try await push.desk { desk async throws in
        try await push.create("oscar", of: "a", at: desk)
        try await push.create("olaf", of: "a", at: desk, by: .olaf)
        try await push.say("a", ["1"])
        #expect(await eventually { push.told("oscar") == ["1"] && push.told("olaf") == ["1"] })
        push.identities.policy = try GrantScene.policy(
          TestPeople.policy.replacing(#""name": "olaf""#, with: #""disabled": true, "name": "olaf""#))
        try await push.say("a", ["2"])
        #expect(await eventually { push.told("oscar") == ["1", "2"] })
        #expect(try await eventually { try await push.entry("olaf", of: "a", by: .olaf) == nil })
        #expect(push.told("olaf") == ["1"])
        #expect(push.log.all.contains { $0.contains("may not watch the task any more") })
      }
    }
  }

  @Test func `with the task goes what there was to say of it`() async throws {
    try await PushStand.run(Array(repeating: .status(500), count: 100_000)) { push async throws in
      try await push.open("a")
      try await push.end("a")
      try await push.desk { desk async throws in
        try await push.create("hook", of: "a", at: desk, after: 0)
        #expect(await eventually { push.told("hook").count > 2 })
        _ = try await push.journal.trim(Retention(tasks: 0), now: 0)
        #expect(await eventually { push.active == 0 })
        try await push.open("b")
        push.hook.answer([])
        try await push.create("hook", of: "b", at: desk)
        try await push.say("b", ["1"])
        #expect(await eventually { push.told("hook").last == "1" })
      }
    }
  }

  @Test func `everybody has their own, and nobody sees another's`() async throws {
    try await PushStand.run { push async throws in
      try await push.open("a")
      try await push.desk { desk async throws in
        try await push.create("same", of: "a", at: desk)
        try await push.create("same", of: "a", at: desk, by: .olaf)
        try await push.create("more", of: "a", at: desk, by: .olaf)
        #expect(try await desk.configs(of: "a", by: try push.asker()).map(\.id) == ["same"])
        #expect(try await desk.configs(of: "a", by: try push.asker(.olaf)).map(\.id) == ["more", "same"])
        try await desk.delete("more", of: "a", by: try push.asker())
        try await desk.delete("same", of: "a", by: try push.asker())
        #expect(try await desk.configs(of: "a", by: try push.asker(.olaf)).map(\.id) == ["more", "same"])
      }
    }
  }

  @Test func `what can never be told is refused at once, and so is too much`() async throws {
    try await PushStand.run { push async throws in
      try await push.open("a")
      try await push.desk { desk async throws in
        let task = try await push.task("a")
        let asker = try push.asker()
        for config in [
          PushConfig(url: "ftp://localhost/"), PushConfig(url: "nothing"),
          PushConfig(url: push.url, id: String(repeating: "x", count: 257)),
        ] {
          await #expect(throws: A2AError.self) { try await desk.create(config, for: task, .v1, by: asker) }
        }
        for number in 0..<PushDesk.configLimit { try await push.create("\(number)", of: "a", at: desk) }
        await #expect(throws: A2AError.self) { try await push.create("another", of: "a", at: desk) }
        // What is there may be changed, and others have theirs.
        try await push.create("3", of: "a", at: desk)
        try await push.create("another", of: "a", at: desk, by: .olaf)
        let made = try await desk.create(PushConfig(url: push.url), for: task, .v1, by: try push.asker(.anna))
        #expect(made.id?.isEmpty == false && made.taskID == "a")
      }
    }
  }

  @Test func `a configuration is read as it was written`() throws {
    var config = PushConfig(url: "https://hooks.example/a?b=c", id: "a/b%", taskID: "t", token: "x")
    config.authentication = PushConfig.Authentication(scheme: "Bearer", credentials: "y")
    let claims = CredentialClaims.certificate(
      CertificateClaims(
        uris: ["spiffe://x/y"], dnsNames: [], fingerprint: "00", serial: "1", expires: UnixTime(seconds: 5)))
    let owner = Principal(name: "certificate:spiffe://x/y", tenant: "acme", roles: [], grants: [])
    var entry = PushEntry(config, .v0_3, of: owner, claims, offset: 17)
    entry.isDone = true
    #expect(PushEntry(entry.memo) == entry)
    #expect(PushEntry(Memo("run", entry.memo.body)) == nil)
    #expect(PushEntry(Memo(entry.name, Array("{}".utf8))) == nil)
  }
}
