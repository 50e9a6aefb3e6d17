import JSON
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// Who watches what, without sockets.
@Suite(.timeLimit(.minutes(1)))
struct PresenceTests {
  private static func presence(at times: Int64...) -> Presence {
    let left = Mutex(times)
    return Presence { left.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? 0 } }
  }

  /// `kim 2` for somebody with two streams.
  private static func shown(_ watchers: [TaskWatcher]) -> [String] {
    watchers.map { "\($0.principal) \($0.streams) \($0.transport.rawValue) \($0.since)" }
  }

  @Test func `several streams of one are one watcher, from the first to the last of them`() {
    let presence = Self.presence(at: 10, 20, 30)
    let first = presence.enter("t", "kim", .sse)
    let second = presence.enter("t", "kim", .ws)
    let other = presence.enter(["t", "u"], "ada", .sse)
    #expect(Self.shown(presence.watchers(of: "t")) == ["kim 2 ws 10", "ada 1 sse 30"])
    #expect(Self.shown(presence.watchers(of: "u")) == ["ada 1 sse 30"])
    second.leave()
    second.leave()
    #expect(Self.shown(presence.watchers(of: "t")) == ["kim 1 sse 10", "ada 1 sse 30"])
    first.leave()
    #expect(Self.shown(presence.watchers(of: "t")) == ["ada 1 sse 30"])
    other.leave()
    #expect(presence.watchers(of: "t").isEmpty && presence.watchers(of: "u").isEmpty)
    #expect(presence.keptTasks == 0)
  }

  @Test func `to let go of a token is to leave`() {
    let presence = Presence()
    func watch() { withExtendedLifetime(presence.enter("t", "kim", .sse)) { #expect(presence.keptTasks == 1) } }
    watch()
    #expect(presence.keptTasks == 0)
  }

  @Test func `whoever follows hears how it stands, then who comes and who goes`() async {
    let presence = Self.presence(at: 10)
    let kim = presence.enter("t", "kim", .sse)
    let follower = presence.follow("t")
    let again = presence.enter("t", "kim", .sse)
    let ada = presence.enter("t", "ada", .ws)
    let elsewhere = presence.enter("u", "bob", .sse)
    kim.leave()
    again.leave()
    ada.leave()
    elsewhere.leave()
    var heard: [PresenceNews] = []
    for await one in follower.news {
      heard.append(one)
      if heard.count == 4 { break }
    }
    #expect(
      heard == [
        .watchers([TaskWatcher(principal: "kim", since: 10, transport: .sse, streams: 1)]), .joined("ada", count: 2),
        .left("kim", count: 1), .left("ada", count: 0),
      ])
  }

  @Test func `one who is slow misses steps, and ends with what is true`() async {
    let presence = Self.presence(at: 10)
    let follower = presence.follow("t")
    var tokens: [PresenceToken] = []
    for number in 0..<(Presence.backlog * 3) { tokens.append(presence.enter("t", "p\(number)", .sse)) }
    tokens.removeLast()
    var now: Set<String> = []
    var steps = 0
    for await one in follower.news {
      steps += 1
      switch one {
      case .watchers(let all): now = Set(all.map(\.principal))
      case .joined(let principal, _): now.insert(principal)
      case .left(let principal, _): now.remove(principal)
      }
      if now.count == tokens.count, steps >= Presence.backlog { break }
    }
    #expect(steps == Presence.backlog)
    #expect(now == Set(presence.watchers(of: "t").map(\.principal)))
    #expect(now.count == tokens.count)
  }

  @Test func `nothing is kept of those who follow no more`() async {
    let presence = Presence()
    let reader = Task { [follower = presence.follow("t")] in
      defer { follower.stop() }
      for await _ in follower.news {}
    }
    #expect(presence.keptTasks == 1)
    reader.cancel()
    await reader.value
    #expect(presence.keptTasks == 0)
  }

  /// News to a reader wait for its cancellation, and its cancellation must not wait for them: both stood still for ever once, and with
  /// them the loops of a gateway.
  @Test func `readers that are cancelled while others come and go hold nobody up`() async {
    let presence = Presence()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        while !Task.isCancelled {
          presence.enter("t", "kim", .sse).leave()
          await Task.yield()
        }
      }
      for _ in 0..<3000 {
        let (heard, hears) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let reader = Task { [follower = presence.follow("t")] in
          defer { follower.stop() }
          for await _ in follower.news { hears.yield() }
        }
        for await _ in heard { break }
        reader.cancel()
        await reader.value
      }
      group.cancelAll()
    }
    #expect(presence.keptTasks == 0)
  }

  @Test func `many come and go on many threads, and nobody stays`() async {
    let presence = Presence()
    await withTaskGroup(of: Void.self) { group in
      for person in 0..<8 {
        group.addTask {
          for round in 0..<200 {
            let token = presence.enter(["t\(round % 3)", "all"], "p\(person)", round.isMultiple(of: 2) ? .sse : .ws)
            if round.isMultiple(of: 3) { token.leave() }
          }
        }
      }
    }
    #expect(presence.keptTasks == 0)
  }
}
