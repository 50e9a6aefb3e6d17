import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A gateway's journal and hub, and loops of which somebody inside reads feeds.
struct FeedStand: Sendable {
  let stand: RecordStand
  let hub: Hub
  let loops: [Loop]

  static func run(_ body: (FeedStand) async throws -> Void) async throws {
    try await RecordStand.run { stand async throws in
      var loops: [Loop] = []
      for number in 0..<2 { loops.append(try await Loop.start(name: "feeds-\(number)")) }
      let hub = try #require(await stand.gateway.gateway.records).hub
      do {
        try await body(FeedStand(stand: stand, hub: hub, loops: loops))
      } catch {
        for loop in loops { await loop.stop() }
        throw error
      }
      for loop in loops { await loop.stop() }
    }
  }

  func feed(of task: String, after offset: Int64 = 0, loop: Int = 0) -> any RecordFeed {
    hub.feed(of: task, after: offset, on: loops[loop])
  }
}

extension RecordFeed {
  /// All that comes, to its end.
  func all() async throws -> [Int64] {
    var seqs: [Int64] = []
    while let records = try await next() { seqs += records.map(\.seq) }
    return seqs
  }
}
