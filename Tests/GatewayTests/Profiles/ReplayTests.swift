import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Every profile can be replayed: the same records give the same events, however they come and wherever one begins.
@Suite struct ReplayTests {
  private static let profiles = Profile.allCases.filter { $0 != .native }

  /// What a stream sends of these records, behind a place, when they come in such pages.
  private static func stream(
    _ profile: Profile, _ records: [Record], behind place: Int64 = 0, pages: (Int) -> Int = { _ in .max }
  ) -> (opening: [ServerSentEvent], events: [ServerSentEvent]) {
    var narrator = ProfileNarrator(profile.telling(of: RunScript.told), behind: place, epoch: "e")
    var events: [ServerSentEvent] = []
    var rest = records[...]
    while !rest.isEmpty {
      let page = rest.prefix(pages(rest.count))
      rest = rest.dropFirst(page.count)
      events += narrator.tell(Array(page), end: nil, at: 7)
    }
    let opens = profile == .agentarea || profile == .a2a || profile == .a2a0_3
    // What a stream says first has no place, and what a record tells ends with one.
    let first = opens ? events.first.flatMap { $0.id == nil && Self.isOpening($0) ? $0 : nil } : nil
    return first == nil ? ([], events) : (Array(events.prefix(1)), Array(events.dropFirst()))
  }

  private static func isOpening(_ event: ServerSentEvent) -> Bool {
    if let name = event.event { return name == AgentAreaVocabulary.connected }
    let json = try? JSONValue(parsing: event.data)
    return json?["task"] != nil || json?["kind"]?.string == "task"
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `pages do not matter`(_ seed: UInt64) throws {
    let records = try GeneratedRun(seed: seed).script.records
    var random = SeededRandom(seed: seed)
    for profile in Self.profiles {
      let whole = Self.stream(profile, records).events
      let cut = Self.stream(profile, records) { Int.random(in: 1...min(5, $0), using: &random) }.events
      #expect(whole == cut, "\(profile)")
      #expect(whole.map(\.data) == profile.told(records, of: RunScript.told).map(\.data))
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `whoever goes on from an id gets all that came behind it, and nothing else`(_ seed: UInt64) throws {
    let records = try GeneratedRun(seed: seed).script.records
    for profile in Self.profiles {
      let whole = Self.stream(profile, records).events
      for (index, event) in whole.enumerated() {
        guard let id = event.id, let cursor = Cursor(id) else { continue }
        let rest = Self.stream(profile, records, behind: cursor.offset) { min(3, $0) }.events
        #expect(rest.count == whole.count - index - 1 && rest == Array(whole[(index + 1)...]), "\(profile) \(id)")
      }
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `ids go up, and what a record tells ends with its id`(_ seed: UInt64) throws {
    let records = try GeneratedRun(seed: seed).script.records
    for profile in Self.profiles {
      let ids = Self.stream(profile, records).events.map { $0.id.flatMap(Cursor.init)?.offset }
      let said = ids.compactMap(\.self)
      #expect(said == said.sorted() && Set(said).count == said.count)
      if !ids.isEmpty { #expect(ids.last != .some(nil)) }
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `each event is one line of JSON`(_ seed: UInt64) throws {
    let records = try GeneratedRun(seed: seed).script.records
    for profile in Profile.allCases {
      for event in profile.told(records, of: RunScript.told) {
        #expect(event.json != nil && !event.data.contains(UInt8(ascii: "\n")), "\(event.text)")
      }
    }
  }

  @Test(arguments: [
    "clear-insider", "layered-wash", "broken", "cancelled", "cancel-refused", "answered", "tools",
  ])
  func `recorded runs are told from their beginning to their end`(_ name: String) throws {
    let records = try RunScript.recorded(name)
    let task = ToldTask(id: records[0].task, agent: "orchestrator")
    for profile in Self.profiles {
      var telling = profile.telling(of: task)
      let told = records.flatMap { telling.take($0) }
      #expect(telling.isOver, "\(profile)")
      #expect(told.count > 2)
    }
  }
}
